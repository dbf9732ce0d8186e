"""What is told before and after, in numbers and words. The same shapes for both, so that they can be held together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from langbord.base import personal_data as registry
from langbord.base.personal_data import Fate, Numbers


@dataclass(frozen=True)
class Group:
    """One fate with the things that meet it, in words."""

    heading: str
    things: list[str]


def stored(numbers: Numbers) -> list[list[Any]]:
    """As it is kept: [fate, thing, how many], without what there is none of."""
    return sorted([fate.value, thing, count] for (fate, thing), count in numbers.items() if count)


def told(rows: Iterable[list[Any]]) -> Numbers:
    """Back from what was kept."""
    return Numbers({(Fate(fate), thing): count for fate, thing, count in rows})


_ORDER = (Fate.GONE, Fate.EMPTIED, Fate.NAMELESS, Fate.COUNTED, Fate.FREED)


def before(numbers: Numbers) -> list[Group]:
    """For the page before."""
    return _groups(
        numbers,
        {
            Fate.GONE: _("Dette blir borte for alle"),
            Fate.EMPTIED: _("Dette mister ordene. Svarene står, med datoene"),
            Fate.NAMELESS: _("Dette blir stående, uten navnet ditt"),
            Fate.COUNTED: _("Dette blir bare et tall, uten navnet ditt"),
            Fate.FREED: _("Dette må noen andre ta over"),
        },
    )


def after(numbers: Numbers) -> list[Group]:
    """For the receipt."""
    return _groups(
        numbers,
        {
            Fate.GONE: _("Dette er borte for alle"),
            Fate.EMPTIED: _("Dette har mistet ordene. Svarene står, med datoene"),
            Fate.NAMELESS: _("Dette står igjen, uten navn"),
            Fate.COUNTED: _("Dette er bare et tall nå, uten navn"),
            Fate.FREED: _("Dette må noen andre ta over"),
        },
    )


_WORDS_FIRST = ("story", "input", "post", "exchange", "comment", "answer", "task", "piece", "draft")
"""What people wrote is told before the rest."""


def _rank(thing: str) -> tuple[int, str]:
    return (_WORDS_FIRST.index(thing) if thing in _WORDS_FIRST else len(_WORDS_FIRST), thing)


def _groups(numbers: Numbers, headings: dict[Fate, str]) -> list[Group]:
    groups = []
    for fate in _ORDER:
        things = [
            registry.in_words(thing, count)
            for (found, thing), count in sorted(numbers.items(), key=lambda item: _rank(item[0][1]))
            if found == fate and count
        ]
        if things:
            groups.append(Group(headings[fate], things))
    return groups
