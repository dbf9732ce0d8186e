from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "langbord.people"
    label = "people"

    def ready(self) -> None:
        from . import personal_data, retention

        personal_data.declare()
        retention.register()
