"""The state machine as a table, and random sequences of events against a small model that knows nothing of the product.

Own and adult: what each answered last (`-` nothing, `y` yes to the text that counts, `o` yes to a text that has since
changed in substance, `n` no). Every combination, for every age.
"""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langbord.consent import asking, texts
from langbord.consent.asking import Guard, Row
from langbord.consent.enums import Purpose, Standing

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
ADULT = UUID(int=1)
OTHER = UUID(int=2)
PURPOSE = Purpose.RESEARCH
OLD = "0.9"

YOUNG = {
    # own, adult: what it is
    "--": "not_asked", "-y": "waits_for_self", "-o": "not_asked", "-n": "no",
    "y-": "waits_for_guardian", "yy": "yes", "yo": "waits_for_guardian", "yn": "no",
    "o-": "ask_again", "oy": "ask_again", "oo": "ask_again", "on": "no",
    "n-": "no", "ny": "no", "no": "no", "nn": "no",
}  # fmt: skip
ALONE = {"-": "not_asked", "y": "yes", "o": "ask_again", "n": "no"}


def row(kind: str, by: str = "self", guard: UUID | None = None, version: str = "", at: Any = NOW) -> Row:
    return Row(PURPOSE, kind, by, guard, version or texts.version_now(PURPOSE), at)


def answer(letter: str, by: str, guard: UUID | None = None) -> list[Row]:
    kind = {"y": "given", "o": "given", "n": "refused"}.get(letter)
    return [] if kind is None else [row(kind, by, guard, OLD if letter == "o" else "")]


def standing(rows: list[Row], band: str, guards: list[Guard]) -> str:
    return str(asking.state_of(PURPOSE, rows, age_band=band, guards=guards, now=NOW).standing)


COUNTS = Guard(ADULT, stands=True, counts=True)
OBJECTED = Guard(ADULT, stands=True, counts=False)
ENDED = Guard(ADULT, stands=False, counts=False)


@pytest.mark.parametrize("band", ["", "under_16", "from_16", "adult", "not_said"])
@pytest.mark.parametrize(("own", "adult"), list(product("-yon", repeat=2)))
def test_every_combination(own: str, adult: str, band: str) -> None:
    rows = answer(own, "self") + answer(adult, "guardian", ADULT)
    # An adult who counts makes both necessary, whatever the age that was said.
    assert standing(rows, band, [COUNTS]) == YOUNG[own + adult]
    # The order in which the two answered does not matter.
    assert standing(rows[::-1], band, [COUNTS]) == YOUNG[own + adult]
    # An adult whom the young person said no to counts for nothing, and nobody else has said yes.
    assert standing(rows, band, [OBJECTED]) == YOUNG[own + "-"]
    # One who was ended counts for nothing; then the age decides alone.
    expected = YOUNG[own + "-"] if band == "under_16" else ALONE[own]
    assert standing(rows, band, [ENDED]) == expected
    assert standing(rows, band, []) == expected


def test_two_adults_a_no_by_either_is_a_no() -> None:
    second = Guard(OTHER, stands=True, counts=True)
    own = answer("y", "self")
    yes, no = answer("y", "guardian", ADULT), answer("n", "guardian", OTHER)
    assert standing(own + yes, "", [COUNTS, second]) == Standing.YES
    assert standing(own + yes + no, "", [COUNTS, second]) == Standing.NO


def test_a_small_change_of_the_text_is_no_change() -> None:
    major = texts.major(texts.version_now(PURPOSE))
    assert standing([row("given", version=f"{major}.99")], "", []) == Standing.YES
    assert standing([row("given", version=f"{major + 1}.0")], "", []) == Standing.ASK_AGAIN


def test_nobody_who_said_no_is_asked_again_because_the_text_changed() -> None:
    assert standing([row("refused", version=OLD)], "", []) == Standing.NO
    assert standing([row("given", version=OLD), row("withdrawn", version=OLD)], "", []) == Standing.NO


def test_a_yes_runs_out_on_the_day() -> None:
    months = texts.facts(Purpose.PHOTO).months
    assert months == 24
    given = NOW.replace(year=NOW.year - 2)
    rows = [Row(Purpose.PHOTO, "given", "self", None, texts.version_now(Purpose.PHOTO), given)]

    def at(now: dt.datetime) -> str:
        return str(asking.state_of(Purpose.PHOTO, rows, age_band="", now=now).standing)

    assert at(NOW - dt.timedelta(seconds=1)) == Standing.YES
    assert at(NOW) == Standing.ASK_AGAIN


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2024, 2, 29), 24, (2026, 2, 28)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2026, 1, 15), 12, (2027, 1, 15)),
    ],
)
def test_so_many_months_later(start: Any, months: int, end: Any) -> None:
    assert asking.runs_out(dt.datetime(*start, tzinfo=dt.UTC), months).timetuple()[:3] == end


def test_an_event_that_it_ran_out_ends_a_yes_and_leaves_a_no() -> None:
    out = row("expired", "system")
    assert standing([row("given"), out], "", []) == Standing.ASK_AGAIN
    assert standing([row("given"), out, row("confirmed")], "", []) == Standing.YES
    assert standing([row("refused"), out], "", []) == Standing.NO
    assert standing([out], "", []) == Standing.NOT_ASKED


def test_what_was_answered_to_one_purpose_says_nothing_of_another() -> None:
    rows = [row("given")]
    assert asking.state_of(Purpose.QUOTES, rows, age_band="", now=NOW).standing == Standing.NOT_ASKED


# -- against a model


class Model:
    """Yes or no, kept as two plain sets of facts. Knows nothing of rows, versions as text, or the order of things."""

    def __init__(self, young: bool) -> None:
        self.young = young
        self.says: dict[str, bool] = {}
        self.on_current: dict[str, bool] = {}

    def hear(self, who: str, what: str, current: bool) -> None:
        if what == "asked":
            return
        if what == "expired":
            for party in ("self", "adult"):
                if self.says.get(party):
                    self.on_current[party] = False
            return
        self.says[who] = what in ("given", "confirmed")
        self.on_current[who] = current

    def yes(self) -> bool:
        def good(party: str) -> bool:
            return self.says.get(party, False) and self.on_current[party]

        return good("self") and (not self.young or good("adult"))


EVENTS = st.tuples(
    st.sampled_from(["self", "adult"]),
    st.sampled_from(["asked", "given", "refused", "withdrawn", "expired", "confirmed"]),
    st.booleans(),
)


@settings(max_examples=400, deadline=None, database=None)
@given(st.lists(EVENTS, max_size=14), st.booleans())
def test_random_sequences_agree_with_the_model(told: list[tuple[str, str, bool]], young: bool) -> None:
    model, rows = Model(young), []
    for who, what, current in told:
        by = "system" if what == "expired" else "self" if who == "self" else "guardian"
        guard = ADULT if by == "guardian" else None
        rows.append(row(what, by, guard, "" if current else OLD))
        model.hear(who, what, current)
        state = asking.state_of(PURPOSE, rows, age_band="", guards=[COUNTS] if young else [], now=NOW)
        assert state.says_yes is model.yes(), told
        if state.says_yes:
            assert state.since == NOW
