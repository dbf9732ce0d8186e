from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "langbord.stories"
    label = "stories"

    def ready(self) -> None:
        from langbord.rooms import hooks

        from . import personal_data, wordlist

        hooks.after_carrying.append(wordlist.keep_together)
        personal_data.declare()
