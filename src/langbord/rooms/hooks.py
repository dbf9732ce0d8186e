"""What later apps want to do when something happens in a room. The lower app owns the list, the upper registers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from langbord.access.actor import Actor

from .models import Piece, Room

after_carrying: list[Callable[[Piece, Piece, Actor], None]] = []
"""Called inside the transaction with (original, copy, actor) when a copy has come to its new room."""

before_removing: list[Callable[[Piece, Actor], bool]] = []
"""Called with a copy that is about to be taken back. True means: keep the row, only the words go (it was answered)."""

kept_when_words_go: list[Callable[[Collection[UUID]], set[UUID]]] = []
"""Which of these copies keep their row when their words go: the same answer as `before_removing`, without doing anything.
So that people can be told beforehand."""

Panel = tuple[str, dict[str, Any]]
"""A template and what it is drawn with (as `panel`)."""

room_panels: list[Callable[[Actor, Room], Panel | None]] = []
"""What upper apps show on a room's page, above the wall: the next gathering. At most two queries together.
One whose template ends in `_link.html` is a line in the list of ways on from the room."""

piece_panels: list[Callable[[Actor, Piece], Panel | None]] = []
"""What upper apps show on a piece's page, under the words: the answer, the minutes' gathering. At most two queries."""
