"""What the privacy pages know from the installation: who answers, what is held, for how long, which cookies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.utils.translation import get_language, ngettext

from langbord.base import personal_data, retention
from langbord.base.personal_data import Category
from langbord.consent.setup import contact_of
from langbord.people.models import Organisation
from langbord.processes.models import Process

FOLDER = Path(__file__).resolve().parents[2] / "content" / "privacy"


@dataclass(frozen=True)
class Controller:
    """An organisation that answers for at least one process. `contact`: its data-protection officer; empty when nobody
    has said. processes: how many it answers for."""

    id: UUID
    name: str
    contact: str
    processes: int


def controllers() -> list[Controller]:
    """By name. Two queries and one for each of them."""
    counted: dict[UUID, int] = {}
    rows = Process.objects.unrestricted("which organisations answer for something: signs on doors")
    for pk in rows.values_list("organisation_id", flat=True):
        counted[pk] = counted.get(pk, 0) + 1
    found = Organisation.objects.filter(pk__in=counted).order_by("name")
    return [Controller(o.pk, o.name, contact_for(o.pk), counted[o.pk]) for o in found]


def contact_for(organisation_id: UUID) -> str:
    """As the organisation has said; else the setting for the whole installation; else empty."""
    return contact_of(organisation_id) or str(getattr(settings, "LANGBORD_DPO_CONTACT", ""))


@cache
def content(name: str) -> dict[str, Any]:
    """A content file of this folder, read once."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


def spoken(text: dict[str, str]) -> str:
    """In the language now spoken; Bokmål where it is missing."""
    return text.get((get_language() or "nb")[:2]) or text["nb"]


def held_categories() -> list[Category]:
    """The kinds of data that some app has said it holds, in the order of the list."""
    held = {category for _register, holding in personal_data.holdings() for category in holding.categories}
    return [category for category in Category if category in held]


def held_of(*categories: str, only: tuple[str, ...] = ()) -> list[str]:
    """What the apps hold of these kinds, in their own words; `only` narrows it down to some models."""
    found: dict[str, None] = {}
    for _register, holding in personal_data.holdings():
        if only and holding.model not in only:
            continue
        if any(str(category) in categories for category in holding.categories):
            found.setdefault(str(holding.what))
    return list(found)


@dataclass(frozen=True)
class Kept:
    """How long a kind of thing is kept, and from when."""

    kind: str
    title: str
    days: int
    starts: str
    then: str

    @property
    def lasts(self) -> str:
        """«5 år fra …», «14 dager fra …», or from when, where nothing is kept longer."""
        if not self.days:
            return self.starts[:1].upper() + self.starts[1:]
        years, rest = divmod(self.days, 365)
        said = (
            ngettext("%(n)d dag %(starts)s", "%(n)d dager %(starts)s", self.days)
            if rest
            else ngettext("%(n)d år %(starts)s", "%(n)d år %(starts)s", years)
        )
        return said % {"n": self.days if rest else years, "starts": self.starts}


def kept(*kinds: str) -> list[Kept]:
    """All of them, or those named that exist, in the order of the file."""
    return [
        Kept(p.kind, p.shown_title, p.days, p.shown_starts, p.shown_then)
        for p in retention.policies().values()
        if not kinds or p.kind in kinds
    ]


def cookie_names() -> dict[str, str]:
    """As the browser knows them → as the content file does. `messages` is Django's, for the note after a form."""
    names = (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        "messages",
    )
    return {name: name.removeprefix("__Host-") for name in names}
