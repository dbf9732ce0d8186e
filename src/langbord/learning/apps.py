from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "langbord.learning"
    label = "learning"
