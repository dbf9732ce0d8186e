"""Who may do what at which address: kept by hand, from the promise and not from the code.

Nothing in `src/` imports this file, and this file imports nothing from `src/`. For every name of an address × method
there are rows, one for each thing that the address can name (`variant`, resolved by `world.py`). Whoever stands in the
row gets a page (or, when they post, is sent on); everybody else gets the one 404, and somebody who is not signed in is
sent to sign in. A missing or superfluous row fails; a method without rows must answer 405.

The rows of later areas stand in files of their own and are put in here.
"""

from __future__ import annotations

from tests.access import (
    oracle_firstmeeting,
    oracle_guides,
    oracle_inviting,
    oracle_learning,
    oracle_library,
    oracle_words,
)
from tests.access.oracle_kit import (
    A_SIDES,
    AGAIN,
    ANSWERS_A,
    ANSWERS_B,
    B_SIDES,
    CASE_A,
    CASE_B,
    CAST,
    CITIZEN_ROOMS,
    CITIZENS,
    DESK,
    DOORS_CLOSED,
    EVERYBODY,
    FIRST_DOOR_OPEN,
    MEETS,
    NOBODY,
    NOTES,
    OK,
    ONE_DRAFT,
    OWN_DRAFTS,
    PEER,
    PEER_2,
    PLAIN,
    PLANS,
    PRINTS_A,
    PRINTS_B,
    ROOMS,
    SEATED,
    SENT_ON,
    SERVICE,
    SETS_UP,
    SIGNED_IN,
    TELLS,
    WITH_BOARD,
    WORKS_SOMEWHERE,
    A,
    B,
    Row,
    Rows,
    _arranged,
    _place,
    by_room,
    only,
    pieces,
    row,
)

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

