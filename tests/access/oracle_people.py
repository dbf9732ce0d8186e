"""The oracle's rows for signing in, one's own things, leaving, and the desk of those who set up. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import (
    AGAIN,
    DESK,
    EVERYBODY,
    NOBODY,
    OK,
    SENT_ON,
    SETS_UP,
    SIGNED_IN,
    VOLUNTEERS,
    WORKS_SOMEWHERE,
    A,
    B,
    Rows,
    only,
    row,
)

ROUTES: dict[str, dict[str, Rows]] = {
    # -- for everybody
    "healthz": {"GET": only(EVERYBODY)},
    "readyz": {"GET": only(EVERYBODY)},
    "home": {"GET": only(EVERYBODY)},
    "privacy": {"GET": only(EVERYBODY)},
    "processing": {"GET": only({"coordinator", "coordinator-other-process", "operator"})},
    "about": {"GET": only(EVERYBODY)},
    "first-run": {
        "GET": only(NOBODY, never="the installation is not empty"),
        "POST": only(NOBODY, never="the installation is not empty"),
    },
    "sign-in": {"GET": only(EVERYBODY)},
    "sign-in-card": {"GET": only(EVERYBODY), "POST": only(EVERYBODY, status=AGAIN)},
    "sign-in-pin": {"GET": only(EVERYBODY, status=SENT_ON), "POST": only(EVERYBODY)},
    "sign-in-email": {"GET": only(EVERYBODY), "POST": only(EVERYBODY)},
    "sign-in-code": {"GET": only(EVERYBODY, status=SENT_ON), "POST": only(EVERYBODY)},
    "second-factor": {"GET": only(EVERYBODY, status=SENT_ON), "POST": only(EVERYBODY)},
    "card-link": {"GET": {"token": row(EVERYBODY)}, "POST": {"token": row(EVERYBODY, status=AGAIN)}},
    "one-time-link": {"GET": {"token": row(EVERYBODY)}, "POST": {"token": row(EVERYBODY, status=AGAIN)}},
    "sign-out": {"POST": only(EVERYBODY)},
    "leave-page": {"POST": only(EVERYBODY)},
    "set-language": {"POST": only(EVERYBODY)},
    "set-text-size": {"POST": only(EVERYBODY)},
    "example-remove": {
        "GET": only(NOBODY, never="only on example data"),
        "POST": only(NOBODY, never="only on example data"),
    },
    # -- my own
    "me": {"GET": only(SIGNED_IN)},
    "me-name": {"GET": only(SIGNED_IN), "POST": only(SIGNED_IN)},
    "me-pin": {"GET": only(SIGNED_IN), "POST": only(SIGNED_IN, status=AGAIN)},
    "me-cards": {"GET": only(SIGNED_IN)},
    "card-answer": {
        "POST": {
            "card:citizen": row({"citizen", "host", "coordinator"}),
            "card:citizen-other-group": row({"citizen-other-group", "host-other-group", "coordinator"}),
            "card:paid": row({"paid", "daily-leader", "coordinator-other-process"}),
        }
    },
    "me-sessions": {"GET": only(SIGNED_IN)},
    "sessions-end": {"POST": only(SIGNED_IN)},
    "session-end": {"POST": {"session:citizen": row({"citizen"})}},
    "second-factor-setup": {"GET": only(SIGNED_IN), "POST": only(SIGNED_IN, status=OK)},
    "second-factor-begin": {"POST": only(SIGNED_IN)},
    "rescued": {"GET": only(SIGNED_IN)},
    "rescued-throw-away": {
        "POST": {"rescued:citizen": row(SIGNED_IN)}
    },  # test_attacks: only one's own is thrown away
    # -- my file, being silent, leaving, the receipt
    "my-file": {"GET": only(SIGNED_IN), "POST": only(SIGNED_IN, status=OK)},
    "leave": {"GET": only(SIGNED_IN)},
    "leave-silence": {"GET": only(SIGNED_IN), "POST": only(A)},
    "come-back": {"POST": only(A)},
    "leave-way": {"GET": {"way:keep": row(SIGNED_IN), "way:take": row(SIGNED_IN)}},
    "leave-do": {"POST": {"none": row({"anonymous"}, again=SIGNED_IN)}},
    "receipt": {"GET": only(EVERYBODY), "POST": only(EVERYBODY, status=AGAIN)},
    "receipt-put-away": {"POST": only(EVERYBODY)},
    "help-leave": {
        "GET": {
            "a": row({"host", "host-other-group", "host-service", "host-waiting"}),
            "b": row({"daily-leader"}),
        },
        "POST": {"a": row({"host"}, again={"host-other-group"}), "b": row({"daily-leader"})},
    },
    "help-agree": {"POST": {"helped:a": row({"host"}), "helped:b": row({"daily-leader"})}},
    "help-stop": {"POST": {"helped:a": row({"citizen", "host"}), "helped:b": row({"paid", "daily-leader"})}},
    # -- the operator
    "log": {"GET": only({"operator"})},
    "log-file": {"POST": only({"operator"}, status=OK)},
    # -- the desk
    "processes": {"GET": only(SIGNED_IN)},
    "organisations": {"GET": only(SETS_UP), "POST": only(SETS_UP)},
    "unit-new": {"GET": only(SETS_UP), "POST": only(SETS_UP)},
    "process-new": {
        "GET": only(WORKS_SOMEWHERE),
        "POST": only(WORKS_SOMEWHERE - VOLUNTEERS, again=VOLUNTEERS),  # in the municipality's name
    },
    "process": {"GET": {"a": row(A), "b": row(B)}},
    "process-purpose": {"GET": DESK, "POST": DESK},
    "process-people": {"GET": DESK},
    "process-invite": {"GET": DESK, "POST": DESK},
    "room-new": {"GET": DESK, "POST": DESK},
    # -- how long things are kept
    "keeping": {"GET": only(SIGNED_IN)},
    "lengths": {method: only({"operator"}) for method in ("GET", "POST")},
    "process-keeping": {
        "GET": {"a": row(A, shows=("process:a", "length")), "b": row(B, shows=("process:b", "length"))}
    },
    "process-length": {"GET": DESK, "POST": DESK},
    "process-close": {"GET": DESK, "POST": DESK},
    "process-reopen": {"POST": DESK},
    "research-end": {
        method: {
            "a": row({"coordinator", "researcher"}),
            "b": row({"coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "member-end": {"GET": DESK, "POST": DESK},
    "seat-end": {"GET": DESK, "POST": DESK},
    "consent-setup": {"GET": DESK, "POST": DESK},
}
