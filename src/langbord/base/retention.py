"""How long things are kept: the one registry. It knows no domain.

The lengths and their reasons are text that anybody may edit (`content/retention/defaults.yaml`). Each app registers, in
its `AppConfig.ready()`, how the things of a kind are found and how they are taken away. The job that warns first, then
takes away and logs, stands above in `processes.keeping.job`; docs/retention.md has the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.utils.translation import get_language

from langbord.base import clock
from langbord.base.models import Event

FILE = Path(__file__).resolve().parent.parent / "content" / "retention" / "defaults.yaml"

LONGEST_DAYS = 36500


class RetentionBroken(ValueError):
    """The file of lengths can't be used; the message names the kind and what is wrong."""


@dataclass(frozen=True)
class Thing:
    """Something that is kept for a time, as the job needs to know it: ids and dates, never content.

    key: unique within its kind, at most 64 characters. since: from when the time runs. due_on: a day (in Norway) that
    was set for this very thing, which counts before any length. room_id: only who reads that room may be told.
    """

    key: str
    since: datetime
    process_id: UUID | None = None
    person_id: UUID | None = None
    room_id: UUID | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Went:
    """What was taken away: how many of what, and the subjects whose keys must now be destroyed."""

    counts: dict[str, int] = field(default_factory=dict)
    keys: tuple[UUID, ...] = ()


Find = Callable[[datetime], Iterable[Thing]]
Remove = Callable[[list[Thing]], Went]


@dataclass(frozen=True)
class Handler:
    """How one app finds its things of a kind, and takes them away.

    find(before): everything whose time began to run at `before` or earlier, and everything with a day of its own.
    remove(things): called inside a transaction, with things of one process; asks again whether they may go, so that it
    can be repeated. alone: called without a transaction, one thing at a time, because it makes steps of its own.
    """

    kind: str
    find: Find
    remove: Remove
    alone: bool = False


@dataclass(frozen=True)
class Sweep:
    """What nobody made and nobody is warned about: codes, sessions. `waiting` counts, `sweep` takes away and counts."""

    kind: str
    waiting: Callable[[], int]
    sweep: Callable[[], int]


@dataclass(frozen=True)
class Policy:
    """A kind of thing as the file tells it.

    days: how long, from `starts`. warn: days of warning that must really have been given; 0 only for what nobody made.
    on_home: whether the warning stands on people's first page. scope: who may change the length.
    of_staff: only those who work here make such things, and only they are told of it where lengths are listed.
    """

    kind: str
    days: int
    warn: int
    on_home: bool
    scope: str
    texts: dict[str, dict[str, str]]
    of_staff: bool = False

    def shown(self, name: str) -> str:
        """title, soon, starts, why or then, in the language now spoken; Bokmål where it is missing."""
        found = self.texts[name]
        return found.get((get_language() or "nb")[:2]) or found["nb"]

    @property
    def shown_title(self) -> str:
        return self.shown("title")

    @property
    def shown_soon(self) -> str:
        return self.shown("soon")

    @property
    def shown_starts(self) -> str:
        return self.shown("starts")

    @property
    def shown_why(self) -> str:
        return self.shown("why")

    @property
    def shown_then(self) -> str:
        return self.shown("then")


TEXTS = ("title", "soon", "starts", "why", "then")
SCOPES = ("process", "installation")

_handlers: list[Handler] = []
_sweeps: list[Sweep] = []


def register(kind: str, *, find: Find, remove: Remove, alone: bool = False) -> None:
    """Called once for each kind and app, at start-up. Several apps may hold something of one kind."""
    _handlers.append(Handler(kind, find, remove, alone))


def register_sweep(kind: str, *, waiting: Callable[[], int], sweep: Callable[[], int]) -> None:
    _sweeps.append(Sweep(kind, waiting, sweep))


def handlers() -> dict[str, list[Handler]]:
    """By kind, in the order of the file. RetentionBroken when the file leaves one out, or lets it go unwarned."""
    known = policies()
    for handler in _handlers:
        if handler.kind not in known:
            raise RetentionBroken(f"{handler.kind}: not in the file")
        if known[handler.kind].warn < 1:
            raise RetentionBroken(f"{handler.kind}: people must be warned, at least one day before")
    return {kind: [h for h in _handlers if h.kind == kind] for kind in known}


def sweeps() -> list[Sweep]:
    return list(_sweeps)


@cache
def policies() -> dict[str, Policy]:
    """The kinds in the order of the file. RetentionBroken when it can't be used."""
    return load(FILE.read_text(encoding="utf-8"))


def load(text: str) -> dict[str, Policy]:
    """Kinds from the text of a file."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise RetentionBroken(f"defaults.yaml: {error}") from error
    kinds = raw.get("kinds") if isinstance(raw, dict) else None
    if not isinstance(kinds, dict) or not kinds:
        raise RetentionBroken("defaults.yaml: no kinds")
    return {str(kind): _policy(str(kind), told) for kind, told in kinds.items()}


def _policy(kind: str, told: Any) -> Policy:
    if not isinstance(told, dict):
        raise RetentionBroken(f"{kind}: nothing is said")
    days, warn = _whole(kind, "days", told.get("days")), _whole(kind, "warn", told.get("warn", 0))
    if told.get("scope") not in SCOPES:
        raise RetentionBroken(f"{kind}: scope must be one of {', '.join(SCOPES)}")
    texts: dict[str, dict[str, str]] = {}
    for name in TEXTS:
        value = told.get(name)
        if not isinstance(value, dict) or not value.get("nb"):
            raise RetentionBroken(f"{kind}: {name} is missing in Bokmål (nb)")
        if not all(isinstance(words, str) for words in value.values()):
            raise RetentionBroken(
                f"{kind}: {name} has a word too much; put quotes around a text with a comma"
            )
        texts[name] = {str(language): str(words).strip() for language, words in value.items()}
    return Policy(
        kind, days, warn, bool(told.get("on_home")), str(told["scope"]), texts, told.get("of_staff") is True
    )


def _whole(kind: str, name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LONGEST_DAYS:
        raise RetentionBroken(f"{kind}: {name} must be a whole number of days")
    return value


# -- what lies at the bottom itself: the event log


def _months(before: datetime) -> list[Thing]:
    """The event log month by month: a month's time runs from its end."""
    first = Event.objects.order_by("at").values_list("at", flat=True).first()
    found: list[Thing] = []
    if first is None:
        return found
    start = first.astimezone(clock.OSLO).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while (end := (start + timedelta(days=32)).replace(day=1)) <= before:
        found.append(Thing(key=f"{start:%Y-%m}", since=end))
        start = end
    return found


def _forget_months(things: list[Thing]) -> Went:
    """The one place where events go: they are never changed, and they grow too old together."""
    gone = 0
    for thing in things:
        rows = Event.objects.filter(at__lt=thing.since)
        gone += rows.count()
        rows._raw_delete(rows.db)
    return Went({"events": gone})


def register_own() -> None:
    register("log", find=_months, remove=_forget_months)
