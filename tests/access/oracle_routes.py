"""Who may do what at which address: kept by hand, from the promise and not from the code.

Nothing in `src/` imports this file, and this file imports nothing from `src/`. For every name of an address × method
there are rows, one for each thing that the address can name (`variant`, resolved by `world.py`). Whoever stands in the
row gets a page (or, when they post, is sent on); everybody else gets the one 404, and somebody who is not signed in is
sent to sign in. A missing or superfluous row fails; a method without rows must answer 405.

The rows stand in files of their own, an area in each, and are put together here.
"""

from __future__ import annotations

from tests.access import (
    oracle_board,
    oracle_consent,
    oracle_firstmeeting,
    oracle_guides,
    oracle_inviting,
    oracle_learning,
    oracle_library,
    oracle_people,
    oracle_pieces,
    oracle_words,
)
from tests.access.oracle_kit import (
    CAST,
    DOORS_CLOSED,
    EVERYBODY,
    FIRST_DOOR_OPEN,
    ROOMS,
    SEATED,
    SIGNED_IN,
    Row,
    Rows,
)
from tests.access.oracle_readers import readers_of

__all__ = [
    "CAST",
    "DOORS_CLOSED",
    "EVERYBODY",
    "FIRST_DOOR_OPEN",
    "ROOMS",
    "ROUTES",
    "SEATED",
    "SIGNED_IN",
    "Row",
    "readers_of",
]

AREAS = (
    oracle_people,
    oracle_consent,
    oracle_pieces,
    oracle_board,
    oracle_firstmeeting,
    oracle_guides,
    oracle_inviting,
    oracle_learning,
    oracle_library,
    oracle_words,
)

ROUTES: dict[str, dict[str, Rows]] = {}
for _area in AREAS:
    assert not ROUTES.keys() & _area.ROUTES.keys(), _area.__name__
    ROUTES |= _area.ROUTES
