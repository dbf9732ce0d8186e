"""Proving once more who one is, before something that cannot be undone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from langbord.base import clock
from langbord.people.models import Person
from langbord.people.signin import factor, pins, sessions
from langbord.people.signin.links import example_data

JUST_NOW = timedelta(minutes=10)

PIN, CODE, FRESH = "pin", "code", "fresh"


def asked_for(person: Person) -> str:
    """What is asked for: a code from the app for those who have one, else the PIN; for those with neither, that they
    signed in a moment ago."""
    if factor.of(person) is not None:
        return CODE
    return PIN if person.has_pin else FRESH


def given(request: HttpRequest, person: Person, answer: str) -> tuple[bool, datetime | None]:
    """Whether it was right; or when to try again, after too many wrong ones."""
    kind = asked_for(person)
    if kind == CODE:
        return factor.check(person, answer)
    if kind == PIN:
        return pins.check_pin(person, answer)
    return _just_signed_in(request), None


def _just_signed_in(request: HttpRequest) -> bool:
    if example_data():
        return True
    started = request.session.get(sessions.STARTED)
    return started is not None and clock.now() - datetime.fromisoformat(started) <= JUST_NOW
