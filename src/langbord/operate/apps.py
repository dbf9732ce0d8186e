from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "langbord.operate"
    label = "operate"

    def ready(self) -> None:
        from langbord.consent import restored
        from langbord.leaving import again

        from . import hooks

        hooks.after_restore += [again.erase_again, restored.ask_again]
        hooks.whole.append(restored.chains)
