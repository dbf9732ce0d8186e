"""After rows came back from a backup: whoever had left, leaves again. Their key is gone already; now the rows go, too."""

from __future__ import annotations

from uuid import UUID, uuid4

from langbord.base.personal_data import Way
from langbord.people.models import Person
from langbord.vault.ledger import Ledger

from . import doing
from .models import Parting, Receipt

_WHY = "who had left and came back with a backup"


def erase_again(known: Ledger) -> str:
    """For `operate.hooks.after_restore`. Harmless to repeat; quick when nobody is back. Says how many, never who."""
    left = set(known.ids(doing.LEFT))
    if not left:
        return ""
    back = set(Person.objects.unrestricted(_WHY).filter(pk__in=left).values_list("pk", flat=True))
    for person_id in sorted(back):
        _again(person_id)
    return f"{len(back)} who had left were back, and are gone again" if back else ""


def _again(person_id: UUID) -> None:
    """As taking everything: whatever stayed without the name is not in a backup from before, under no key that opens.
    There is a receipt already; this one is nobody's, and goes at once."""
    running = Parting.objects.unrestricted(_WHY).filter(person_id=person_id).first()
    parting = running or doing.intend(person_id=person_id, way=Way.TAKE, process_id=None, parting_id=uuid4())
    doing.carry_out(parting.pk)
    if running is None:
        for receipt in Receipt.objects.unrestricted(_WHY).filter(pk=parting.pk):
            receipt.delete()
