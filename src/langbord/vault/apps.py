from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "langbord.vault"
    label = "vault"

    def ready(self) -> None:
        from langbord.vault import checks  # noqa: F401  (registers the system checks)
