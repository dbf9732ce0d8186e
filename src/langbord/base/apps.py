from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "langbord.base"
    label = "base"

    def ready(self) -> None:
        from . import retention

        retention.register_own()
