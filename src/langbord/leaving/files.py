"""A file for me: everything the product holds on one person, as a page to read and as JSON, packed together.

Made while it is sent and kept nowhere. The format of the JSON is documented in docs/leaving.md.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base import personal_data as registry
from langbord.base.dates import written
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.personal_data import Fact, Section

from .doing import TOMORROW

FORMAT, VERSION = "langbord-person", 1


@dataclass(frozen=True)
class Shown:
    """A section as the page shows it: what is empty is left out, and times are in words."""

    heading: str
    note: str
    items: list[list[tuple[str, str | list[str]]]]


def take(*, actor: Actor) -> Iterator[bytes]:
    """The packed file, piece by piece. Everything is opened before the first piece is given. Side effects: an event.

    NotAllowed for nobody; NotNow on the first day of a new card, when older things are closed.
    """
    if actor.person_id is None:
        raise NotAllowed()
    if actor.reads_from is not None:
        raise NotNow(TOMORROW)
    sections = sections_of(actor.person_id)
    page, data = as_page(sections), as_json(sections)
    events.record(actor.person_id, "person.file-taken", actor.person)
    return _packed({"les-meg.html": page.encode(), "langbord.json": data.encode()})


def sections_of(person_id: UUID) -> list[Section]:
    """From every app, the lowest first."""
    return [section for register in registry.registers() for section in register.export(person_id)]


def as_json(sections: list[Section]) -> str:
    whole: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": clock.now().isoformat(),
        "language": get_language(),
        "sections": [
            {
                "key": section.key,
                "heading": section.heading,
                "items": [{fact.key: _plain(fact.value) for fact in item} for item in section.items],
            }
            for section in sections
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def as_page(sections: list[Section]) -> str:
    """One page that needs nothing else: no script, no address of ours, its own few rules for paper and screen."""
    shown = [
        Shown(s.heading, s.note, [_lines(item) for item in s.items]) for s in sections if s.items or s.note
    ]
    return render_to_string("leaving/file.html", {"sections": shown, "made": _in_words(clock.now())})


def _lines(item: list[Fact]) -> list[tuple[str, str | list[str]]]:
    return [
        (fact.label, fact.words or _in_words(fact.value)) for fact in item if fact.value not in ("", None, [])
    ]


def _in_words(value: Any) -> str | list[str]:
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, datetime):
        return written(value.astimezone(clock.OSLO), "j. F Y H.i")
    if isinstance(value, date):
        return written(value, "j. F Y")
    return value if isinstance(value, list) else str(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


class _Pipe(io.RawIOBase):
    """What the packer writes, handed on at once."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def drain(self) -> bytes:
        whole, self.parts = b"".join(self.parts), []
        return whole


def _packed(files: dict[str, bytes]) -> Iterator[bytes]:
    pipe = _Pipe()
    at = clock.now().astimezone(clock.OSLO).timetuple()[:6]
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, at), content, zipfile.ZIP_DEFLATED)
            yield pipe.drain()
    yield pipe.drain()
