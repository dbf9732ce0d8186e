"""What other apps want to do, and to look at, when rows have come back from a backup. `apps.py` says who."""

from __future__ import annotations

from collections.abc import Callable

from langbord.vault import ledger

after_restore: list[Callable[[ledger.Ledger], str]] = []
"""Called with everything any ledger at hand says is gone, after the keys were destroyed again and before anything is
served: once at the end of a restore or drill (in the restored folder), and at each start of the server.

An app that erases people notes them (`ledger.note("left", person_id)`) and erases here again those who are back. It
must be quick when there is nothing to do, and safe to repeat. It gives one line for the operator, with counts and
never names; "" when there was nothing to do. An error stops the restore, or the start.
"""

Whole = tuple[int, list[str], list[str]]

whole: list[Callable[[], Whole]] = []
"""Asked by a drill and a restore of the rows in the restored folder: is everything as it was written? Each gives how many
things it looked at, and a line in plain words for each that is not whole, by its id and never a name: those that are new, and
those that the operator has said they know of. What is broken is told, and stops no restore: a copy that tells of meddling is
still the copy there is.
"""


def run(known: ledger.Ledger) -> list[str]:
    """Call them all; what they say."""
    return [line for hook in after_restore if (line := hook(known))]


def broken() -> Whole:
    """Ask them all: how many things they looked at, and what they say."""
    answers = [ask() for ask in whole]
    return (
        sum(number for number, _new, _known in answers),
        [line for _number, new, _known in answers for line in new],
        [line for _number, _new, known in answers for line in known],
    )
