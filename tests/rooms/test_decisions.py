"""What a group takes over: every citizen's own yes, never against a no."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.models import Event
from langbord.followup import actions as followup
from langbord.followup.enums import StepKind
from langbord.followup.models import Case
from langbord.rooms import actions, decisions
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import GroupAnswer, GroupDecision, Piece
from tests.cast import TEST, Table
from tests.rooms.helpers import (
    PEER_CITIZENS,
    address,
    browser,
    fresh,
    gone,
    noted,
    open_first_door,
    sees,
    wrote,
)


def proposed(
    table: Table, piece: Piece | None = None, *, at_gathering: bool = False, room: str = "board"
) -> GroupDecision:
    return decisions.propose(
        actor=table.actor("host"),
        piece=fresh(piece or noted(table, "host", "peer", "vi vil møtes et annet sted")),
        target=table.room(room),
        text="vi vil møtes et annet sted",
        agreed_at_gathering=at_gathering,
        decision_id=uuid4(),
    )


def again(decision: GroupDecision) -> GroupDecision:
    return GroupDecision.objects.unrestricted(TEST).get(pk=decision.pk)


def copies(decision: GroupDecision) -> list[Piece]:
    return list(Piece.objects.unrestricted(TEST).filter(copied_from_id=decision.piece_id))


def say(table: Table, decision: GroupDecision, yes: bool, *names: str) -> None:
    for name in names:
        decisions.answer(actor=table.actor(name), decision=decision, yes=yes)


def test_the_last_yes_makes_it_take_effect(table: Table) -> None:
    decision = proposed(table)
    say(table, decision, True, "citizen", "citizen-2")
    assert not copies(decision)
    say(table, decision, True, "citizen-3")
    (copy,) = copies(decision)
    assert again(decision).effective_at is not None
    assert (copy.kind, copy.author_id, copy.body) == (PieceKind.INPUT, None, "vi vil møtes et annet sted")
    assert sees(table, "leader", copy)


def test_a_no_stops_it_for_good(table: Table) -> None:
    decision = proposed(table, at_gathering=True)
    say(table, decision, True, "citizen", "citizen-2")
    say(table, decision, False, "citizen-3")
    with pytest.raises(NotNow):
        say(table, decision, True, "citizen-3")
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert decisions.settle_due() == 0
    assert not copies(decision)


def test_silence_is_not_yes(table: Table) -> None:
    decision = proposed(table)
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert decisions.settle_due() == 0
    assert not copies(decision)


def test_what_was_agreed_at_a_gathering_waits_seven_days(table: Table) -> None:
    decision = proposed(table, at_gathering=True)
    with clock.frozen(clock.now() + timedelta(days=6, hours=23)):
        assert decisions.settle_due() == 0
    with clock.frozen(clock.now() + timedelta(days=7)):
        assert decisions.settle_due() == 1
        assert decisions.settle_due() == 0
    assert len(copies(decision)) == 1


def test_somebody_may_change_a_yes_to_a_no_while_it_waits(table: Table) -> None:
    decision = proposed(table)
    say(table, decision, True, "citizen")
    say(table, decision, False, "citizen")
    assert again(decision).stopped_at is not None


@pytest.mark.parametrize(
    "name", ["host", "citizen-other-group", "coordinator", "employee", "host-waiting", "withdrawn"]
)
def test_only_the_groups_citizens_answer(table: Table, name: str) -> None:
    decision = proposed(table)
    with pytest.raises(NotAllowed):
        say(table, decision, True, name)


@pytest.mark.parametrize(
    "name", ["citizen", "coordinator", "employee", "host-other-group", "host-waiting", "operator"]
)
def test_only_the_groups_host_proposes(table: Table, name: str) -> None:
    piece = noted(table, "host", "peer", "gruppas ord")
    with pytest.raises(NotAllowed):
        decisions.propose(actor=table.actor(name), piece=fresh(piece), target=table.room("board"), text="x")
    assert proposed(table, piece).pk


def test_what_can_be_proposed_and_where(table: Table) -> None:
    own, rule = (
        wrote(table, "citizen", "peer", "mitt"),
        noted(table, "host", "peer", "vi hører", PieceKind.RULE),
    )
    for piece in (own, rule):
        with pytest.raises(NotAllowed):
            proposed(table, piece)
    piece = noted(table, "host", "peer", "gruppas ord")
    for room in ("joint", "service", "peer-2", "b-board"):
        with pytest.raises(NotAllowed):
            proposed(table, piece, room=room)
    open_first_door(table)
    assert proposed(table, piece, room="joint").pk


def test_a_second_click_records_one_also_after_a_no(table: Table) -> None:
    piece, once = noted(table, "host", "peer", "gruppas ord"), uuid4()

    def click() -> GroupDecision:
        return decisions.propose(
            actor=table.actor("host"),
            piece=fresh(piece),
            target=table.room("board"),
            text="x",
            decision_id=once,
        )

    first = click()
    assert click().pk == first.pk
    say(table, first, False, "citizen")
    assert click().pk == first.pk
    assert proposed(table, piece).pk != first.pk


def test_what_is_held_back_meanwhile_does_not_go(table: Table) -> None:
    piece = noted(table, "host", "peer", "gruppas ord")
    decision = proposed(table, piece)
    actions.hold_back(actor=table.actor("host"), piece=fresh(piece), why="et navn")
    say(table, decision, True, *PEER_CITIZENS)
    assert not copies(decision)


def test_nobody_sees_what_another_answered(table: Table) -> None:
    decision = proposed(table)
    say(table, decision, True, "citizen")
    assert {n for n in table.cast if GroupAnswer.objects.visible_to(table.actor(n)).exists()} == {"citizen"}
    (mine,) = decisions.open_decisions(table.actor("citizen"), table.room("peer"))
    (theirs,) = decisions.open_decisions(table.actor("citizen-2"), table.room("peer"))
    assert (mine.my_answer, theirs.my_answer) == (True, None)
    assert decisions.open_decisions(table.actor("coordinator"), table.room("peer")) == []


# -- the group takes back


def carried(table: Table) -> Piece:
    decision = proposed(table)
    say(table, decision, True, *PEER_CITIZENS)
    (copy,) = copies(decision)
    return fresh(copy)


def test_the_group_takes_back_when_each_has_said_yes(table: Table) -> None:
    copy = carried(table)
    for name in ("citizen", "host-other-group", "coordinator", "employee", "host-service"):
        with pytest.raises(NotAllowed):
            decisions.take_back_for_group(actor=table.actor(name), copy=copy, said=True)
    decision = decisions.take_back_for_group(actor=table.actor("host"), copy=copy, said=False)
    say(table, decision, True, "citizen", "citizen-2")
    assert sees(table, "leader", copy)
    page = browser(table, "citizen-3").get(address(table, "peer")).content.decode()
    assert "ta dette tilbake fra tavla" in page
    say(table, decision, True, "citizen-3")
    assert gone(copy)
    assert again(decision).effective_at is not None
    assert again(decision).text == ""
    assert sees(table, "citizen", fresh_original(again(decision)))


def fresh_original(decision: GroupDecision) -> Piece:
    return Piece.objects.unrestricted(TEST).get(pk=decision.piece_id)


def test_a_no_lets_it_lie_and_time_alone_does_nothing(table: Table) -> None:
    copy = carried(table)
    decision = decisions.take_back_for_group(actor=table.actor("host"), copy=copy, said=False)
    with clock.frozen(clock.now() + timedelta(days=30)):
        decisions.settle_due()
        assert not gone(copy)
        say(table, decision, False, "citizen")
    assert sees(table, "leader", copy)
    assert again(decision).stopped_at is not None


def test_a_host_takes_it_back_on_the_groups_word_and_the_group_sees_it(table: Table) -> None:
    copy = carried(table)
    page = browser(table, "host")
    original = f"/b/{copy.copied_from_id}/"
    assert f"/b/{copy.pk}/" in page.get(original).content.decode()
    address_of_it = reverse("take-back", args=[copy.pk])
    assert address_of_it in page.get(f"/b/{copy.pk}/").content.decode()
    refused = page.post(address_of_it, {"once": str(uuid4())})
    assert refused.status_code == 422
    assert "Velg ett av de to." in refused.content.decode()
    assert page.post(address_of_it, {"once": str(uuid4()), "how": "said"}).status_code == 302
    assert gone(copy)
    told = browser(table, "citizen").get(original).content.decode()
    assert "tok det tilbake fra tavla" in told
    assert "Randi skrev det inn" in told
    assert Event.objects.filter(verb="group_decision.took_back").count() == 1
    # What was taken back may be carried over again, by a new decision.
    new = proposed(table, fresh_original(GroupDecision.objects.unrestricted(TEST).get(kind="back")))
    say(table, new, True, *PEER_CITIZENS)
    assert copies(new)


def test_an_answered_case_of_the_group_keeps_its_answer_and_dates(table: Table) -> None:
    copy = carried(table)
    case = Case.objects.visible_to(table.actor("coordinator")).get(piece_id=copy.pk)
    followup.answer(actor=table.actor("coordinator"), case=case, kind=StepKind.TRY, reason="vi prøver det")
    decisions.take_back_for_group(actor=table.actor("host"), copy=fresh(copy), said=True)
    after = fresh(copy)
    assert (str(after.body), after.words_removed_at is not None) == ("", True)
    shown = browser(table, "citizen").get(f"/s/{table.process.slug}/tavla/{case.pk}/").content.decode()
    assert "vi prøver det" in shown
    assert "vi vil møtes et annet sted" not in shown
