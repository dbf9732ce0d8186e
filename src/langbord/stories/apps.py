from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "langbord.stories"
    label = "stories"
