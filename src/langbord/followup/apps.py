from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "langbord.followup"
    label = "followup"

    def ready(self) -> None:
        from langbord.rooms import hooks

        from . import arriving, personal_data, retention

        hooks.after_carrying.append(arriving.receive)
        hooks.before_removing.append(arriving.before_words_go)
        hooks.kept_when_words_go.append(personal_data.answered)
        retention.register()
        personal_data.declare()
