"""What receiving holds on a person, for `personal_data.py` of this app: questions, own answers, and copies that stay."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.base.personal_data import Category, Fact, Holding, Parting, Section
from langbord.vault import keys, preload_for
from langbord.vault.moving import moved_to

from .models import Asking, AskingAnswer, Received

_SHOWN = "the person's own file"
_STAYS = "somebody leaves: what they gave stays without their name"
_TOLD = "what stays with the authority is told before somebody leaves"
_GONE = "somebody leaves: what is theirs goes"

_ASKED = gettext_lazy("For at ingenting skal inn i arkivet uten at du har sagt ja.")

HOLDINGS = (
    Holding(
        "followup.Asking",
        gettext_lazy("spørsmål om å få ta vare på noe som er sagt"),
        _ASKED,
        (Category.WORDS, Category.TRACES),
        mentions=("asked_by", "agreed_by"),
        process="case__process_id",
    ),
    Holding(
        "followup.AskingAnswer",
        gettext_lazy("hva du svarte da noen spurte om å få ta vare på det du sa"),
        _ASKED,
        (Category.CONSENT,),
        whose=("person_id",),
        process="asking__case__process_id",
    ),
    Holding(
        "followup.Received",
        gettext_lazy("kopier som kommunen har mottatt, etter ditt ja"),
        gettext_lazy("Fordi loven sier at kommunen skal ta vare på det den har mottatt."),
        (Category.WORDS,),
        mentions=("author", "asked_by"),
        process="process_id",
    ),
)


def export(person_id: UUID) -> list[Section]:
    answers = AskingAnswer.objects.unrestricted(_SHOWN).filter(person_id=person_id).with_process()
    rows = list(Received.objects.unrestricted(_SHOWN).filter(author_id=person_id).with_organisation())
    preload_for(rows)
    return [
        Section(
            "asked",
            _("Det jeg har svart da noen ville ta vare på noe"),
            [
                [
                    Fact("process", _("Samskaping"), row.asking.case.process.name),
                    Fact("at", _("Når"), row.at),
                    Fact("answer", _("Svar"), _("Ja") if row.yes else _("Nei")),
                ]
                for row in answers
            ],
        ),
        Section(
            "received",
            _("Det de har fått en kopi av"),
            [
                [
                    Fact("organisation", _("Hvem"), row.organisation.name),
                    Fact("received_at", _("Mottatt"), row.received_at),
                    Fact("words", _("Ordene"), str(row.body)),
                    Fact("said_by", _("Står som sagt av"), str(row.said_by)),
                    Fact("reference", _("Saksnummer i arkivet"), str(row.archive_reference)),
                ]
                for row in rows
            ],
        ),
    ]


def stays(person_id: UUID, process_id: UUID | None) -> list[str]:
    """One sentence for each organisation that has received something this person said."""
    rows = Received.objects.unrestricted(_TOLD).filter(author_id=person_id).with_organisation()
    if process_id is not None:
        rows = rows.filter(process_id=process_id)
    counted = Counter(row.organisation.name for row in rows)
    return [
        ngettext(
            "%(name)s har fått en kopi av %(n)d ting du har sagt. Den blir der.",
            "%(name)s har fått en kopi av %(n)d ting du har sagt. De blir der.",
            n,
        )
        % {"name": name, "n": n}
        for name, n in sorted(counted.items())
    ]


def keep_without_name(parting: Parting) -> None:
    """Why somebody of the service asked is sealed with the board's key, for whoever is to answer; or it goes."""
    rows = Asking.objects.unrestricted(_STAYS).left_by(parting.person_id, parting.process_id)
    held = list(preload_for(list(rows)))
    keys.ensure_many({row.case.piece.room_id or row.case.process_id for row in held})
    for row in held:
        board = row.case.piece.room_id or row.case.process_id
        values = moved_to(row, board)
        Asking.objects.unrestricted(_STAYS).filter(pk=row.pk).update(
            **(values if values is not None else {"sealed_by": board, "reason": ""})
        )


def erase(parting: Parting) -> None:
    """One's own answers go. What was received stays; the name that led to it is emptied by `leaving`."""
    rows = AskingAnswer.objects.unrestricted(_GONE).filter(person_id=parting.person_id).with_process()
    if parting.process_id is not None:
        rows = rows.in_process(parting.process_id)
    for row in rows:
        row.delete()
