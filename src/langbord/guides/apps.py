from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "langbord.guides"
    label = "guides"
