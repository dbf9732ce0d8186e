"""After rows came back from a backup: whoever had left, leaves again. Their key is gone already; now the rows go, too."""

from __future__ import annotations

from uuid import UUID, uuid4

from langbord.base.personal_data import Way
from langbord.people.models import Person
from langbord.processes.models import Membership
from langbord.vault.ledger import Ledger

from . import doing
from .models import Parting, Receipt

_WHY = "who had left and came back with a backup"


def erase_again(known: Ledger) -> str:
    """For `operate.hooks.after_restore`. Harmless to repeat; quick when nobody is back. Says how many, never who."""
    left, roles = set(known.ids(doing.LEFT)), set(known.ids(doing.LEFT_ROLE))
    if not left and not roles:
        return ""
    people = Person.objects.unrestricted(_WHY).filter(pk__in=left)
    for person_id in (back := sorted(people.values_list("pk", flat=True))):
        _again(person_id, None)
    rows = Membership.objects.unrestricted(_WHY).filter(pk__in=roles)
    for person_id, process_id in (parts := sorted(set(rows.values_list("person_id", "process_id")))):
        _again(person_id, process_id)
    if not back and not parts:
        return ""
    return f"{len(back) + len(parts)} som hadde sluttet, kom tilbake med kopien. De er borte igjen."


def _again(person_id: UUID, process_id: UUID | None) -> None:
    """As taking everything: what stayed without the name lies, in a backup from before, under a key that is gone. There
    is a receipt already; the one made here is nobody's, and goes at once."""
    running = Parting.objects.unrestricted(_WHY).filter(person_id=person_id).first()
    parting = running or doing.intend(
        person_id=person_id, way=Way.TAKE, process_id=process_id, parting_id=uuid4(), only_here=True
    )
    doing.carry_out(parting.pk)
    if running is None:
        for receipt in Receipt.objects.unrestricted(_WHY).filter(pk=parting.pk):
            receipt.delete()
