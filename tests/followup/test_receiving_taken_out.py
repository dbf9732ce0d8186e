"""What was received can't be undone: taking a citizen out of the group neither takes their no along nor hurries the others."""

from __future__ import annotations

from datetime import timedelta

from langbord.base import clock
from langbord.followup import receiving
from langbord.rooms.seating import end_seat
from tests.cast import Table
from tests.followup.receiving import answer, ask, asking_for, group_case, received
from tests.rooms.helpers import seat_of

WEEK = timedelta(days=7, minutes=1)


def out(table: Table, by: str = "coordinator") -> None:
    end_seat(seat=seat_of(table, "citizen-3", "peer"), actor=table.actor(by))


def test_a_no_stands_when_others_take_out_the_one_who_said_it(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    receiving.record_agreement(actor=table.actor("host"), asking=asking_for(table, "host", case))
    answer(table, "citizen-3", case, yes=False)
    out(table)
    with clock.frozen(clock.now() + 2 * WEEK):
        for name in ("citizen", "citizen-2"):
            assert not answer(table, name, case)
        assert receiving.settle_due() == 0
    assert received(case) is None


def test_whoever_had_not_answered_is_not_taken_out_for_a_quick_yes(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    for name in ("citizen", "citizen-2"):
        answer(table, name, case)
    out(table)
    assert not answer(table, "citizen", case)
    with clock.frozen(clock.now() + WEEK):
        assert answer(table, "citizen", case)


def test_whoever_goes_by_themself_takes_their_no_along(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    answer(table, "citizen-3", case, yes=False)
    out(table, "citizen-3")
    answer(table, "citizen", case)
    assert answer(table, "citizen-2", case)
