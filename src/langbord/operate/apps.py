from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "langbord.operate"
    label = "operate"

    def ready(self) -> None:
        from langbord.consent import ledger, restored
        from langbord.leaving import again

        from . import hooks

        hooks.after_restore += [again.erase_again, restored.ask_again]

        def consents() -> tuple[int, list[str]]:
            number, found = ledger.broken_links()
            return number, [broken.told for broken in found]

        hooks.whole.append(consents)
