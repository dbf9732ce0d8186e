"""Addresses of consent. Each declares who may come, with `route()`."""

from __future__ import annotations

from django.urls import URLPattern

from langbord.access.enums import Role
from langbord.access.routes import SIGNED_IN, in_process, route

from . import views, views_beside
from .hosting.urls import urlpatterns as hosting

MINE = "meg/ja/"
ONE = MINE + "<uuid:where>/<slug:purpose>/"
CHILD = MINE + "for/<uuid:guardianship>/"
COORDINATOR = in_process(Role.COORDINATOR)

urlpatterns: list[URLPattern] = [
    route(MINE, views.consents, name="consents", get=SIGNED_IN),
    route(MINE + "papir/", views.printed, name="consents-print", get=SIGNED_IN),
    route(MINE + "<uuid:where>/", views.age, name="consent-age", get=SIGNED_IN, post=SIGNED_IN),
    route(ONE, views.ask, name="consent-ask", get=SIGNED_IN, post=SIGNED_IN),
    route(ONE + "ta-tilbake/", views.take_back, name="consent-back", post=SIGNED_IN),
    route(
        MINE + "voksen/<uuid:guardianship>/", views.guardian_object, name="guardian-object", post=SIGNED_IN
    ),
    route(CHILD, views_beside.child, name="child", get=SIGNED_IN),
    route(CHILD + "<slug:purpose>/", views_beside.child_ask, name="child-ask", get=SIGNED_IN, post=SIGNED_IN),
    route(
        CHILD + "<slug:purpose>/ta-tilbake/",
        views_beside.child_take_back,
        name="child-back",
        post=SIGNED_IN,
    ),
    route(
        "s/<slug:process>/samtykker/oppsett/",
        views.process_setup,
        name="consent-setup",
        get=COORDINATOR,
        post=COORDINATOR,
    ),
    *hosting,
]
