"""The example's first meeting: Amina is in no hurry, Espen had forty minutes, and they agreed to meet again.

Dina is in no process: she has a list with Kari, and was given a card for it. Through the same actions as the pages.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from langbord.access.actor import actor_of
from langbord.base import clock
from langbord.firstmeeting import actions, cards, writing
from langbord.firstmeeting.enums import Kind

from .script import moment

CITIZEN, ADVISER = "bjarne", "espen"
BOTH = ("who-we-are", "reach-each-other", "where-we-meet", "first-things", "one-step")
CITIZEN_ONLY = ("what-i-want",)
BY_PHONE = ("who-helps-today",)


def live(story: Any) -> None:
    """In the first process' days, and of no process. `story`: the script on its way (build.py)."""
    if story.script["process"]["coordinator"] != "kari":
        return
    citizen, adviser = actor_of(story.people[CITIZEN]), actor_of(story.people[ADVISER])
    with clock.frozen(moment(story.made_on, -9, 10)):
        meeting = actions.begin(actor=adviser, called="Espen", label="tirsdag klokka ti")
        code = actions.make_code(actor=adviser, meeting=meeting)
        meeting = actions.join(actor=citizen, code=code, called="Bjarne")
        for point in BOTH:
            actions.tick(actor=citizen, meeting=meeting, point=point)
            actions.tick(actor=adviser, meeting=meeting, point=point)
        for point in CITIZEN_ONLY:
            actions.tick(actor=citizen, meeting=meeting, point=point)
        said = writing.say(
            actor=adviser,
            meeting=meeting,
            kind=Kind.COMMENT,
            thing="what-matters-now",
            text="Bjarne har penger til den tjuende.",
        )
        writing.say(
            actor=citizen,
            meeting=meeting,
            kind=Kind.CORRECTION,
            thing="what-matters-now",
            about=said,
            text="Til den femtende. Strømmen er trukket.",
        )
        today = clock.today()
        promised = writing.say(
            actor=adviser,
            meeting=meeting,
            kind=Kind.PROMISE,
            text="Jeg ringer strømselskapet og spør om å dele opp regninga.",
            due_on=today + timedelta(days=2),
        )
        writing.say(
            actor=citizen,
            meeting=meeting,
            kind=Kind.PROMISE,
            text="Jeg tar med brevene jeg ikke har åpnet.",
            due_on=today + timedelta(days=21),
        )
        writing.say(
            actor=citizen,
            meeting=meeting,
            kind=Kind.SAY_BACK,
            text="Espen ordner strømmen først. Så ser vi på verkstedet sammen, og jeg sier ikke ja før det.",
        )
        writing.say(
            actor=adviser,
            meeting=meeting,
            kind=Kind.SAY_BACK,
            text="Strømmen først. Vi besøker verkstedet en formiddag, uten å love noe.",
        )
        writing.write_own(
            actor=citizen,
            meeting=meeting,
            kind=Kind.PLAN,
            text="Ro på pengene. Så noe med hendene, men ikke hele dagen.",
            version=0,
        )
        writing.say(
            actor=adviser,
            meeting=meeting,
            kind=Kind.FOR_PLAN,
            text="Se på verkstedet i Strandgata sammen, en formiddag.",
        )
    with clock.frozen(moment(story.made_on, -7, 11)):
        writing.kept(actor=adviser, entry=promised)
        for point in BY_PHONE:
            actions.tick(actor=adviser, meeting=meeting, point=point, by_phone=True)
    _with_a_card(story)


def _with_a_card(story: Any) -> None:
    """A list to which somebody comes with a first card."""
    kari = actor_of(story.people["kari"])
    with clock.frozen(moment(story.made_on, -1, 13)):
        meeting = actions.begin(actor=kari, called="Kari", label="onsdag etter lunsj")
        cards.register_for(actor=kari, meeting=meeting, name="Dina", person_id=uuid4())
