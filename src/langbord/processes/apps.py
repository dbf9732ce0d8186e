from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "langbord.processes"
    label = "processes"
