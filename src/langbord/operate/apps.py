from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "langbord.operate"
    label = "operate"

    def ready(self) -> None:
        from langbord.leaving import again

        from . import hooks

        hooks.after_restore.append(again.erase_again)
