"""What later apps must do at once when a yes is gone, and what else asks for a yes or no on people's first page. The lower app
owns the list, the upper registers when it starts.

Most need nothing here: who asks `asking.says_yes` at the time of use gets a no from now on. This is for what exists
outside the database: a recording that must be deleted, a message that waits to be sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

after_withdrawal: list[Callable[[UUID, str, UUID], None]] = []
"""Called with (person_id, purpose, process_id), inside the transaction, when a yes was taken back by the person or by
the adult beside them, or when it ran out. An exception undoes the whole. May be called when nothing is left to do."""

waits_in: list[Callable[[UUID], Any]] = []
"""Called with a person's id. Each gives one column of the query that the first page asks of a person's own consents: for the
process of the outer row, the room where an answer of this very person is waited for, or nothing. May depend on that id alone
(`base/often.py`)."""
