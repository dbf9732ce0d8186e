"""What each app holds on a person: one register per app, so that showing, keeping and erasing forget nothing.

An app calls `register(Register(...))` in its `AppConfig.ready()`, from its own `personal_data.py`. `leaving` reads the
registers; this file knows no domain. A census (tests/architecture/test_personal_data.py) fails for a model that reaches
a person and is in no register.

When somebody leaves, `leaving` goes through the registers from the uppermost app to the lowest, twice:

1. `keep_without_name(parting)`: the key still lives. What shall outlive it is sealed anew with a key of its place
   (a room's), and loses its name. Always called; `parting.way` says how much stays.
2. `erase(parting)`: the key is destroyed. All that is left of the person's own goes; nothing sealed can be opened.

Each runs within one transaction with all other apps' and must be harmless to repeat. Between the two, `leaving` itself
seals anew what belongs to other processes (`Holding.process`), and afterwards empties `Holding.mentions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Category(models.TextChoices):
    """Kinds of data, as the record of processing names them."""

    IDENTITY = "identity", _("navn og hvem du er")
    CONTACT = "contact", _("hvordan vi når deg")
    WORDS = "words", _("det du har skrevet og sagt")
    TAKING_PART = "taking-part", _("hva du er med på, og i hvilken rolle")
    PRESENCE = "presence", _("når du kommer, og når du var der")
    NEEDS = "needs", _("hva du trenger for å komme")
    CONSENT = "consent", _("hva du har sagt ja og nei til")
    SIGN_IN = "sign-in", _("hvordan og hvor du logger inn")
    TRACES = "traces", _("hva du har gjort, uten innhold")


class Way(models.TextChoices):
    """How somebody leaves."""

    KEEP = "keep", _("Slutte, og la det jeg ga gruppa, stå igjen uten navnet mitt")
    TAKE = "take", _("Slutte og ta alt med meg")


class Fate(StrEnum):
    """What becomes of a thing when somebody leaves."""

    GONE = "gone"
    EMPTIED = "emptied"  # the words go, the answer and the dates stay
    NAMELESS = "nameless"  # stays, without the name
    COUNTED = "counted"  # becomes a head in a count
    FREED = "freed"  # somebody else must take it over


Numbers = Counter[tuple[Fate, str]]
"""How many of each thing meet each fate. The thing is a key of `Register.things`."""


Counts = Mapping[tuple[Fate, str], models.QuerySet[Any]]
"""Rows that will meet a fate, one row for each thing. Not counted yet: many of these are counted in one query."""


def counted(*counts: Counts) -> Numbers:
    """All of them in one query."""
    parts = [
        rows.order_by()
        .values(told_fate=_said(fate.value), told_thing=_said(thing))
        .annotate(told_number=models.Count("pk"))
        .values_list("told_fate", "told_thing", "told_number")
        for some in counts
        for (fate, thing), rows in some.items()
    ]
    if not parts:
        return Numbers()
    whole = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return Numbers({(Fate(fate), thing): number for fate, thing, number in whole})


def _said(text: str) -> models.Value:
    return models.Value(text, output_field=models.CharField())


class Parting(Protocol):
    """Somebody who leaves: all of Langbord, or (`process_id`) one process.

    subject: whose key dies. fresh: the subject that what remains in other processes is sealed with from now on; None
    when all is left. `in_scope` narrows a queryset to what is left: `process` is the look-up from row to process.
    """

    @property
    def person_id(self) -> UUID: ...
    @property
    def process_id(self) -> UUID | None: ...
    @property
    def way(self) -> str: ...
    @property
    def subject(self) -> UUID: ...
    @property
    def fresh(self) -> UUID | None: ...


def in_scope(parting: Parting, process: str = "process_id") -> dict[str, UUID]:
    """For `filter(**in_scope(parting))`: the process that is left, or nothing when all is. `process` is the look-up from
    the row to the id of its process."""
    return {} if parting.process_id is None else {process: parting.process_id}


Value = str | int | bool | date | datetime | list[str] | None


def language_name(code: str) -> str:
    """A language as people call it; what is written in Langbord has three."""
    return dict(settings.LANGUAGES).get(code, code)


@dataclass(frozen=True)
class Fact:
    """One line about a thing: `key` in the JSON, `label` on the page. The value is text, a number, a time, or texts.
    `words`: what the page says where the value is a sign for machines."""

    key: str
    label: str
    value: Value
    words: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the file for a person. Items are lists of facts, shown one after another under the heading (in the
    language now spoken). `note`: a sentence under the heading."""

    key: str
    heading: str
    items: list[list[Fact]]
    note: str = ""


@dataclass(frozen=True)
class Holding:
    """One model that reaches a person.

    what, why: in plain words, for the person and for the record of processing. whose: look-ups from a row to the id of
    the person it belongs to ("author_id"). mentions: foreign keys to a person that may be emptied when they leave
    ("hidden_by"). process: look-up from a row to the id of its process; empty when it belongs to no single process.
    """

    model: str
    what: Text
    why: Text
    categories: tuple[Category, ...]
    whose: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    process: str = ""


def _no_sections(person_id: UUID) -> list[Section]:
    return []


def _no_numbers(parting: Parting) -> Numbers:
    return Numbers()


def _no_counts(parting: Parting) -> Counts:
    return {}


def _nothing_stays(person_id: UUID, process_id: UUID | None) -> list[str]:
    return []


@dataclass(frozen=True)
class Register:
    """What one app holds, and what it does with it.

    export: the person's own file; in the language now spoken, through no gate, called only for the person themself.
    foretell, counts: the numbers that `keep_without_name` and `erase` together will give, without changing anything;
    counts: as rows, which `leaving` counts together with everybody's.
    stays: sentences on what stays whatever the person chooses (received by the municipality), for the page before;
    `process_id` is None when all is left. things: for each key used in `Numbers`, the words for so many of it.
    """

    app: str
    holdings: tuple[Holding, ...]
    export: Callable[[UUID], list[Section]] = _no_sections
    foretell: Callable[[Parting], Numbers] = _no_numbers
    counts: Callable[[Parting], Counts] = _no_counts
    keep_without_name: Callable[[Parting], Numbers] = _no_numbers
    erase: Callable[[Parting], Numbers] = _no_numbers
    stays: Callable[[UUID, UUID | None], list[str]] = _nothing_stays
    things: Mapping[str, Callable[[int], str]] | None = None


_registers: dict[str, Register] = {}


def register(register: Register) -> None:
    """Called once for each app, at start-up, in the order of the apps. ValueError for a second one."""
    if register.app in _registers:
        raise ValueError(f"{register.app} has registered what it holds before")
    _registers[register.app] = register


def registers() -> list[Register]:
    """All registers, the lowest app first."""
    return list(_registers.values())


def upper_first() -> list[Register]:
    """All registers, the uppermost app first: what hangs on other things goes before them."""
    return registers()[::-1]


def holdings() -> Iterator[tuple[Register, Holding]]:
    """Every holding with its register, the lowest app first."""
    for held in registers():
        for holding in held.holdings:
            yield held, holding


def in_words(thing: str, number: int) -> str:
    """«3 fortellinger». KeyError for a thing that no app has words for."""
    for held in registers():
        if held.things and thing in held.things:
            return held.things[thing](number)
    raise KeyError(thing)


def what_stays(person_id: UUID, process_id: UUID | None) -> list[str]:
    """What stays whatever the person chooses, from every app."""
    return [text for held in registers() for text in held.stays(person_id, process_id)]
