"""Addresses of the file, of being silent, of leaving, and of the receipt."""

from __future__ import annotations

from langbord.access.enums import Role
from langbord.access.routes import PUBLIC, SIGNED_IN, in_process, route

from . import views, views_helping

HOSTS = in_process(Role.HOST, Role.DAILY_LEADER)

urlpatterns = [
    route("meg/fil/", views.my_file, name="my-file", get=SIGNED_IN, post=SIGNED_IN),
    route("meg/slutte/", views.leave, name="leave", get=SIGNED_IN),
    route("meg/slutte/stille/", views.silence, name="leave-silence", get=SIGNED_IN, post=SIGNED_IN),
    route("meg/slutte/tilbake/", views.come_back, name="come-back", post=SIGNED_IN),
    route("meg/slutte/gjor/", views.leave_do, name="leave-do", post=PUBLIC),
    route("meg/slutte/hjelp/<uuid:helped>/stopp/", views_helping.help_stop, name="help-stop", post=SIGNED_IN),
    route("meg/slutte/<slug:way>/", views.leave_way, name="leave-way", get=SIGNED_IN),
    route("kvittering/", views.receipt, name="receipt", get=PUBLIC, post=PUBLIC),
    route("kvittering/ferdig/", views.receipt_put_away, name="receipt-put-away", post=PUBLIC),
    route(
        "s/<slug:process>/hjelp-til-a-slutte/",
        views_helping.help_leave,
        name="help-leave",
        get=HOSTS,
        post=HOSTS,
    ),
    route(
        "s/<slug:process>/hjelp-til-a-slutte/<uuid:helped>/enig/",
        views_helping.help_agree,
        name="help-agree",
        post=HOSTS,
    ),
]
