from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "langbord.library"
    label = "library"
