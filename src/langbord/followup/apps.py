from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "langbord.followup"
    label = "followup"

    def ready(self) -> None:
        from langbord.rooms import hooks

        from . import arriving, retention

        hooks.after_carrying.append(arriving.receive)
        hooks.before_removing.append(arriving.before_words_go)
        retention.register()
