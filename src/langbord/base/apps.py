from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "langbord.base"
    label = "base"
