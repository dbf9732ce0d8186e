"""Addresses of signing in and of Meg."""

from __future__ import annotations

from langbord.access.enums import Role
from langbord.access.routes import PUBLIC, SIGNED_IN, in_process, route

from . import views
from .signin import views as signin

PRINTS = in_process(Role.COORDINATOR, Role.HOST, Role.DAILY_LEADER)

urlpatterns = [
    route("inn/", signin.sign_in, name="sign-in", get=PUBLIC),
    route("inn/kort/", signin.card, name="sign-in-card", get=PUBLIC, post=PUBLIC),
    route("inn/pin/", signin.pin, name="sign-in-pin", get=PUBLIC, post=PUBLIC),
    route("inn/epost/", signin.email, name="sign-in-email", get=PUBLIC, post=PUBLIC),
    route("inn/kode/", signin.code, name="sign-in-code", get=PUBLIC, post=PUBLIC),
    route("inn/andre/", signin.second_factor, name="second-factor", get=PUBLIC, post=PUBLIC),
    route("k/<str:token>/", signin.card_link, name="card-link", get=PUBLIC, post=PUBLIC),
    route("l/<str:token>/", signin.one_time_link, name="one-time-link", get=PUBLIC, post=PUBLIC),
    route("ut/", views.sign_out, name="sign-out", post=PUBLIC),
    route("forlat/", views.leave_page, name="leave-page", post=PUBLIC),
    route("sprak/", views.set_language, name="set-language", post=PUBLIC),
    route("storrelse/", views.set_text_size, name="set-text-size", post=PUBLIC),
    route("meg/", views.me, name="me", get=SIGNED_IN),
    route("meg/navn/", views.me_name, name="me-name", get=SIGNED_IN, post=SIGNED_IN),
    route("meg/pin/", views.me_pin, name="me-pin", get=SIGNED_IN, post=SIGNED_IN),
    route("meg/kort/", views.me_cards, name="me-cards", get=SIGNED_IN),
    route("meg/kort/<uuid:card>/svar/", views.card_answer, name="card-answer", post=SIGNED_IN),
    route("meg/innlogginger/", views.me_sessions, name="me-sessions", get=SIGNED_IN),
    route("meg/innlogginger/slutt/", views.sessions_end, name="sessions-end", post=SIGNED_IN),
    route("meg/innlogginger/<uuid:session>/slutt/", views.session_end, name="session-end", post=SIGNED_IN),
    route(
        "meg/andre/", signin.second_factor_setup, name="second-factor-setup", get=SIGNED_IN, post=SIGNED_IN
    ),
    route("meg/andre/ny/", signin.second_factor_begin, name="second-factor-begin", post=SIGNED_IN),
    route("meg/reddet/", views.rescued, name="rescued", get=SIGNED_IN),
    route(
        "meg/reddet/<uuid:rescued>/kast/", views.rescued_throw_away, name="rescued-throw-away", post=SIGNED_IN
    ),
    route("s/<slug:process>/kort/", views.cards_print, name="cards-print", get=PRINTS, post=PRINTS),
]
