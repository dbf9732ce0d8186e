from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "langbord.web"
    label = "web"
