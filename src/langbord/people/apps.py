from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "langbord.people"
    label = "people"
