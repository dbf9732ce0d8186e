"""The oracle's rows for the open library and overrides of content. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import EVERYBODY, SETS_UP, Rows, only, row

OPEN = {"GET": only(EVERYBODY)}
OWN = {
    "own:here": row(SETS_UP, shows=("own-words", "here")),
    "own:elsewhere": row({"operator"}),
}
"""Coordinators write for the organisation they work in; whoever runs the installation for all."""
OWN_NEW = {"own:here": row(SETS_UP), "own:elsewhere": row({"operator"})}
OWN_POINT = {**OWN_NEW, "own-sheet:here": row(SETS_UP), "own-sheet:elsewhere": row({"operator"})}
OWN_ALONE = {
    "own:here": row(SETS_UP, shows=("own-words", "here")),
    "own:elsewhere": row({"operator"}),
    "own-sheet:here": row(SETS_UP, shows=("own-words", "sheet-here")),
    "own-sheet:elsewhere": row({"operator"}),
}
"""One text of theirs: a point of the guide, or a sheet."""

ROUTES: dict[str, dict[str, Rows]] = {
    "library": OPEN,
    "library-search": OPEN,
    "library-guide": OPEN,
    "library-section": {"GET": {"open:section": row(EVERYBODY)}},
    "library-point": {"GET": {"open:point": row(EVERYBODY)}},
    "library-course": OPEN,
    "library-unit": {"GET": {"open:unit": row(EVERYBODY)}},
    "library-shelf": {"GET": {"open:shelf": row(EVERYBODY)}},
    "library-sheet": {"GET": {"open:sheet": row(EVERYBODY)}},
    "library-templates": OPEN,
    "library-template": {"GET": {"open:template": row(EVERYBODY)}},
    "library-letters": OPEN,
    "library-words": OPEN,
    "library-sources": OPEN,
    "library-own-which": {"GET": only(SETS_UP, status={200, 302})},
    "library-own": {"GET": OWN},
    "library-own-new": {"GET": OWN_NEW, "POST": OWN_NEW},
    "library-own-point": {"GET": OWN_ALONE, "POST": OWN_POINT},
    "library-own-back": {"GET": OWN_ALONE, "POST": OWN_POINT},
}


def readers_of(scope: str, opened: bool) -> set[str] | None:
    """Who may ever meet a word planted in a scope of this area; None for the scopes of others.

    What an organisation says in the library is for everybody: its own people, and who chooses it without signing in."""
    return set(EVERYBODY) if scope == "own-words" else None
