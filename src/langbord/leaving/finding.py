"""Finding a receipt by its code."""

from __future__ import annotations

from dataclasses import dataclass

from langbord.base.personal_data import Way

from .codes import code_of, look_up
from .models import Parting, Receipt

_WHY = "whoever has the code on the receipt"


@dataclass(frozen=True)
class Found:
    """A receipt; or, while it is being carried out, only that it is under way (receipt None)."""

    receipt: Receipt | None
    way: str
    whole: bool

    @property
    def take(self) -> bool:
        return self.way == Way.TAKE


def find(code: str) -> Found | None:
    """None when there is no such code."""
    wanted = look_up(code)
    receipt = Receipt.objects.unrestricted(_WHY).filter(code_lookup=wanted).first()
    if receipt is not None:
        return Found(receipt, receipt.way, receipt.whole)
    for parting in Parting.objects.unrestricted(_WHY):
        if look_up(code_of(parting.pk)) == wanted:
            return Found(None, parting.way, parting.process_id is None)
    return None
