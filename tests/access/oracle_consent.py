"""The oracle's rows for what people have said yes to, and how others ask. Kept by hand; imports nothing from `src/`."""

from __future__ import annotations

from tests.access.oracle_kit import NOBODY, OK, PRINTS_A, PRINTS_B, SIGNED_IN, A, B, Rows, only, row

ROUTES: dict[str, dict[str, Rows]] = {
    # -- what I have said yes to
    "consents": {"GET": only(SIGNED_IN)},
    "consents-print": {"GET": only(SIGNED_IN)},
    "consent-age": {method: {"ask:a": row(A), "ask:b": row(B)} for method in ("GET", "POST")},
    "consent-ask": {method: {"ask:a": row(A), "ask:b": row(B)} for method in ("GET", "POST")},
    "consent-back": {"POST": {"ask:a": row(A), "ask:b": row(B)}},
    # -- what hosts, coordinators and researchers may know of others' consents, and how they ask
    "consent-desk": {
        "GET": {
            "a": row({"host", "host-other-group", "coordinator", "researcher"}),
            "b": row({"daily-leader", "coordinator-other-process"}),
        }
    },
    "consent-sheets": {
        "GET": {
            "a": row({"host", "host-other-group", "coordinator"}),
            "b": row({"daily-leader", "coordinator-other-process"}),
        },
        "POST": {
            "a": row({"host", "coordinator"}, again={"host-other-group"}),
            "b": row({"daily-leader", "coordinator-other-process"}),
        },
    },
    "consent-batch": {"GET": {"sheet:a": row({"host"}), "sheet:b": row({"daily-leader"})}},
    "consent-key-in": {
        method: {
            "sheet:a": row({"host", "coordinator"}),
            "sheet:b": row({"daily-leader", "coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "consent-person": {
        "GET": {
            "a": row({"host", "coordinator"}),
            "b": row({"daily-leader", "coordinator-other-process"}),
        }
    },
    "consent-speak": {
        method: {
            "a": row({"host", "coordinator"}),
            "b": row({"daily-leader", "coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "consent-age-band": {
        "POST": {
            "a": row({"host", "coordinator"}),
            "b": row({"daily-leader", "coordinator-other-process"}),
        }
    },
    "consent-adult": {
        "POST": {
            "a": row({"host", "coordinator"}),
            "b": row({"daily-leader", "coordinator-other-process"}),
        }
    },
    "consent-adult-end": {
        "POST": {
            "adult:a": row({"host", "coordinator"}),
            "adult:b": row({"daily-leader", "coordinator-other-process"}),
        }
    },
    "consent-said-right": {"POST": only(SIGNED_IN)},  # test_hosting_paper: only one's own is noted
    "consent-not-said": {"POST": {"aloud:citizen": row({"citizen"})}},
    "guardian-object": {
        "POST": {
            "beside:citizen-3": row({"citizen-3"}),
            "beside:citizen-other-process": row({"citizen-other-process"}),
        }
    },
    "child": {
        "GET": {
            "beside:citizen-3": row({"citizen-2"}),
            "beside:citizen-other-process": row(NOBODY, never="this adult is a name, and does not sign in"),
        }
    },
    "child-ask": {method: {"beside:citizen-3": row({"citizen-2"})} for method in ("GET", "POST")},
    "child-back": {"POST": {"beside:citizen-3": row({"citizen-2"})}},
    "cards-print": {
        "GET": {"a": row(PRINTS_A), "b": row(PRINTS_B)},
        "POST": {
            "a": row(
                {"coordinator", "host"}, status=OK, again={"host-other-group", "host-service", "host-waiting"}
            ),
            "b": row({"coordinator-other-process", "daily-leader"}, status=OK),
        },
    },
}
