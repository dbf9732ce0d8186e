"""Addresses of this app, each with who may come. Which list and which side: the views ask, through the gate."""

from __future__ import annotations

from django.urls import URLPattern

from langbord.access.enums import AT_WORK
from langbord.access.routes import SIGNED_IN, Declared, View, route
from langbord.access.routes import somewhere as anybody_who_is

from . import views, views_keep, views_unit, views_words

WORKING = anybody_who_is(*sorted(AT_WORK))
LIST = "forste-mote/<uuid:meeting>/"


def _both(pattern: str, view: View, name: str, who: Declared = SIGNED_IN) -> URLPattern:
    return route(pattern, view, name=name, get=who, post=who)


def _post(pattern: str, view: View, name: str, who: Declared = SIGNED_IN) -> URLPattern:
    return route(pattern, view, name=name, post=who)


urlpatterns = [
    route("forste-mote/", views.home, name="first-meetings", get=SIGNED_IN),
    _post("forste-mote/ny/", views.begin, "first-meeting-begin"),
    _both("forste-mote/bli-med/", views.join, "first-meeting-join"),
    route("forste-mote/bli-med/<slug:token>/", views.join, name="first-meeting-join-code", get=SIGNED_IN),
    route("forste-mote/ark/", views_keep.blank, name="first-meeting-blank", get=SIGNED_IN),
    route("forste-mote/tall/", views_unit.unit, name="first-meeting-unit", get=WORKING),
    _post("forste-mote/tall/hent/", views_unit.make, "first-meeting-unit-make", WORKING),
    _post("forste-mote/tall/<uuid:release>/tanke/", views_unit.think, "first-meeting-unit-think", WORKING),
    _post("forste-mote/tall/<uuid:release>/sett/", views_unit.look, "first-meeting-unit-look", WORKING),
    route(LIST, views.the_list, name="first-meeting", get=SIGNED_IN),
    _both(LIST + "om/<slug:thing>/", views.thing, "first-meeting-thing"),
    _post(LIST + "om/<slug:thing>/kryss/", views.tick, "first-meeting-tick"),
    _both(LIST + "lofter/", views_words.promises, "first-meeting-promises"),
    _both(LIST + "enige/", views_words.say_back, "first-meeting-say-back"),
    _both(LIST + "plan/", views_words.plan, "first-meeting-plan"),
    _both(LIST + "notater/", views_words.notes, "first-meeting-notes"),
    _both(LIST + "ord/<uuid:entry>/rett/", views_words.correct, "first-meeting-correct"),
    _post(LIST + "ord/<uuid:entry>/ta-inn/", views_words.take_in, "first-meeting-take-in"),
    _post(LIST + "ord/<uuid:entry>/ta-bort/", views_words.remove, "first-meeting-remove"),
    _post(LIST + "ord/<uuid:entry>/holdt/", views_words.kept, "first-meeting-kept"),
    _post(LIST + "kode/", views.code, "first-meeting-code"),
    _post(LIST + "stemmer/", views.heard, "first-meeting-heard"),
    _post(LIST + "legg-bort/", views.close, "first-meeting-close"),
    _post(LIST + "ta-fram/", views.reopen, "first-meeting-reopen"),
    _post(LIST + "radgiver-ut/", views.part, "first-meeting-part"),
    route(LIST + "papir/", views_keep.paper, name="first-meeting-paper", get=SIGNED_IN),
    route(LIST + "fil/", views_keep.file, name="first-meeting-file", get=SIGNED_IN),
    _both(LIST + "kort/", views_keep.card, "first-meeting-card"),
    _both(LIST + "telles/", views_keep.count, "first-meeting-count"),
    _both(LIST + "slett/", views_keep.delete, "first-meeting-delete"),
]
