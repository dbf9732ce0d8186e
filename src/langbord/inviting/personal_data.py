"""What inviting holds on a person: how they want to take part, what they proposed; and on those who are not here yet."""

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

from . import callers
from .enums import Channel
from .models import Proposal, TakingPart

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"


def export(person_id: UUID) -> list[Section]:
    agreed = list(TakingPart.objects.unrestricted(_SHOWN).of_person(person_id))
    proposed = list(Proposal.objects.unrestricted(_SHOWN).of_person(person_id))
    preload_for([*agreed, *proposed])
    return [
        Section("agreed", _("Slik vil jeg være med"), [_agreed(row) for row in agreed]),
        Section("proposals", _("Forslag til hva det gjelder"), [_proposal(row) for row in proposed]),
    ]


def _agreed(row: TakingPart) -> list[Fact]:
    from .forms import WORDS

    return [
        Fact("process", _("Samskaping"), row.process.name),
        Fact("written_at", _("Skrevet"), row.written_at),
        *(_said(name, str(label), str(getattr(row, name))) for name, label, _hint in WORDS),
    ]


def _said(name: str, label: str, words: str) -> Fact:
    return Fact(name, label, words, str(dict(Channel.choices).get(words, "")) if name == "channel" else "")


def _proposal(row: Proposal) -> list[Fact]:
    return [
        Fact("process", _("Samskaping"), row.process.name),
        Fact("made_at", _("Når"), row.made_at),
        Fact("text", _("Forslaget"), str(row.text)),
        Fact("why", _("Hvorfor"), str(row.why)),
        Fact("answer", _("Svar"), str(row.answer)),
    ]


def counts(parting: Parting) -> Counts:
    scope = in_scope(parting)
    agreed = TakingPart.objects.unrestricted(_GONE).filter(person_id=parting.person_id, **scope)
    proposed = Proposal.objects.unrestricted(_GONE).filter(author_id=parting.person_id, **scope)
    return {(Fate.GONE, "agreed"): agreed, (Fate.GONE, "question-proposal"): proposed}


def keep_without_name(parting: Parting) -> Numbers:
    """Nobody who has left is the one to ring on a letter."""
    callers.empty_of(parting)
    return Numbers()


def erase(parting: Parting) -> Numbers:
    """What they agreed and proposed goes. A proposal that became the question stays as the question, which names nobody."""
    told = counted(counts(parting))
    callers.empty_of(parting)
    for rows in counts(parting).values():
        for row in rows:
            row.delete()
    return told


_ASKING = gettext_lazy("For å spørre den det gjelder, og for at vi skal vite hva den svarte.")
_AGREED = gettext_lazy("For at det skal være godt å være med, på den måten du selv vil.")
_QUESTION = gettext_lazy("For at alle skal se hva det gjelder, og hvordan det har endret seg.")


def declare() -> None:
    register(
        Register(
            app="inviting",
            holdings=(
                Holding(
                    "inviting.Invitee",
                    gettext_lazy("fornavnet til folk vi vil spørre, og hvordan vi når dem"),
                    _ASKING,
                    (Category.IDENTITY, Category.CONTACT),
                    mentions=("asker", "noted_by"),
                    process="process_id",
                ),
                Holding(
                    "inviting.Trace",
                    gettext_lazy("når noen ble spurt, og hva de svarte"),
                    _ASKING,
                    (Category.TAKING_PART,),
                    mentions=("by",),
                    process="invitee__process_id",
                ),
                Holding(
                    "inviting.TakingPart",
                    gettext_lazy("hvordan du vil være med"),
                    _AGREED,
                    (Category.NEEDS,),
                    whose=("person_id",),
                    mentions=("heard_by",),
                    process="process_id",
                ),
                Holding(
                    "inviting.Proposal",
                    gettext_lazy("forslag du har skrevet til hva det gjelder"),
                    _QUESTION,
                    (Category.WORDS,),
                    whose=("author_id",),
                    process="process_id",
                ),
                Holding(
                    "inviting.QuestionVersion",
                    gettext_lazy("at du har skrevet en versjon av hva det gjelder"),
                    _QUESTION,
                    (Category.TRACES,),
                    mentions=("written_by",),
                    process="process_id",
                ),
                Holding(
                    "inviting.WhoToAsk",
                    gettext_lazy("lister i ord over hvem som bør bli spurt, uten navn"),
                    _ASKING,
                    (Category.TRACES,),
                    process="process_id",
                ),
                Holding(
                    "inviting.Letter",
                    gettext_lazy("brev, med navn og nummer til den folk kan ringe"),
                    _ASKING,
                    (Category.CONTACT,),
                    mentions=("caller_person",),
                    process="process_id",
                ),
            ),
            export=export,
            counts=counts,
            keep_without_name=keep_without_name,
            erase=erase,
            things={
                "agreed": lambda n: (
                    ngettext("%(n)d avtale om hvordan du er med", "%(n)d avtaler om hvordan du er med", n)
                    % {"n": n}
                ),
                "question-proposal": lambda n: (
                    ngettext("%(n)d forslag til hva det gjelder", "%(n)d forslag til hva det gjelder", n)
                    % {"n": n}
                ),
            },
        )
    )
