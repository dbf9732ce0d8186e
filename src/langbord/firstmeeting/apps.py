from django.apps import AppConfig


class FirstMeetingConfig(AppConfig):
    name = "langbord.firstmeeting"
    label = "firstmeeting"
