"""The shelves of the open library: what stands where, and how a page is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from langbord.words.hints import Hint, hints

from . import content, kinds
from .reading import Entry, Texts, texts_in


@dataclass(frozen=True)
class Shelf:
    """A shelf on the front page. `count`: how many things stand there; an empty one is not shown. `theirs`: an organisation
    may have words of its own there."""

    key: str
    title: str | Promise
    lead: str | Promise
    url: str
    count: int
    theirs: bool = False


SHEETS: dict[str, tuple[Any, Any]] = {
    "methods": (_("Metoder"), _("Måter å være sammen på, steg for steg.")),
    "lists": (_("Lister"), _("Ting å gå gjennom, på skjerm eller papir.")),
    "interviews": (_("Samtaleguider"), _("Spørsmål til en samtale, med én eller flere.")),
    "evaluation": (_("Se tilbake"), _("Hva ble annerledes, og for hvem?")),
    "rules": (_("Regler å begynne med"), _("Gruppa stryker, endrer og legger til.")),
    "agendas": (_("Møteplaner"), _("Hva dere kan gjøre på en samling.")),
    "reflection": (_("Tenke sammen"), _("Først alene, så sammen.")),
}


def all_shelves(organisation_id: UUID | None = None) -> list[Shelf]:
    """Every shelf that has something on it. At most one query, with an organisation."""
    points = sum(len(section.points) for section in content.guide(organisation_id))
    found = [
        Shelf("guide", _("Veilederen"), _("Ett og ett spørsmål å snakke om, fra første tanke til slutt."), reverse("library-guide"), points, theirs=True),
        Shelf("course", _("Kurset"), _("For ansatte. Korte deler, først alene og så sammen."), reverse("library-course"), len(content.course())),
        Shelf("templates", _("Måter å begynne på"), _("Velg én, bland dem, eller begynn med blanke ark."), reverse("library-templates"), len(content.templates())),
        *(
            Shelf(key, title, lead, reverse("library-shelf", args=[key]), len(content.sheets(key, organisation_id)), theirs=True)
            for key, (title, lead) in SHEETS.items()
        ),
        Shelf("letters", _("Brev"), _("Slik kan dere spørre folk om å bli med."), reverse("library-letters"), len(letters()), theirs=True),
        Shelf("words", _("Ordhjelp"), _("Kontorord, og hva du kan si i stedet."), reverse("library-words"), len(words()), theirs=True),
        Shelf("sources", _("Om kildene"), _("Hvor ideene kommer fra, og hva som er våre egne."), reverse("library-sources"), 1),
    ]  # fmt: skip
    return [shelf for shelf in found if shelf.count]


def letters(organisation_id: UUID | None = None) -> tuple[Any, ...]:
    """Letters, where the app that owns them is here. With an organisation: its own words in them, which costs one query in a
    request."""
    found = kinds.entries("letter") if "letter" in {kind.name for kind in kinds.known()} else ()
    if organisation_id is None:
        return found
    from . import overrides  # stands above this file: it is about what is on the shelves

    rows = overrides.of(organisation_id)
    return overrides.letters_laid_over(found, rows) if rows else found


def words(organisation_id: UUID | None = None) -> list[Hint]:
    """Office words in the language now spoken, by the alphabet; in Bokmål where that language has none. With an organisation:
    its own words too, which count over ours, and one query in a request."""
    found = {hint.word.casefold(): hint for hint in hints((get_language() or "nb")[:2]) or hints("nb")}
    if organisation_id is not None:
        from . import overrides  # stands above this file: it is about what is on the shelves

        found |= {hint.word.casefold(): hint for hint in overrides.own_hints(overrides.of(organisation_id))}
    return [found[word] for word in sorted(found)]


def body_of(entry: Entry) -> list[Texts]:
    """What there is to read in an entry of any kind, but its title."""
    return [texts for loc, texts in texts_in(entry) if loc != ("title",)]


# --- where a link leads -------------------------------------------------------------------------------------------------


def guide_address(key: str) -> str:
    """A point by itself; a section."""
    if any(section.key == key for section in content.guide()):
        return reverse("library-section", args=[key])
    return reverse("library-point", args=[key])


def course_address(key: str) -> str:
    return reverse("library-unit", args=[key])


def sheet_address(key: str) -> str:
    return reverse("library-sheet", args=[key])


def template_address(key: str) -> str:
    return reverse("library-template", args=[key])
