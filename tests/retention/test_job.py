"""Nothing goes before its day, nothing unwarned, and everything goes in the end: each kind, before, warned and due."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest

from langbord.base import clock, retention
from langbord.base.models import Event
from langbord.base.retention import policies
from langbord.gatherings.models import Answer, Attendance, Gathering
from langbord.people.models import Card, EmailCode
from langbord.processes.keeping import job
from langbord.processes.models import Closing, Gone, Membership, Notice
from langbord.rooms import actions as pieces
from langbord.rooms.models import Piece, Room
from langbord.vault import keys
from tests.cast import TEST, Table

from .helpers import (
    CASES,
    START,
    Case,
    close,
    come_to,
    days_pass,
    draft,
    gathering,
    notices,
    run,
)


@pytest.fixture(autouse=True)
def at_start(request: pytest.FixtureRequest) -> Any:
    """All of it happens from one day on; the table too is laid then."""
    with clock.frozen(START) as stopped:
        yield stopped


@pytest.fixture
def laid(at_start: clock.Frozen, table: Table) -> tuple[Table, clock.Frozen]:
    return table, at_start


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.kind)
def test_each_kind_before_warned_and_due(laid: tuple[Table, clock.Frozen], case: Case) -> None:
    table, stopped = laid
    warn = policies()[case.kind].warn
    whole = case.make(table)
    assert whole()
    stopped.move(timedelta(days=case.due_day - warn - 1))
    run()
    assert whole()
    assert not notices(case.kind), "told before the time"
    stopped.move(timedelta(days=1))
    run()
    assert notices(case.kind)
    assert {n.goes_on for n in notices(case.kind)} == {clock.today() + timedelta(days=warn)}
    told = {n.key for n in notices(case.kind)}
    days_pass(stopped, warn - 1)
    assert whole(), "gone before its day"
    logged = Event.objects.filter(verb=f"retention.gone.{case.kind}").count()
    days_pass(stopped, 1)
    assert not whole(), "still there on its day"
    assert not told & {n.key for n in notices(case.kind)}
    assert Event.objects.filter(verb=f"retention.gone.{case.kind}").count() > logged
    gone = Gone.objects.filter(kind=case.kind)
    assert gone.exists()
    assert not gone.filter(done_at__isnull=True).exists()
    again = Gone.objects.count()
    run()
    assert Gone.objects.count() == again, "a second run takes nothing more"


def test_every_kind_of_the_file_is_tried_here() -> None:
    tried = {case.kind for case in CASES} | {"sign-in"}
    held_elsewhere = {"consent", "first-meeting", "first-meeting-alone", "course", "unit-log", "mentor"}
    held_elsewhere |= {"invitee", "inviting"}  # in the tests of each app
    assert tried | held_elsewhere == set(policies())
    assert {kind for kind, held in retention.handlers().items() if held} <= tried | held_elsewhere


def test_a_leap_of_a_year_takes_nothing_with_it(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    whole = [case.make(table) for case in CASES if case.kind in ("draft", "needs", "who-came", "room")]
    stopped.move(timedelta(days=3 * 365))
    for _again in range(5):
        run()
    assert all(still() for still in whole)
    assert {n.days for n in Notice.objects.unrestricted(TEST)} == {0}
    stopped.move(timedelta(days=365))
    run()
    assert all(still() for still in whole)
    assert {n.days for n in Notice.objects.unrestricted(TEST)} == {1}
    days_pass(stopped, policies()["room"].warn - 1)
    assert not any(still() for still in whole)


def test_a_clock_that_goes_back_begins_the_count_anew(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    made = draft(table)
    stopped.move(timedelta(days=366))
    run()
    days_pass(stopped, 20)
    stopped.move(-timedelta(days=10))
    run()
    (notice,) = notices("draft")
    assert notice.days == 0
    days_pass(stopped, 29)
    assert Piece.objects.unrestricted(TEST).filter(pk=made.pk).exists()
    days_pass(stopped, 1)
    assert not Piece.objects.unrestricted(TEST).filter(pk=made.pk).exists()


@pytest.mark.parametrize("seed", range(4))
def test_however_the_clock_jumps_nothing_goes_before_so_many_days_of_warning(
    laid: tuple[Table, clock.Frozen], seed: int
) -> None:
    """Kept beside the job: the different dates on which each warning was seen standing since the clock last went back.
    What went must have had as many as the file asks (the first is the day it was given)."""
    table, stopped = laid
    dice = random.Random(seed)
    for case in CASES:
        if case.kind in ("draft", "needs", "who-came", "room"):
            case.make(table)
    seen: dict[tuple[str, str], set[date]] = defaultdict(set)
    promised: dict[tuple[str, str], date] = {}
    last = clock.today()
    went = 0
    for _step in range(40):
        stopped.move(timedelta(days=dice.choice([0, 1, 1, 1, 1, 2, 30, 400, -1, -200])))
        if clock.today() < last:
            seen.clear()
        last = clock.today()
        before = {(n.kind, n.key): n for n in Notice.objects.unrestricted(TEST)}
        gone_before = Gone.objects.count()
        run()
        after = {(n.kind, n.key): n for n in Notice.objects.unrestricted(TEST)}
        for place in set(before) | set(after):
            seen[place].add(last)
        if Gone.objects.count() > gone_before:
            for place in set(before) - set(after):
                went += 1
                assert last >= promised[place], f"{place} went before the promised day"
                assert len(seen[place]) > policies()[place[0]].warn or not _took(place), place
        promised = {place: n.goes_on for place, n in after.items()}
    print(f"\nseed {seed}: 40 leaps of the clock, {went} warnings ended with something gone")


def _took(place: tuple[str, str]) -> bool:
    """Whether the thing itself is gone, rather than only its warning withdrawn."""
    return Gone.objects.filter(kind=place[0]).exists()


def test_what_is_touched_again_is_not_taken(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    made = draft(table)
    stopped.move(timedelta(days=366))
    run()
    days_pass(stopped, 25)
    assert notices("draft")
    actor = table.actor("citizen")
    pieces.save_draft(actor=actor, process_id=made.process_id, kind=made.kind, text="mer", piece_id=made.pk)
    days_pass(stopped, 40)
    assert Piece.objects.unrestricted(TEST).filter(pk=made.pk).exists()
    assert not notices("draft")


def test_touched_in_the_very_moment_before_it_is_taken(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    made = draft(table)
    stopped.move(timedelta(days=366))
    run()
    days_pass(stopped, 29)
    stopped.move(timedelta(days=1))
    note = job._count_the_day

    def touched(kind: str, today: date) -> None:
        note(kind, today)
        if kind == "draft":
            Piece.objects.unrestricted(TEST).filter(pk=made.pk).update(edited_at=clock.now())

    with mock.patch.object(job, "_count_the_day", touched):
        run()
    assert Piece.objects.unrestricted(TEST).filter(pk=made.pk).exists()
    assert not Gone.objects.filter(kind="draft").exists()


def test_a_draft_is_its_authors_alone_to_be_told_of(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    draft(table)
    stopped.move(timedelta(days=366))
    run()
    for name in table.cast:
        told = Notice.objects.visible_to(table.actor(name)).filter(kind="draft").exists()
        assert told == (name == "citizen"), name


def test_a_room_is_told_of_to_its_readers_alone(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    close(table)
    stopped.move(timedelta(days=60))
    run()
    peer = str(table.rooms["peer"].pk)
    for name in table.cast:
        told = Notice.objects.visible_to(table.actor(name)).filter(kind="room", key=peer).exists()
        assert told == table.actor(name).may_read(table.rooms["peer"].pk), name


def test_names_become_heads_and_the_number_stays(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    held = gathering(table)
    with clock.frozen(held.starts_at):
        come_to(table, held)
        Gathering.objects.unrestricted(TEST).filter(pk=held.pk).update(others_citizens=3)
    stopped.move(timedelta(days=3 + policies()["who-came"].days))
    run()
    days_pass(stopped, policies()["who-came"].warn)
    found = Gathering.objects.unrestricted(TEST).get(pk=held.pk)
    assert (found.others_citizens, found.others_hosts, found.others_service) == (4, 1, 0)
    assert not Attendance.objects.unrestricted(TEST).filter(gathering=held).exists()
    assert not Answer.objects.unrestricted(TEST).filter(gathering=held).exists()
    assert found.place == "Kjøkkenet"


def test_codes_and_dead_cards_go_unwarned_and_a_card_in_use_stays(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    person, now = table.people["citizen"], clock.now()

    def card(**dates: Any) -> Card:
        return Card.objects.create(
            person=person,
            code_lookup=f"c{len(dates)}{sorted(dates)}",
            link_lookup=f"l{sorted(dates)}",
            issued_at=now,
            expires_at=now + timedelta(days=14),
            **dates,
        )

    used = card(first_used_at=now)
    card(first_used_at=now, revoked_at=now)
    card()
    EmailCode.objects.create(person=person, code_lookup="x", made_at=now, expires_at=now)
    stopped.move(timedelta(days=181))
    run()
    assert list(Card.objects.unrestricted(TEST).values_list("pk", flat=True)) == [used.pk]
    assert not EmailCode.objects.unrestricted(TEST).exists()


# -- cut off


class Killed(BaseException):
    """As when the machine stops: nothing of ours may catch it."""


def _room_is(table: Table, name: str) -> str:
    """Readable, gone, or something between."""
    room = table.rooms[name]
    rows = Room.objects.unrestricted(TEST).filter(pk=room.pk).exists()
    words = Piece.objects.unrestricted(TEST).filter(room_id=room.pk).exists()
    if rows and words and not keys.is_destroyed(room.pk):
        return "readable"
    return "gone" if not rows and not words else "between"


@pytest.mark.parametrize("step", range(12))
def test_killed_anywhere_a_room_is_readable_or_gone_and_the_next_run_finishes(
    laid: tuple[Table, clock.Frozen], step: int
) -> None:
    table, stopped = laid
    host = table.actor("host")
    pieces.write(actor=table.actor("citizen"), room=table.room("peer"), kind="post", text="mitt")
    pieces.write_for_group(actor=host, room=table.room("peer"), kind="rule", text="vårt")
    close(table)
    stopped.move(timedelta(days=60))
    run()
    days_pass(stopped, 29)
    stopped.move(timedelta(days=1))
    points = ["has_begun", "remove_rooms", "destroy", "_note"]
    left = [step]

    def cut(real: Any, after: bool) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            if not after:
                _tick(left)
            answer = real(*args, **kwargs)
            if after:
                _tick(left)
            return answer

        return call

    from langbord.processes.keeping import closings
    from langbord.rooms import retention as rooms

    with (
        mock.patch.object(closings, points[0], cut(closings.has_begun, True)),
        mock.patch.object(rooms, points[1], cut(rooms.remove_rooms, True)),
        mock.patch.object(keys, points[2], cut(cut(keys.destroy, True), False)),
        mock.patch.object(job, points[3], cut(cut(job._note, True), False)),
    ):
        try:
            with keys.ring():
                job.run()
        except Killed:
            pass
    assert _room_is(table, "peer") in ("readable", "gone")
    run()
    assert _room_is(table, "peer") == "gone"
    assert keys.is_destroyed(table.rooms["peer"].pk)
    assert not Gone.objects.filter(done_at__isnull=True).exists()


def _tick(left: list[int]) -> None:
    if left[0] == 0:
        left[0] = -1
        raise Killed
    left[0] -= 1


# -- one process and another


def test_one_process_goes_and_anothers_canary_stays_whole(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    mine = pieces.write(actor=table.actor("citizen"), room=table.room("peer"), kind="post", text="kq-her")
    theirs = pieces.write(
        actor=table.actor("citizen-other-process"), room=table.room("b-group"), kind="post", text="kq-der"
    )
    own_draft = draft(table, "citizen-2", "kq-kladd")
    close(table, board="goes")
    stopped.move(timedelta(days=60))
    run()
    days_pass(stopped, 30)
    assert not Piece.objects.unrestricted(TEST).filter(pk=mine.pk).exists()
    assert not Room.objects.unrestricted(TEST).filter(process=table.process).exists()
    assert not Membership.objects.unrestricted(TEST).current().filter(process=table.process).exists()
    (closing,) = Closing.objects.unrestricted(TEST).all()
    assert closing.emptied_at is not None
    for name, room in table.rooms.items():
        assert keys.is_destroyed(room.pk) == (not name.startswith("b-")), name
    assert Piece.objects.unrestricted(TEST).get(pk=theirs.pk).body == "kq-der"
    assert Piece.objects.unrestricted(TEST).get(pk=own_draft.pk).body == "kq-kladd"
    assert table.actor("citizen-other-process").may_read(table.rooms["b-group"].pk)
    assert not any(keys.is_destroyed(person.pk) for person in table.people.values())


def test_the_dry_run_shows_and_changes_nothing(laid: tuple[Table, clock.Frozen]) -> None:
    table, stopped = laid
    for case in CASES:
        if case.kind in ("draft", "needs", "who-came", "room"):
            case.make(table)
    stopped.move(timedelta(days=400))
    planned = {line.kind: line for line in job.plan()}
    assert planned["draft"].things == 1
    assert planned["draft"].goes_on == clock.today() + timedelta(days=30)
    assert not planned["draft"].warned
    assert planned["room"].process_id == table.process.pk
    assert not Notice.objects.unrestricted(TEST).exists()
    run()
    assert {line.warned for line in job.plan() if line.kind == "draft"} == {True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kinds: {}", "no kinds"),
        ("kinds: [", "defaults.yaml"),
        ("kinds: {draft: }", "draft: nothing is said"),
        ("kinds: {draft: {days: et år}}", "draft: days must be a whole number"),
        ("kinds: {draft: {days: -1}}", "draft: days must be a whole number"),
        ("kinds: {draft: {days: 1, warn: 1, scope: all}}", "draft: scope must be one of"),
        ("kinds: {draft: {days: 1, warn: 1, scope: process, title: {en: x}}}", "draft: title is missing"),
    ],
)
def test_a_file_that_makes_no_sense_says_where(text: str, said: str) -> None:
    with pytest.raises(retention.RetentionBroken, match=said):
        retention.load(text)


def test_nobody_can_take_the_warning_away_in_the_file() -> None:
    text = retention.FILE.read_text(encoding="utf-8").replace("warn: 30", "warn: 0")
    with (
        mock.patch.object(retention, "policies", return_value=retention.load(text)),
        pytest.raises(retention.RetentionBroken, match="must be warned"),
    ):
        retention.handlers()
