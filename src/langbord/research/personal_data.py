"""What research reading holds on a person: their number, and who has opened their words."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.base.personal_data import (
    Category,
    Counts,
    Fact,
    Fate,
    Holding,
    Numbers,
    Parting,
    Register,
    Section,
    counted,
    in_scope,
    register,
)
from langbord.vault import preload_for

from .models import Alias, Opening

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"


def export(person_id: UUID) -> list[Section]:
    openings = list(Opening.objects.unrestricted(_SHOWN).with_reader().filter(author_id=person_id))
    preload_for([o.reader for o in openings if o.reader is not None])
    numbers = Alias.objects.unrestricted(_SHOWN).filter(person_id=person_id).values_list("number", flat=True)
    return [
        Section(
            "research_openings",
            _("Hvem som har åpnet ordene mine i forskningen"),
            [
                [
                    Fact("who", _("Hvem"), o.reader.shown_name if o.reader is not None else ""),
                    Fact("what", _("Hva"), str(o.shown_deed)),
                    Fact("at", _("Når"), o.at),
                    Fact("process", _("Samskaping"), o.process.name),
                ]
                for o in openings
            ],
        ),
        Section(
            "research_numbers",
            _("Nummeret mitt i forskningen"),
            [[Fact("number", _("Nummer"), number)] for number in sorted(numbers)],
        ),
    ]


def counts(parting: Parting) -> Counts:
    mine = Opening.objects.unrestricted(_GONE).filter(author_id=parting.person_id, **in_scope(parting))
    return {(Fate.GONE, "research-opening"): mine}


def foretell(parting: Parting) -> Numbers:
    return counted(counts(parting))


def erase(parting: Parting) -> Numbers:
    """The number goes, so that nobody can work out whose words they were; and what was noted about openings."""
    told = foretell(parting)
    scope = in_scope(parting)
    for opening in Opening.objects.unrestricted(_GONE).filter(author_id=parting.person_id, **scope):
        opening.delete()
    for alias in Alias.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **scope):
        alias.delete()
    return told


_THINGS = {
    "research-opening": lambda n: (
        ngettext(
            "%(n)d linje om hvem som har åpnet ordene dine",
            "%(n)d linjer om hvem som har åpnet ordene dine",
            n,
        )
        % {"n": n}
    ),
}


def declare() -> None:
    register(
        Register(
            app="research",
            holdings=(
                Holding(
                    "research.Alias",
                    gettext_lazy("nummeret ditt i forskningen"),
                    gettext_lazy("For at forskeren ikke skal se navnet ditt."),
                    (Category.TAKING_PART,),
                    whose=("person_id",),
                    process="process_id",
                ),
                Holding(
                    "research.Opening",
                    gettext_lazy("hvem som har åpnet ordene dine i forskningen, og når"),
                    gettext_lazy("For at du skal kunne se det."),
                    (Category.TRACES,),
                    whose=("author_id",),
                    mentions=("reader",),
                    process="process_id",
                ),
            ),
            export=export,
            counts=counts,
            erase=erase,
            things=_THINGS,
        )
    )
