from django.apps import AppConfig


class InvitingConfig(AppConfig):
    name = "langbord.inviting"
    label = "inviting"
