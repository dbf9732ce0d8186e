"""What later apps must do at once when a yes is gone. The lower app owns the list, the upper registers when it starts.

Most need nothing here: who asks `asking.says_yes` at the time of use gets a no from now on. This is for what exists
outside the database: a recording that must be deleted, a message that waits to be sent.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

after_withdrawal: list[Callable[[UUID, str, UUID], None]] = []
"""Called with (person_id, purpose, process_id), inside the transaction, when a yes was taken back by the person or by
the adult beside them, or when it ran out. An exception undoes the whole. May be called when nothing is left to do."""
