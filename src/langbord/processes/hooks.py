"""What later apps show on the page of a process. The lower app owns the lists, the upper registers when it starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from langbord.access.actor import Actor

from .enums import Stage
from .models import Process

Panel = tuple[str, dict[str, Any]]
"""A template and what it is drawn with (as `panel`)."""


@dataclass(frozen=True)
class Way:
    """A way from the page of a process to a page of an app, under the stage where people look for it.

    url: the name of an address whose only argument is the process. note: a quieter line, or nothing. shown_to: asked
    with the actor and the process' id; asks no database.
    """

    stage: Stage
    label: str | Promise
    url: str
    shown_to: Callable[[Actor, UUID], bool]
    note: str | Promise = ""
    order: int = 50


process_ways: list[Way] = []


@dataclass(frozen=True)
class InPlace:
    """One thing one would like to have in place before people are asked in. there: said when it is; lacking: said when it is
    not; why: what happens without it. url, link: what one does about it; none for whoever cannot."""

    done: bool
    there: str | Promise
    lacking: str | Promise
    why: str | Promise
    url: str = ""
    link: str | Promise = ""


@dataclass(frozen=True)
class Before:
    """What an app knows of the time before people are asked. asked: somebody has been asked already."""

    checks: list[InPlace]
    asked: bool = False


Roles = Mapping[object, set[str]]
"""The roles of each who takes part now, by person."""

before_inviting: list[Callable[[Actor, Process, Roles], Before | None]] = []
"""Asked by the page *Kan vi invitere nå?*, so that two pages never say two things. None for whoever does not ask people in.
At most two queries together."""

process_panels: list[Callable[[Actor, Process], Panel | None]] = []
"""What needs a look now, on the desk of those who prepare. At most two queries together."""
