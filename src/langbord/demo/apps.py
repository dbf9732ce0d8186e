from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "langbord.demo"
    label = "demo"