AREAS = (oracle_firstmeeting, oracle_guides, oracle_inviting, oracle_learning, oracle_library, oracle_words)

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
    # -- telling
    "tell": {"GET": only(SIGNED_IN), "POST": only(SEATED)},
    "tell-autosave": {"POST": only(SEATED, status={204})},
    "draft": {"GET": OWN_DRAFTS},
    "share-draft": {
        "POST": {
            "draft:citizen": row({"citizen"}),
            "draft:employee": row({"employee"}),
        }
    },
    "throw-away": {"POST": ONE_DRAFT},
    # -- rooms
    "group": {"GET": only(SIGNED_IN, status={200, 302})},
    "room": {
        "GET": by_room(
            [name for name in ROOMS if name not in WITH_BOARD],
            "post 0",
        )
        | {name: row(DOORS_CLOSED[name], status=SENT_ON) for name in WITH_BOARD}
    },
    "room-write": {
        "POST": by_room(
            [name for name in ROOMS if name not in WITH_BOARD],
            refused={"": "the board is written to only by carrying over and by answering"},
        )
    },
    "exchange": {
        "GET": by_room(CITIZEN_ROOMS, "give 0", refused=PLAIN),
        "POST": by_room(CITIZEN_ROOMS, refused=PLAIN),
    },
    "rules": {
        "GET": by_room([*CITIZEN_ROOMS, "joint", "b-joint"], "rule 0", refused=PLAIN),
        "POST": by_room([*CITIZEN_ROOMS, "joint", "b-joint"], refused=PLAIN),
    },
    "entrance": {
        "GET": by_room(CITIZEN_ROOMS, refused=PLAIN),
        "POST": by_room(CITIZEN_ROOMS, refused=PLAIN),
    },
    "readers": {"GET": by_room(ROOMS)},
    "door": {
        "GET": {
            "peer": row(PEER | SERVICE | {"leader"}),
            "peer-2": row(PEER_2 | SERVICE | {"leader"}),
            "b-group": row(NOBODY, never="this group has no door"),
            "joint": row(NOBODY, never="no citizens' room"),
        }
    },
    "door-answer": {"POST": {"peer": row(CITIZENS), "peer-2": row({"citizen-other-group"})}},
    "door-open": {"POST": {"peer": row({"host"}), "peer-2": row({"host-other-group"})}},
    "door-close": {"POST": {"peer": row({"host"}), "peer-2": row({"host-other-group"})}},
    "seat-met": {
        "POST": {
            "newcomer": row({"host"}),
            "waiting-host": row(NOBODY, never="the citizens say yes to a host"),
        }
    },
    "host-answer": {
        "POST": {
            "waiting-host": row(CITIZENS),
            "b-daily-leader": row({"citizen-other-process", "paid"}),
        }
    },
    # -- pieces
    "piece": {
        "GET": {
            **pieces("post"),
            **pieces("minutes"),
            **pieces("story_better"),
            "hidden": row({"citizen-2", "host"}, shows=("hidden:peer", "held back")),
            "draft:citizen": row({"citizen"}, status=SENT_ON),
        }
    },
    "piece-edit": {
        method: {
            "peer:post": row({"citizen-2"}),
            "peer:rule": row({"host"}),
            "peer-2:rule": row({"host-other-group"}),
            "service:post": row({"employee"}),
            "joint:rule": row(NOBODY, {"host", "host-service", "coordinator"}),
            "b-steering:rule": row({"coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "take-back": {
        method: {
            "peer:post": row({"citizen-2"}),
            "peer:rule": row({"host"}),
            "service:post": row({"employee"}),
            "a:copy": row({"citizen-2"}),
            "peer:group-copy": row({"host"}),
            "b:copy": row({"paid"}),
        }
        for method in ("GET", "POST")
    },
    "hold-back": {
        method: {
            "peer:post": row({"host"}),
            "peer-2:post": row({"host-other-group"}),
            "service:post": row({"host-service"}),
            "b-group:post": row({"daily-leader"}),
            "joint:post": row(NOBODY, {"host", "host-service"}),
            "board:post": row({"coordinator"}),
            "b-joint:post": row({"daily-leader"}),
            "b-board:post": row({"coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "let-out": {
        "POST": {
            "hidden": row({"host"}),
            "peer-2:post": row({"host-other-group"}),
            "joint:post": row(NOBODY, {"host", "host-service"}),
            "hidden-board": row({"coordinator"}),
        }
    },
    "carry": {
        "GET": {
            "peer:post": row({"citizen-2"}),
            "service:post": row({"employee"}),
            "b-group:post": row({"paid"}),
            "draft:citizen": row({"citizen"}),
        }
    },
    "carry-to": {
        method: {
            "peer:post>board": row({"citizen-2"}),
            "peer:post>joint": row(NOBODY, {"citizen-2"}),
            "peer:post>service": row(NOBODY, never="its author does not read the service room"),
            "peer:post>peer-2": row(NOBODY, never="nobody carries into another group"),
            "peer:post>b-board": row(NOBODY, never="nobody carries into another process"),
            "service:post>board": row({"employee"}),
            "service:post>peer": row(NOBODY, never="nobody carries into a citizens' room"),
            "b-group:post>b-board": row({"paid"}),
            "b-group:post>b-joint": row({"paid"}),
            "hidden>board": row(NOBODY, never="held back until they have talked"),
        }
        for method in ("GET", "POST")
    },
    "propose": {
        method: {
            "peer:group": row({"host"}),
            "peer-2:group": row({"host-other-group"}),
            "b-group:group": row({"daily-leader"}),
        }
        for method in ("GET", "POST")
    },
    "decision-answer": {
        "POST": {
            "peer": row(CITIZENS),
            "peer-2": row({"citizen-other-group"}),
            "b-group": row({"citizen-other-process", "paid"}),
            "held-decision": row(
                NOBODY, never="its piece is held back; only citizens answer, and they do not see it"
            ),
        }
    },
    # -- the board
    "promises": {"GET": only(SEATED)},
    "board": {
        "GET": {
            "a": row(A, shows=("room:board", "case 0")),
            "b": row(B, shows=("room:b-board", "case 0")),
        }
    },
    "board-print": {
        "GET": {
            "a": row(A, shows=("room:board", "case 0")),
            "b": row(B, shows=("room:b-board", "case 0")),
        }
    },
    "case": {"GET": {"a": CASE_A, "b": CASE_B}},
    "case-assign": {
        "GET": {"a": row(A_SIDES), "b": row(B_SIDES)},
        "POST": {
            "a": row({"employee", "coordinator"}, again=A_SIDES),
            "a:waiting": row(A_SIDES),
            "b:waiting": row(B_SIDES),
        },
    },
    "case-answer": {method: {"a": row(ANSWERS_A), "b": row(ANSWERS_B)} for method in ("GET", "POST")},
    "case-use": {method: {"a": row(ANSWERS_A), "b": row(ANSWERS_B)} for method in ("GET", "POST")},
    "case-came-back": {method: {"a": row(ANSWERS_A), "b": row(ANSWERS_B)} for method in ("GET", "POST")},
    "case-comment": {method: {"a": row(A), "b": row(B)} for method in ("GET", "POST")},
    "case-receive": {
        method: {
            "a": row({"coordinator", "employee"}),
            "a:waiting": row({"coordinator"}),
            "b": row({"coordinator-other-process", "employee-other-process"}),
            "b:waiting": row({"coordinator-other-process"}),
        }
        for method in ("GET", "POST")
    },
    "case-yes": {
        "GET": {
            "a:asked": row({"citizen-2"}, shows=("asked:citizen-2", "reason asked")),
            "b:asked": row({"paid"}, shows=("asked:paid", "reason asked")),
            "a:asked-group": row(PEER, shows=("asked:peer", "reason asked of the group")),
        },
        "POST": {
            "a:asked": row({"citizen-2"}),
            "b:asked": row({"paid"}),
            "a:asked-group": row(CITIZENS),
        },
    },
    "case-agreed": {"POST": {"a:asked-group": row({"host"})}},
    "received-list": {
        "GET": {
            "a": row({"coordinator"}, shows=("room:board", "received 0")),
            "b": row({"coordinator-other-process"}, shows=("room:b-board", "received 0")),
        }
    },
    "received": {
        "GET": {
            "a:received": row({"citizen-2", "coordinator"}, shows=("asked:citizen-2", "reason received 0")),
            "b:received": row({"paid", "coordinator-other-process"}, shows=("room:b-board", "received 0")),
        }
    },
    "received-reference": {
        "POST": {"a:received": row({"coordinator"}), "b:received": row({"coordinator-other-process"})}
    },
    "received-export": {
        "POST": {
            "a": row({"coordinator"}, status={200}),
            "b": row({"coordinator-other-process"}, status={200}),
        }
    },
    "task-new": {method: {"a": row(A), "b": row(B)} for method in ("GET", "POST")},
    "task-take": {"POST": {"a": row(A), "b": row(B)}},
    "task-leave": {"POST": {"a": row(A), "b": row(B)}},
    "task-done": {"POST": {"a": row(A), "b": row(B)}},
    # -- gatherings
    "gatherings": {
        "GET": {
            "a": row(A),
            "b": row(B, shows=("place:b-joint", "place 0")),
        }
    },
    "gathering-new": {
        "GET": {
            **{name: row(PLANS[name]) for name in MEETS if name != "joint"},
            "joint": row(PLANS["joint"] | {"host-other-group"}),
            "board": row(NOBODY, never="nobody meets on the board"),
        },
        "POST": {
            **{name: row(PLANS[name]) for name in MEETS if name != "joint"},
            "joint": row(NOBODY, PLANS["joint"], again=PLANS["joint"] | {"host-other-group"}),
            "board": row(NOBODY, never="nobody meets on the board"),
        },
    },
    "gathering": {
        "GET": {
            **{
                name: row(_place(name, False), _place(name, True), shows=(f"place:{name}", "place 0"))
                for name in MEETS
            },
            **{
                f"{n}:past": row(_place(n, False), _place(n, True), shows=(f"place:{n}", "place 0"))
                for n in MEETS
            },
            **{
                f"{n}:on": row(_place(n, False), _place(n, True), shows=(f"place:{n}", "place 0"))
                for n in MEETS
            },
        }
    },
    "gathering-edit": {method: _arranged(PLANS) for method in ("GET", "POST")},
    "gathering-cancel": {method: _arranged(TELLS) for method in ("GET", "POST")},
    "gathering-answer": {"POST": by_room(MEETS)},
    "gathering-needs": {"GET": by_room(MEETS), "POST": by_room(MEETS)},
    "gathering-ics": {"GET": by_room(MEETS)},
    "gathering-after": {method: _arranged(NOTES, ":past") for method in ("GET", "POST")},
    "gathering-note": {"POST": _arranged(NOTES, ":past")},
    "gathering-note-remove": {"POST": {"peer:on": row({"host"}), "b-group:on": row({"daily-leader"})}},
    "minutes": {
        "GET": {
            f"{n}:past": row(DOORS_CLOSED[n], FIRST_DOOR_OPEN[n], shows=(f"room:{n}", "minutes 0"))
            for n in MEETS
        }
    },
    "minutes-edit": {method: _arranged(NOTES, ":past") for method in ("GET", "POST")},
    "minutes-wrong": {"POST": {f"{n}:past": row(DOORS_CLOSED[n], FIRST_DOOR_OPEN[n]) for n in MEETS}},
    # -- research
    "research-material": {
        "GET": {
            "a": row({"researcher"}, shows=("material:peer", "said")),
            "b": row(NOBODY, never="nobody does research there"),
        }
    },
    "research-file": {
        "POST": {
            "a": row({"researcher"}, status=OK, shows=("material:peer", "said")),
            "b": row(NOBODY, never="nobody does research there"),
        }
    },
    "me-openings": {"GET": only(SIGNED_IN)},
    "me-readers": {"GET": only(SIGNED_IN)},
    # -- the operator
    "log": {"GET": only({"operator"})},
    "log-file": {"POST": only({"operator"}, status=OK)},
    # -- the desk
    "processes": {"GET": only(SIGNED_IN)},
    "organisations": {"GET": only(SETS_UP), "POST": only(SETS_UP)},
    "unit-new": {"GET": only(SETS_UP), "POST": only(SETS_UP)},
    "process-new": {"GET": only(WORKS_SOMEWHERE), "POST": only(WORKS_SOMEWHERE)},
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


for _area in AREAS:
    assert not ROUTES.keys() & _area.ROUTES.keys(), _area.__name__
    ROUTES |= _area.ROUTES


# -- the words -----------------------------------------------------------------------------------------------------------

AT_A_TABLE = {
    "citizen": PEER,
    "citizen-2": PEER,
    "citizen-3": PEER,
    "withdrawn": PEER,
    "citizen-other-group": PEER_2,
}
"""Whose first name is known in which group."""


def readers_of(scope: str, opened: bool) -> set[str]:
    """Who may ever meet a word that was planted in a scope."""
    kind, _, of = scope.partition(":")
    rooms = FIRST_DOOR_OPEN if opened else DOORS_CLOSED
    if kind == "room":
        return rooms[of]
    if kind == "material":  # its author says yes to research
        return rooms[of] | {"researcher"}
    if kind == "own":
        room, _, author = of.partition(">")
        return rooms[room] | {author}
    if kind == "process":
        return A if of == "a" else B
    if kind == "draft":
        return {of}
    if kind == "hidden":
        return {"citizen-2", "coordinator" if of == "board" else "host"}
    if kind == "held":
        return {"host"}
    if kind == "name":
        return {of}
    if kind == "contact":
        return _contact(of)
    if kind == "guardian":
        return {of} | _hosts_of(of)
    if kind == "witness":
        return {of}
    if kind == "alias":
        return _alias(of, opened)
    if kind == "asked":  # why somebody wants it for the authority's record, and where it lies there
        return (PEER if of == "peer" else {of}) | (
            {"coordinator-other-process"} if of == "paid" else {"coordinator"}
        )
    if kind == "place":
        return _place(of, opened)
    if kind == "needs":
        return {of} | _hosts_of(of)
    if kind == "needs-joint":
        return {of, "host", "host-service"} if opened else {of}
    for area in AREAS:
        if (who := area.readers_of(scope, opened)) is not None:
            return who
    raise KeyError(scope)


def _hosts_of(person: str) -> set[str]:
    if person in CITIZENS:
        return {"host"}
    return {
        "citizen-other-group": {"host-other-group"},
        "citizen-other-process": {"daily-leader"},
        "paid": {"daily-leader"},
        "host": {"host"},
        "employee": {"host-service"},
        "coordinator": {"host-service"},
        "employee-other-process": {"daily-leader"},
        "coordinator-other-process": {"daily-leader"},
    }.get(person, set())


def _contact(person: str) -> set[str]:
    """An e-mail or a phone: one's own; those whom one invites; hosts those they follow up."""
    inviting = (
        {"coordinator"}
        if person in A | {"mentor"}
        else {"coordinator-other-process"}
        if person in B
        else set()
    )
    return {person} | inviting | _hosts_of(person)


def _alias(person: str, opened: bool) -> set[str]:
    """A first name. Employees, hosts and leaders are answerable: whoever takes part knows them. A citizen's is for
    their own group, for those who meet them at the joint table (not leaders and researchers), and for the one who
    invites."""
    if person == "newcomer":  # seated by the coordinator, not met yet
        return PEER | {"coordinator"}
    if person in AT_A_TABLE:
        known = AT_A_TABLE[person] | {person, "coordinator"}
        if opened and AT_A_TABLE[person] is PEER and person != "withdrawn":
            known = known | PEER | SERVICE
        if person == "citizen-3":  # has commented on the board, under their own name
            known = known | (A - {"leader", "researcher"})
        return known
    if person in ("paid", "citizen-other-process"):
        return B
    if person == "mentor":  # those who may ask know whom; the service room reads who answered
        return SERVICE | {"mentor"}
    if person in A:
        return A | oracle_learning.known_besides(person)
    if person in B:
        return B | oracle_learning.known_besides(person)
    return {person}
