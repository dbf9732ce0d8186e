from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "langbord.operate"
    label = "operate"
