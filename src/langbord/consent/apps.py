from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "langbord.consent"
    label = "consent"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers itself)
