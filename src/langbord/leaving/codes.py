"""The code of a receipt: twelve signs, made from the key of the form that only the person had."""

from __future__ import annotations

from uuid import UUID

from langbord.people.signin import codes

SIGNS = 12


def code_of(parting_id: UUID) -> str:
    """The same code each time, so that a second click shows it again. It cannot be made without the lookup key."""
    number = int(codes.look_up("receipt", str(parting_id)), 16)
    signs = []
    for _place in range(SIGNS):
        number, at = divmod(number, len(codes.LETTERS))
        signs.append(codes.LETTERS[at])
    written = "".join(signs)
    return "-".join(written[at : at + 4] for at in range(0, SIGNS, 4))


def look_up(code: str) -> str:
    """The digest under which a receipt is found, however the code was written."""
    return codes.look_up("receipt-code", codes.plain(code))
