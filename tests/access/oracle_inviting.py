"""The oracle's rows for inviting people. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import (
    AGAIN,
    EVERYBODY,
    PRINTS_A,
    PRINTS_B,
    SIGNED_IN,
    A,
    B,
    Rows,
    only,
    row,
)

PREPARES = {"a": row(PRINTS_A), "b": row(PRINTS_B)}
"""The coordinator and hosts of the process."""
PROPOSES_A = {"citizen", "citizen-2", "citizen-3", "citizen-other-group", "employee", "partner", "leader"}
PROPOSES_B = {"citizen-other-process", "paid", "employee-other-process"}
ANSWERS_PROPOSALS = {"proposal:a": row({"coordinator"}), "proposal:b": row({"coordinator-other-process"})}
ASKS_A, ASKS_B = {"coordinator", "host"}, {"coordinator-other-process", "daily-leader"}
"""Those who know the name of somebody on the list: the coordinator, and the one who asks them."""
ONE = {
    "invitee:a": row(ASKS_A),
    "invitee:a-own": row({"coordinator"}),
    "invitee:b": row(ASKS_B),
}
SHOWN: Rows = {
    "invitee:a": row(ASKS_A, shows=("invitee:a", "name 0")),
    "invitee:a-own": row({"coordinator"}, shows=("invitee:a-own", "name 0")),
    "invitee:b": row(ASKS_B, shows=("invitee:b", "name 0")),
}
LETTER: Rows = {"letter:a": row(PRINTS_A), "letter:b": row(PRINTS_B)}
WRITTEN: Rows = {
    "letter:a": row(PRINTS_A, shows=("letter:a", "text 0")),
    "letter:b": row(PRINTS_B, shows=("letter:b", "text 0")),
}

ROUTES: dict[str, dict[str, Rows]] = {
    "invited": {"GET": only(EVERYBODY), "POST": only(EVERYBODY, status=AGAIN)},
    "invited-link": {"GET": {"token": row(EVERYBODY)}, "POST": {"token": row(EVERYBODY, status=AGAIN)}},
    "question": {
        "GET": {
            "a": row(A, shows=("question:a", "text 0")),
            "b": row(B, shows=("question:b", "text 0")),
        }
    },
    "question-change": {"GET": PREPARES, "POST": PREPARES},
    "question-compare": {"GET": {"a": row(A), "b": row(B)}},
    "question-propose": {
        "GET": {"a": row(PROPOSES_A), "b": row(PROPOSES_B)},
        "POST": {"a": row(PROPOSES_A), "b": row(PROPOSES_B)},
    },
    "proposal-answer": {"GET": ANSWERS_PROPOSALS, "POST": ANSWERS_PROPOSALS},
    "inviting": {"GET": PREPARES},
    "inviting-numbers": {"GET": {"a": row(A), "b": row(B)}},
    "inviting-lists": {
        "GET": {
            "a": row(PRINTS_A, shows=("lists:a", "not here")),
            "b": row(PRINTS_B, shows=("lists:b", "not here")),
        },
        "POST": PREPARES,
    },
    "inviting-add": {"GET": PREPARES, "POST": PREPARES},
    "invitees-forget": {"GET": PREPARES, "POST": PREPARES},
    "inviting-seat": {
        "GET": PREPARES,
        "POST": {
            "a": row(ASKS_A, again=PRINTS_A - ASKS_A),
            "b": row(ASKS_B),
        },
    },
    "letters": {"GET": PREPARES, "POST": PREPARES},
    "letter": {"GET": WRITTEN, "POST": LETTER},
    "letter-question": {"POST": LETTER},
    "letter-announced": {"POST": LETTER},
    "letter-sheets": {"GET": LETTER, "POST": LETTER},
    "invitee": {"GET": SHOWN, "POST": ONE},
    "invitee-step": {"POST": ONE},
    "invitee-ring": {"GET": SHOWN, "POST": ONE},
    "invitee-mail": {"POST": ONE},
    "invitee-forget": {"POST": ONE},
    "my-ways": {
        "GET": only(SIGNED_IN),
        "POST": only({"citizen", "citizen-2", "citizen-3", "citizen-other-group"}),
    },
    "ways-of-group": {
        "GET": {
            "a": row({"host", "host-other-group", "host-service", "host-waiting"}),
            "b": row({"daily-leader"}),
        }
    },
}

READERS: dict[str, dict[str, set[str]]] = {
    "question": {"a": A, "b": B},
    "proposal": {"a": {"citizen", "coordinator"}, "b": {"paid", "coordinator-other-process"}},
    "lists": {"a": PRINTS_A, "b": PRINTS_B},
    "letter": {"a": PRINTS_A, "b": PRINTS_B},
    "invitee": {"a": ASKS_A, "a-own": {"coordinator"}, "b": ASKS_B},
    "invitee-ways": {"a": {"host"}, "b": {"daily-leader"}},
    "ways": {"citizen": {"citizen", "host"}, "paid": {"paid", "daily-leader"}},
}


def readers_of(scope: str, opened: bool) -> set[str] | None:
    """Who may ever meet a word planted in a scope of this area; None for the scopes of others."""
    kind, _, of = scope.partition(":")
    return READERS[kind][of] if kind in READERS else None
