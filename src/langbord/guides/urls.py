"""Addresses of the guide in a process, and of what this is to a room just now."""

from __future__ import annotations

from django.urls import URLPattern

from langbord.access.routes import PUBLIC, in_process, route

from . import views, views_now
from .rules import PREPARES

GUIDE = "s/<slug:process>/veileder/"
POINT = GUIDE + "punkt/<slug:point>/"
PREPARING = in_process(*sorted(PREPARES))
ANY = in_process()

urlpatterns: list[URLPattern] = [
    route(GUIDE, views.guide, name="guide", get=PREPARING),
    route(GUIDE + "hefte/", views.guide_print, name="guide-print", get=PREPARING),
    route(GUIDE + "hefte.docx", views.guide_word, name="guide-word", get=PREPARING),
    route(POINT, views.point, name="guide-point", get=PREPARING),
    route(POINT + "hvem/", views.point_carry, name="point-carry", post=PREPARING),
    route(POINT + "dag/", views.point_date, name="point-date", post=PREPARING),
    route(POINT + "snakket/", views.point_talked, name="point-talked", post=PREPARING),
    route(POINT + "til-side/", views.point_aside, name="point-aside", post=PREPARING),
    route(POINT + "fram-igjen/", views.point_again, name="point-again", post=PREPARING),
    route(POINT + "ord/", views.point_words, name="point-words", post=PREPARING),
    route(POINT + "senere/", views.point_later, name="point-later", post=PREPARING),
    route(POINT + "ny-tekst/", views.point_update, name="point-update", post=PREPARING),
    route("s/<slug:process>/kan-vi-invitere/", views.can_invite, name="can-invite", get=PREPARING),
    route("s/<slug:process>/rom/<uuid:room>/na/", views_now.what_now, name="what-now", get=ANY, post=ANY),
    route("bibliotek/veileder/hefte.docx", views.open_word, name="library-guide-word", get=PUBLIC),
]
