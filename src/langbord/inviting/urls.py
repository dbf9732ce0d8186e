"""Addresses of this app, each with who may come."""

from __future__ import annotations

from langbord.access.enums import CITIZEN_SIDE, HOST_SIDE, Role
from langbord.access.routes import PUBLIC, SIGNED_IN, in_process, route

from . import views, views_letters, views_public, views_question, views_seat
from .querysets import INVITING

_ALL = in_process()
_PREPARES = in_process(*INVITING)
_COORDINATES = in_process(Role.COORDINATOR)
_PROPOSES = in_process(*CITIZEN_SIDE, Role.EMPLOYEE, Role.PARTNER, Role.LEADER)
_HOSTS = in_process(*HOST_SIDE)
_Q = "s/<slug:process>/hva-det-gjelder/"
_I = "s/<slug:process>/invitere/"

urlpatterns = [
    route("i/", views_public.invited, name="invited", get=PUBLIC, post=PUBLIC),
    route("i/<str:token>/", views_public.invited_link, name="invited-link", get=PUBLIC, post=PUBLIC),
    route(_Q, views_question.question, name="question", get=_ALL),
    route(
        f"{_Q}endre/", views_question.question_change, name="question-change", get=_PREPARES, post=_PREPARES
    ),
    route(f"{_Q}sammenlign/", views_question.question_compare, name="question-compare", get=_ALL),
    route(
        f"{_Q}foresla/",
        views_question.question_propose,
        name="question-propose",
        get=_PROPOSES,
        post=_PROPOSES,
    ),
    route(
        f"{_Q}forslag/<uuid:proposal>/",
        views_question.proposal_answer,
        name="proposal-answer",
        get=_COORDINATES,
        post=_COORDINATES,
    ),
    route(_I, views.inviting, name="inviting", get=_PREPARES),
    route(f"{_I}tall/", views.numbers_page, name="inviting-numbers", get=_ALL),
    route(f"{_I}hvem/", views.inviting_lists, name="inviting-lists", get=_PREPARES, post=_PREPARES),
    route(f"{_I}navn/", views.inviting_add, name="inviting-add", get=_PREPARES, post=_PREPARES),
    route(f"{_I}slett/", views.invitees_forget, name="invitees-forget", get=_PREPARES, post=_PREPARES),
    route(f"{_I}plass/", views_seat.inviting_seat, name="inviting-seat", get=_PREPARES, post=_PREPARES),
    route(f"{_I}brev/", views_letters.letters, name="letters", get=_PREPARES, post=_PREPARES),
    route(f"{_I}brev/<uuid:letter>/", views_letters.letter, name="letter", get=_PREPARES, post=_PREPARES),
    route(
        f"{_I}brev/<uuid:letter>/sporsmal/",
        views_letters.letter_question,
        name="letter-question",
        post=_PREPARES,
    ),
    route(
        f"{_I}brev/<uuid:letter>/kunngjort/",
        views_letters.letter_announced,
        name="letter-announced",
        post=_PREPARES,
    ),
    route(
        f"{_I}brev/<uuid:letter>/ark/",
        views_letters.letter_sheets,
        name="letter-sheets",
        get=_PREPARES,
        post=_PREPARES,
    ),
    route(f"{_I}<uuid:invitee>/", views.invitee, name="invitee", get=_PREPARES, post=_PREPARES),
    route(f"{_I}<uuid:invitee>/steg/", views.invitee_step, name="invitee-step", post=_PREPARES),
    route(
        f"{_I}<uuid:invitee>/ring/", views.invitee_ring, name="invitee-ring", get=_PREPARES, post=_PREPARES
    ),
    route(f"{_I}<uuid:invitee>/e-post/", views.invitee_mail, name="invitee-mail", post=_PREPARES),
    route(f"{_I}<uuid:invitee>/slett/", views.invitee_forget, name="invitee-forget", post=_PREPARES),
    route("meg/slik-vil-jeg-vaere-med/", views_seat.my_ways, name="my-ways", get=SIGNED_IN, post=SIGNED_IN),
    route(
        "s/<slug:process>/slik-vil-de-vaere-med/", views_seat.ways_of_group, name="ways-of-group", get=_HOSTS
    ),
]
