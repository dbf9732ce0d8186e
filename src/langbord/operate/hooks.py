"""What later apps want to do when rows have come back from a backup. This app owns the list, the upper registers."""

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


def run(known: ledger.Ledger) -> list[str]:
    """Call them all; what they say."""
    return [line for hook in after_restore if (line := hook(known))]
