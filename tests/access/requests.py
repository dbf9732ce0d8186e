"""How each address is asked: what stands in the address for a variant, and what a form sends. The same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import URLPattern, reverse

from langbord.base import clock
from tests.access.world import World, once
from tests.access.world_firstmeeting import FORMS as FIRSTMEETING
from tests.access.world_inviting import FORMS as INVITING
from tests.access.world_learning import FORMS as LEARNING
from tests.access.world_library import FORMS as LIBRARY

NOTHING = UUID("00000000-0000-4000-8000-000000000000")

Data = dict[str, Any]


def names_in(pattern: URLPattern) -> list[str]:
    return list(pattern.pattern.converters)


def kwargs_for(world: World, pattern: URLPattern, variant: str) -> Data:
    """What the variant puts into the address. `x>y`: the piece of x, the room of y."""
    if variant == "token":
        return {"token": "ingen-slik-lenke"}
    first, _, second = variant.partition(">")
    found = dict(world.at[first])
    if second:
        found["room"] = world.at[second]["room"]
    return {name: found[name] for name in names_in(pattern)}


def missing(kwargs: Data) -> Data:
    """The same address for something that does not exist."""
    changed = {
        name: NOTHING if isinstance(value, UUID) else "finnes-ikke" if name == "process" else value
        for name, value in kwargs.items()
    }
    if any(isinstance(value, UUID) for value in kwargs.values()) and "process" in kwargs:
        changed["process"] = kwargs["process"]
    return changed


def address(name: str, kwargs: Data) -> str:
    return reverse(name, kwargs=kwargs)


def _words(world: World, variant: str, key: str) -> Data:
    return {"once": once(key, variant), "text": "Dette sier jeg"}


def _print(world: World, variant: str) -> Data:
    return {"people": [str(world.table.people["citizen" if variant == "a" else "paid"].pk)]}


def _invite(world: World, variant: str) -> Data:
    return {
        "once": once("process-invite", variant),
        "name": "Nykommer",
        "role": "citizen",
        "room": str(world.table.rooms["peer" if variant == "a" else "b-group"].pk),
    }


def _begin(world: World, variant: str) -> Data:
    return {
        "once": once("process-new"),
        "template": "blank",
        "name": "Noe nytt",
        "purpose": "",
        "organisation": str(world.table.municipality.pk),
    }


def _assign(world: World, variant: str) -> Data:
    return {
        "once": once("case-assign", variant),
        "promised_on": (clock.today() + timedelta(days=7)).isoformat(),
        "responder": str(
            world.table.people["coordinator" if variant[0] == "a" else "coordinator-other-process"].pk
        ),
    }


def _share(world: World, variant: str) -> Data:
    return {"to": str(world.table.rooms["peer" if variant == "draft:citizen" else "service"].pk)}


def _plan(world: World, variant: str) -> Data:
    return {
        "once": once("gathering-new", variant),
        "date": (clock.today() + timedelta(days=9)).isoformat(),
        "start": "17:00",
        "end": "19:00",
        "place": "Et annet sted",
        "plan_made_by": "",
    }


def _sheets(world: World, variant: str) -> Data:
    person = world.table.people["citizen" if variant == "a" else "paid"]
    return {"once": once("consent-sheets", variant), "people": [str(person.pk)], "purposes": ["photo"]}


def _key_in(world: World, variant: str) -> Data:
    return {
        "once": once("consent-key-in", variant),
        "code": world.things[variant].code,
        "signed_on": clock.today().isoformat(),
        "answer-recording": "none",
        "answer-photo": "no",
    }


def _aloud(world: World, variant: str) -> Data:
    from langbord.consent.enums import Purpose
    from langbord.consent.hosting import sheets, voice

    process = world.table.process if variant == "a" else world.table.other
    read = sheets.notices_for(process.pk, "nb", Purpose)
    answers = {f"answer-{notice.purpose}": "no" for notice in read}
    return {
        "once": once("consent-speak", variant),
        "shown": voice.fingerprint(read),
        "witness_name": "Nabo",
        "read_aloud": "on",
        **answers,
    }


FORMS: dict[str, Callable[[World, str], Data]] = {
    "sign-in-card": lambda w, v: {"code": "AAAA-AAAA"},
    "sign-in-pin": lambda w, v: {"pin": "1234"},
    "sign-in-email": lambda w, v: {"email": "ingen@eksempel.no"},
    "sign-in-code": lambda w, v: {"code": "123456"},
    "second-factor": lambda w, v: {"code": "123456"},
    "card-link": lambda w, v: {"go": "1"},
    "one-time-link": lambda w, v: {"go": "1"},
    "set-language": lambda w, v: {"language": "nb", "next": "/"},
    "set-text-size": lambda w, v: {"text_size": "large", "next": "/"},
    "me-name": lambda w, v: {"name": "Annen", "alias": "Annen"},
    "me-pin": lambda w, v: {"old": "1", "pin": "1", "again": "1"},
    "card-answer": lambda w, v: {"answer": "no"},
    "cards-print": _print,
    "tell": lambda w, v: {**_words(w, v, "tell"), "kind": "post", "process": str(w.table.process.pk)},
    "tell-autosave": lambda w, v: {
        **_words(w, v, "autosave"),
        "kind": "post",
        "process": str(w.table.process.pk),
    },
    "leave-silence": lambda w, v: {"process": w.table.process.slug},
    "come-back": lambda w, v: {"process": w.table.process.slug},
    "leave-do": lambda w, v: {"once": once("leave-do"), "way": "take", "where": ""},
    "receipt": lambda w, v: {"code": "kort"},
    "help-leave": lambda w, v: {
        "once": once("help-leave", v),
        "person": str(w.table.people["citizen" if v == "a" else "paid"].pk),
        "way": "keep",
        "heard": "on",
    },
    "consent-age": lambda w, v: {"band": "adult"},
    "consent-ask": lambda w, v: {"once": once("consent-ask", v), "answer": "yes"},
    "consent-back": lambda w, v: {"once": once("consent-back", v)},
    "consent-sheets": _sheets,
    "consent-key-in": _key_in,
    "consent-speak": _aloud,
    "consent-age-band": lambda w, v: {"band": "adult"},
    "consent-adult": lambda w, v: {"once": once("consent-adult", v), "adult_name": "Mor"},
    "consent-said-right": lambda w, v: {"event": str(w.at["aloud:citizen"]["event"])},
    "guardian-object": lambda w, v: {"objects": "yes"},
    "child-ask": lambda w, v: {"once": once("child-ask", v), "answer": "no"},
    "child-back": lambda w, v: {"once": once("child-back", v)},
    "consent-setup": lambda w, v: {"used": ["research"], "contact": "personvern@eksempel.no"},
    "share-draft": _share,
    "room-write": lambda w, v: {**_words(w, v, "room-write"), "kind": "post"},
    "exchange": lambda w, v: {**_words(w, v, "exchange"), "kind": "give"},
    "rules": lambda w, v: _words(w, v, "rules"),
    "room-find": lambda w, v: {"words": "planted"},
    "door-answer": lambda w, v: {"answer": "ready"},
    "host-answer": lambda w, v: {"answer": "yes"},
    "piece-edit": lambda w, v: {"text": "Andre ord"},
    "take-back": lambda w, v: {"with_copies": "on", "how": "said", "once": once("take-back", v)},
    "hold-back": lambda w, v: {"why": "Vi snakkes"},
    "carry-to": lambda w, v: {**_words(w, v, "carry-to"), "signed": "no"},
    "propose": lambda w, v: _words(w, v, "propose"),
    "decision-answer": lambda w, v: {"answer": "yes"},
    "case-assign": _assign,
    "case-answer": lambda w, v: {
        "once": once("answer", v),
        "kind": "try",
        "reason": "Fordi",
        "sent_to": "",
        "sure": "1",
    },
    "case-use": lambda w, v: _words(w, v, "case-use"),
    "case-came-back": lambda w, v: _words(w, v, "case-came-back"),
    "case-comment": lambda w, v: _words(w, v, "case-comment"),
    "case-receive": lambda w, v: {"once": once("case-receive", v), "reason": "Vi lager nye brev"},
    "case-yes": lambda w, v: {"answer": "yes"},
    "received-reference": lambda w, v: {"reference": "2026/1-1"},
    "task-new": lambda w, v: _words(w, v, "task-new"),
    "gathering-new": _plan,
    "gathering-edit": _plan,
    "gathering-cancel": lambda w, v: {"why": "Det ble for mye snø"},
    "gathering-answer": lambda w, v: {"answer": "cannot"},
    "gathering-needs": lambda w, v: {"needs": "food", "note": "Nøtter"},
    "gathering-after": lambda w, v: {"others_citizens": "1"},
    "gathering-note": lambda w, v: {**_words(w, v, "note"), "speaker": "gruppa"},
    "minutes-edit": lambda w, v: {**_words(w, v, "minutes"), "publish": "1"},
    "minutes-wrong": lambda w, v: _words(w, v, "wrong"),
    "research-file": lambda w, v: {"form": "json"},
    "lengths": lambda w, v: {
        "once": once("lengths", v),
        "organisation": str(w.table.municipality.pk),
        "kind": "needs",
        "days": "3",
        "reason": "",
    },
    "process-length": lambda w, v: {"once": once("length", v), "kind": "draft", "days": "9", "reason": ""},
    "process-close": lambda w, v: {
        "once": once("process-close", v),
        "reason": "Vi er i mål",
        "board": "nameless",
        "goes_on": (clock.today() + timedelta(days=60)).isoformat(),
        "sure": "1",
    },
    "research-end": lambda w, v: {
        "once": once("research-end", v),
        "reference": "881234",
        "ends_on": (clock.today() + timedelta(days=60)).isoformat(),
        "reason": "",
    },
    **FIRSTMEETING,
    **INVITING,
    **LEARNING,
    **LIBRARY,
    "room-words": lambda w, v: _words(w, v, "room-words"),
    "word-explain": lambda w, v: _words(w, v, "word-explain"),
    "word-check": lambda w, v: {"text": "Vi kartlegger behovet.", "language": "nb"},
    "point-carry": lambda w, v: {"once": once("point-carry", v), "carrier": ""},
    "point-date": lambda w, v: {"once": once("point-date", v), "on": ""},
    "point-talked": lambda w, v: {"once": once("point-talked", v), "text": ""},
    "point-aside": lambda w, v: _words(w, v, "point-aside"),
    "point-again": lambda w, v: {"once": once("point-again", v)},
    "point-words": lambda w, v: _words(w, v, "point-words"),
    "point-later": lambda w, v: {"once": once("point-later", v)},
    "point-update": lambda w, v: {"once": once("point-update", v)},
    "what-now": lambda w, v: _words(w, v, "what-now"),
    "process-new": _begin,
    "organisations": lambda w, v: {
        "once": once("organisations"),
        "name": "Nabokommunen",
        "kind": "municipality",
        "unit": "Boligkontoret der",
    },
    "unit-new": lambda w, v: {
        "once": once("unit-new"),
        "organisation": str(w.table.municipality.pk),
        "name": "Et kontor til",
    },
    "process-purpose": lambda w, v: {"name": "Et nytt navn", "purpose": "Noe"},
    "process-invite": _invite,
    "room-new": lambda w, v: {"once": once("room-new", v), "kind": "service", "name": "Et rom til"},
}
"""What each form sends. An address without an entry sends nothing."""


def form_for(world: World, name: str, variant: str) -> Data:
    make = FORMS.get(name)
    return (
        {key: str(value) if isinstance(value, UUID) else value for key, value in make(world, variant).items()}
        if make
        else {}
    )
