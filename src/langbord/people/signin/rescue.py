"""What is sent after the session ran out: sealed with the person's own key, and given back only to them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from langbord.access.actor import Actor
from langbord.base import clock
from langbord.people.models import Person
from langbord.vault import keys, preload_for

from .models import Rescued

KEPT = timedelta(days=7)
MOST_SIGNS = 200_000
AT_MOST = 10
_SECRETS = frozenset({"csrfmiddlewaretoken", "pin", "old", "again", "code", "password", "token"})
_BARE = re.compile(r"[0-9a-f-]{32,36}|\S{0,20}", re.IGNORECASE)


@dataclass(frozen=True)
class GivenBack:
    """One thing that was kept: where it was going, what was written, and the rest of the form."""

    id: UUID
    path: str
    words: list[tuple[str, str]]
    rest: list[tuple[str, str]]


def keep(request: HttpRequest, person: Person) -> UUID | None:
    """Keep the fields of a form that came too late. None if there was nothing in it. Files cannot be kept."""
    fields = _fields(request)
    if not any(value.strip() for name, value in fields if name not in ("once", "next")):
        return None
    text = json.dumps(fields, ensure_ascii=False)
    if len(text) > MOST_SIGNS or len(request.path) > 300:
        return None
    keys.ensure(person.sealed_by)
    mine = Rescued.objects.unrestricted("what was kept for the same person before")
    with transaction.atomic():
        if mine.filter(person_id=person.pk).count() >= AT_MOST:
            mine.filter(
                pk=mine.filter(person_id=person.pk).order_by("at").values_list("pk", flat=True)[0]
            ).delete()
        kept = Rescued.objects.create(
            person=person, sealed_by=person.sealed_by, path=request.path, fields=text, at=clock.now()
        )
    return kept.pk


def words_sent(request: HttpRequest) -> list[str]:
    """What somebody wrote in the form that was just sent, to give back on the very page that could not take it. Asks no
    database. Empty where the form may not come from a page of ours: others' words are never shown as theirs."""
    if urlsplit(request.headers.get("Origin", "")).netloc != request.get_host():
        return []
    return [value for _, value in _words(_fields(request))]


def rescued_for(actor: Actor, path: str = "") -> list[GivenBack]:
    """What was kept for this person (for one address only, if it is named), newest first."""
    if actor.person_id is None:
        return []
    rows = Rescued.objects.visible_to(actor).filter(at__gt=clock.now() - KEPT)
    if path:
        rows = rows.filter(path=path)
    found = preload_for(list(rows))
    return [given_back(row) for row in found]


def something_for(actor: Actor) -> bool:
    """Whether anything was kept for this person. One query, nothing opened."""
    if actor.person_id is None:
        return False
    return bool(Rescued.objects.visible_to(actor).filter(at__gt=clock.now() - KEPT).exists())


def given_back(row: Rescued) -> GivenBack:
    try:
        fields = [(str(name), str(value)) for name, value in json.loads(row.fields)]
    except ValueError:
        fields = []
    words = _words(fields)
    return GivenBack(
        row.pk, row.path, words, [pair for pair in fields if pair not in words and pair[0] != "rescued"]
    )


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and name not in _SECRETS
    ]


def _words(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields with words in them; the rest are choices, keys and numbers."""
    return [
        (n, v) for n, v in fields if n not in ("once", "next", "rescued") and not _BARE.fullmatch(v.strip())
    ]


def throw_away(*, rescued_id: UUID, actor: Actor) -> None:
    """It was sent again, or is not wanted. Nothing happens if it is gone, or another's."""
    Rescued.objects.visible_to(actor).filter(pk=rescued_id).delete()
