"""Something to read for a researcher."""

from __future__ import annotations

import pytest

from langbord.rooms.models import Piece
from tests.cast import Table

from .helpers import tell, yes


@pytest.fixture
def told(table: Table) -> Piece:
    """Amina has said yes to research and told something; Bjarne has told, and said nothing."""
    yes(table, "citizen")
    piece = tell(table, "citizen", "jakanari")
    tell(table, "citizen-2", "neikanari")
    return piece
