"""What upper apps tell the library: whose words somebody meets who works nowhere (a citizen, by their process), and which
sheets people answer on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from langbord.access.actor import Actor

organisation_finders: list[Callable[[Actor], UUID | None]] = []
"""Asked in turn; at most one query together."""

answered_sheets: set[str] = set()
"""Sheets on which people leave an answer: a tick would stand at other words than those it was set at. They are changed with
files only."""
