"""Holding back at the joint table and on the board: by whom, unseen by whom, and never the author's own last word."""

from __future__ import annotations

import pytest
from django.urls import reverse

from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.base.models import Event
from langbord.followup import actions as followup
from langbord.followup.enums import StepKind
from langbord.followup.models import Case
from langbord.rooms import actions
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.rooms.helpers import browser, fresh, gone, open_first_door, sees, wrote

WORDS = "navnet til et barn"


def on_board(table: Table, text: str = WORDS) -> Piece:
    original = wrote(table, "citizen", "peer", "fra rommet")
    return actions.carry_over(
        actor=table.actor("citizen"), piece=original, target=table.room("board"), text=text
    )


def case_of(table: Table, piece: Piece, name: str = "coordinator") -> Case | None:
    return Case.objects.visible_to(table.actor(name)).filter(piece_id=piece.pk).first()


def test_at_the_joint_table_the_hosts_who_come_there_hold_back(table: Table) -> None:
    open_first_door(table)
    piece = wrote(table, "employee", "joint", WORDS)
    for name in (
        "citizen",
        "coordinator",
        "leader",
        "partner",
        "host-other-group",
        "host-waiting",
        "employee",
    ):
        with pytest.raises(NotAllowed):
            actions.hold_back(actor=table.actor(name), piece=fresh(piece), why="nei")
    actions.hold_back(actor=table.actor("host"), piece=fresh(piece), why="et navn")
    everybody = [name for name in table.people if sees(table, name, piece)]
    assert sorted(everybody) == ["employee", "host", "host-service"]
    for name in ("citizen", "coordinator"):
        with pytest.raises(NotAllowed):
            actions.let_out(actor=table.actor(name), piece=fresh(piece))
    actions.let_out(actor=table.actor("host-service"), piece=fresh(piece))
    assert sees(table, "citizen", piece)
    assert fresh(piece).body == WORDS


def test_a_host_of_the_joint_table_holds_nothing_back_in_a_room_that_is_not_theirs(table: Table) -> None:
    open_first_door(table)
    for room, author, host in (("service", "employee", "host"), ("peer", "citizen", "host-service")):
        piece = wrote(table, author, room, WORDS)
        with pytest.raises(NotAllowed):
            actions.hold_back(actor=table.actor(host), piece=fresh(piece), why="nei")


def test_on_the_board_the_coordinator_holds_back_and_all_see_that_something_is(table: Table) -> None:
    piece = on_board(table)
    for name in ("host", "employee", "leader", "citizen-2", "coordinator-other-process"):
        with pytest.raises(NotAllowed):
            actions.hold_back(actor=table.actor(name), piece=fresh(piece), why="nei")
    page = browser(table, "coordinator")
    case = case_of(table, piece)
    assert case is not None
    hold = reverse("hold-back", args=[piece.pk])
    assert hold in page.get(f"/s/{table.process.slug}/tavla/{case.pk}/").content.decode()
    assert page.post(hold, {"why": "et navn"}).status_code == 302
    board = f"/s/{table.process.slug}/tavla/"
    for name in ("citizen-2", "employee", "leader", "host"):
        shown = browser(table, name).get(board).content.decode()
        assert WORDS not in shown
        assert "holdt tilbake" in shown
        assert str(piece.pk) not in shown
        assert case_of(table, piece, name) is None
        assert browser(table, name).get(f"/b/{piece.pk}/").status_code == 404
    assert f"/b/{piece.pk}/" in page.get(board).content.decode()
    mine = browser(table, "citizen").get(f"/b/{piece.pk}/").content.decode()
    assert WORDS in mine
    assert "et navn" in mine
    assert "koordinatoren" in mine
    assert Event.objects.filter(verb="piece.held_back", object_id=piece.pk).count() == 1
    assert page.post(reverse("let-out", args=[piece.pk])).status_code == 302
    assert WORDS in browser(table, "citizen-2").get(board).content.decode()
    assert "holdt tilbake" not in browser(table, "citizen-2").get(board).content.decode()


def test_a_held_back_answer_or_comment_loses_its_words_and_the_answer_keeps_its_date(table: Table) -> None:
    piece = on_board(table, "innspillet")
    case = case_of(table, piece)
    assert case is not None
    followup.assign(actor=table.actor("employee"), case=case, promised_on=clock.today())
    steps = []
    for act in (
        lambda held: followup.answer(
            actor=table.actor("employee"), case=held, kind=StepKind.TRY, reason="svar med navn"
        ),
        lambda held: followup.comment(actor=table.actor("partner"), case=held, text=WORDS),
    ):
        steps.append(act(Case.objects.visible_to(table.actor("employee")).get(pk=case.pk)))
    address = f"/s/{table.process.slug}/tavla/{case.pk}/"
    before = browser(table, "citizen").get(address).content.decode()
    assert "svar med navn" in before
    assert WORDS in before
    for step in steps:
        written = Piece.objects.unrestricted(TEST).select_related("room").get(pk=step.words_id)
        actions.hold_back(actor=table.actor("coordinator"), piece=written, why="et navn")
    shown = browser(table, "citizen").get(address).content.decode()
    assert "svar med navn" not in shown
    assert WORDS not in shown
    assert "innspillet" in shown
    assert "vi prøver" in shown.lower()


def test_the_author_may_still_take_it_back_and_nothing_stays_hidden(table: Table) -> None:
    piece = on_board(table)
    case = case_of(table, piece)
    assert case is not None
    followup.answer(actor=table.actor("coordinator"), case=case, kind=StepKind.TRY, reason="vi prøver")
    actions.hold_back(actor=table.actor("coordinator"), piece=fresh(piece), why="et navn")
    actions.take_back(actor=table.actor("citizen"), piece=fresh(piece))
    assert not gone(piece)
    after = fresh(piece)
    assert (after.body, after.hidden_at, after.hidden_why) == ("", None, "")
    assert "vi prøver" in browser(table, "citizen-2").get(f"/s/{table.process.slug}/tavla/").content.decode()
    with pytest.raises(NotAllowed):
        actions.hold_back(actor=table.actor("coordinator"), piece=after, why="igjen")
