"""Addresses of those who ask on paper or aloud, and of what they wrote down for me."""

from __future__ import annotations

from langbord.access.enums import Role
from langbord.access.routes import SIGNED_IN, in_process, route

from . import views, views_mine, views_person

CONSENTS = "s/<slug:process>/samtykker/"
ONE = CONSENTS + "<uuid:membership>/"
ASKS = in_process(Role.COORDINATOR, Role.HOST, Role.DAILY_LEADER)
KNOWS = in_process(Role.COORDINATOR, Role.HOST, Role.DAILY_LEADER, Role.RESEARCHER)

urlpatterns = [
    route(CONSENTS, views.desk, name="consent-desk", get=KNOWS),
    route(CONSENTS + "ark/", views.print_sheets, name="consent-sheets", get=ASKS, post=ASKS),
    route(CONSENTS + "ark/til-utskrift/<uuid:batch>/", views.batch, name="consent-batch", get=ASKS),
    route(CONSENTS + "ark/<uuid:sheet>/", views.key_in, name="consent-key-in", get=ASKS, post=ASKS),
    route(ONE, views_person.person, name="consent-person", get=ASKS),
    route(ONE + "muntlig/", views_person.speak, name="consent-speak", get=ASKS, post=ASKS),
    route(ONE + "alder/", views_person.age, name="consent-age-band", post=ASKS),
    route(ONE + "voksen/", views_person.adult_new, name="consent-adult", post=ASKS),
    route(
        CONSENTS + "voksen/<uuid:guardianship>/slutt/",
        views_person.adult_end,
        name="consent-adult-end",
        post=ASKS,
    ),
    route("meg/samtykke/stemmer/", views_mine.all_right, name="consent-said-right", post=SIGNED_IN),
    route(
        "meg/samtykke/<uuid:event>/ikke-sagt/", views_mine.not_said, name="consent-not-said", post=SIGNED_IN
    ),
]
