"""What comes to the board, from whom it is said to be, and what happens when it is taken back."""

from __future__ import annotations

import pytest

from langbord.access.enums import Role, Side
from langbord.base.models import Event
from langbord.followup import actions, lines
from langbord.followup.arriving import receive
from langbord.followup.enums import Source, State, StepKind
from langbord.followup.models import Case, Step, Task
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.rooms import actions as rooms
from langbord.rooms import decisions, door
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import Piece, Room
from tests.cast import TEST, Table
from tests.followup.helpers import also, case_of, fresh, said, say, taken


def open_first_door(table: Table) -> None:
    for name in ("citizen", "citizen-2", "citizen-3"):
        door.answer(room=table.room("peer"), wish=DoorAnswer.READY, actor=table.actor(name))
    door.open_door(room=table.room("peer"), actor=table.actor("host"))


@pytest.mark.parametrize(
    ("who", "room", "side", "source"),
    [
        ("citizen", "peer", Side.CITIZENS, Source.CITIZEN),
        ("citizen-other-group", "peer-2", Side.CITIZENS, Source.CITIZEN),
        ("host", "peer", Side.CITIZENS, Source.HOST),
        ("paid", "b-group", Side.CITIZENS, Source.CITIZEN),
        ("daily-leader", "b-group", Side.CITIZENS, Source.HOST),
        ("employee", "service", Side.SERVICE, Source.SERVICE),
        ("host-service", "service", Side.SERVICE, Source.SERVICE),
        ("citizen", "joint", Side.CITIZENS, Source.CITIZEN),
        ("employee", "joint", Side.SERVICE, Source.SERVICE),
        ("host", "joint", Side.SERVICE, Source.HOST),
        ("paid", "b-joint", Side.CITIZENS, Source.CITIZEN),
    ],
)
def test_where_it_comes_from_decides_the_side(
    table: Table, who: str, room: str, side: str, source: str
) -> None:
    open_first_door(table)
    case = said(table, who, room)
    assert (case.side, case.source) == (side, source)
    assert (case.state, case.responder_id, case.promised_on) == (State.WAITING, None, None)
    assert case.received_at == case.state_at


@pytest.mark.parametrize(
    ("who", "side", "source"),
    [
        ("citizen", Side.CITIZENS, Source.CITIZEN),
        ("leader", Side.SERVICE, Source.SERVICE),
        ("researcher", Side.SERVICE, Source.RESEARCHER),
    ],
)
def test_straight_from_a_draft_the_author_decides(table: Table, who: str, side: str, source: str) -> None:
    actor = table.actor(who)
    draft = rooms.save_draft(
        actor=actor, process_id=table.process.pk, kind=PieceKind.STORY, text="rett fra kladden"
    )
    copy = rooms.carry_over(actor=actor, piece=draft, target=table.room("board"), text="rett fra kladden")
    case = case_of(table, copy)
    assert (case.side, case.source) == (side, source)


def test_a_later_role_changes_nothing_about_where_it_came_from(table: Table) -> None:
    case = said(table)
    citizen = table.actor("citizen")
    seat = Membership.objects.visible_to(citizen).get(person=table.people["citizen"])
    end_membership(membership=seat, actor=citizen)
    also(table, "citizen", Role.PARTNER)
    assert fresh(table, case).side == Side.CITIZENS


def test_the_group_s_own_piece_comes_as_the_group_s(table: Table) -> None:
    host = table.actor("host")
    piece = rooms.write_for_group(actor=host, room=table.room("peer"), kind=PieceKind.INPUT, text="vi sammen")
    decision = decisions.propose(actor=host, piece=piece, target=table.room("board"), text="vi sammen")
    for name in ("citizen", "citizen-2"):
        decisions.answer(actor=table.actor(name), decision=decision, yes=True)
    assert not Case.objects.visible_to(table.actor("coordinator")).exists()
    decisions.answer(actor=table.actor("citizen-3"), decision=decision, yes=True)
    case = Case.objects.visible_to(table.actor("coordinator")).get()
    assert (case.side, case.source) == (Side.CITIZENS, Source.GROUP)
    assert lines.lines_of(table.actor("leader"), [case])[0].name == ""


def test_only_the_board_makes_cases(table: Table) -> None:
    open_first_door(table)
    citizen = table.actor("citizen")
    piece = rooms.write(actor=citizen, room=table.room("peer"), kind=PieceKind.INPUT, text="til bordet")
    rooms.carry_over(actor=citizen, piece=piece, target=table.room("joint"), text="til bordet")
    assert not Case.objects.unrestricted(TEST).exists()


def test_carrying_twice_makes_one_case(table: Table) -> None:
    citizen = table.actor("citizen")
    piece = rooms.write(actor=citizen, room=table.room("peer"), kind=PieceKind.INPUT, text="en gang")
    copy_id = Piece().pk
    for _click in range(2):
        copy = rooms.carry_over(
            actor=citizen, piece=piece, target=table.room("board"), text="en gang", copy_id=copy_id
        )
    receive(piece, copy, citizen)
    assert Case.objects.unrestricted(TEST).count() == 1
    assert Event.objects.filter(verb="case.received").count() == 1


def test_taken_back_before_an_answer_everything_goes(table: Table) -> None:
    _piece, copy = say(table)
    case = taken(table, case=case_of(table, copy))
    comment = actions.comment(actor=table.actor("partner"), case=case, text="kanarifugl-kommentar")
    task = actions.propose_task(
        actor=table.actor("partner"), process_id=table.process.pk, text="spør verten", case=case
    )
    rooms.take_back(actor=table.actor("citizen"), piece=copy)
    assert not Case.objects.unrestricted(TEST).exists()
    assert not Step.objects.unrestricted(TEST).exists()
    assert not Piece.objects.unrestricted(TEST).filter(pk=copy.pk).exists()
    # What others wrote stays theirs: the comment as a draft of its author, the task on the board.
    words = Piece.objects.unrestricted(TEST).get(pk=comment.words_id)
    assert words.room_id is None
    assert words.body == "kanarifugl-kommentar"
    assert not Piece.objects.visible_to(table.actor("coordinator")).filter(pk=words.pk).exists()
    assert Task.objects.visible_to(table.actor("citizen")).get(pk=task.pk).case_id is None


def test_taken_back_after_an_answer_only_the_words_go(table: Table) -> None:
    _piece, copy = say(table, signed=True)
    case = taken(table, case=case_of(table, copy))
    actions.answer(actor=table.actor("employee"), case=case, kind=StepKind.TRY, reason="Vi prøver i vinter.")
    rooms.take_back(actor=table.actor("citizen"), piece=copy)
    line, trail = lines.trail_of(table.actor("leader"), fresh(table, case))
    assert line.gone
    assert (line.said, line.name) == ("", "")
    assert [(t.kind, t.words) for t in trail] == [("promise", ""), ("try", "Vi prøver i vinter.")]
    assert line.case.state == State.TRY


def test_taking_back_the_original_with_its_copies(table: Table) -> None:
    piece, _copy = say(table)
    rooms.take_back(actor=table.actor("citizen"), piece=piece, with_copies=True)
    assert not Case.objects.unrestricted(TEST).exists()


def test_nothing_more_is_said_to_words_that_were_taken_back(table: Table) -> None:
    from langbord.base.errors import NotNow

    _piece, copy = say(table)
    case = taken(table, case=case_of(table, copy))
    employee = table.actor("employee")
    actions.answer(actor=employee, case=case, kind=StepKind.DO, reason="Vi gjør det.")
    rooms.take_back(actor=table.actor("citizen"), piece=copy)
    for case_now in (case, fresh(table, case)):
        with pytest.raises(NotNow):
            actions.answer(actor=employee, case=case_now, kind=StepKind.DO, reason="En gang til.")
        with pytest.raises(NotNow):
            actions.comment(actor=employee, case=case_now, text="Takk likevel")
        with pytest.raises(NotNow):
            actions.assign(actor=employee, case=case_now, promised_on=actions.usual_promise())
    assert lines.promises_of(employee) == []


def test_an_answer_after_the_whole_case_was_taken_back_is_refused(table: Table) -> None:
    from langbord.base.errors import NotNow

    _piece, copy = say(table)
    case = taken(table, case=case_of(table, copy))
    rooms.take_back(actor=table.actor("citizen"), piece=copy)
    with pytest.raises(NotNow):
        actions.answer(actor=table.actor("employee"), case=case, kind=StepKind.DO, reason="For sent.")
    assert not Piece.objects.unrestricted(TEST).filter(kind=PieceKind.ANSWER).exists()


def test_the_log_knows_no_words(table: Table) -> None:
    case = taken(table)
    actions.answer(
        actor=table.actor("employee"),
        case=case,
        kind=StepKind.NOT_OURS,
        reason="hemmelig-fugl",
        sent_to="Husbanken",
    )
    told = "|".join(str(sorted(vars(event).items(), key=str)) for event in Event.objects.all())
    assert "case.not_ours" in told
    for word in ("hemmelig-fugl", "Husbanken", "kanarifugl"):
        assert word not in told


def test_every_process_has_its_own_board(table: Table) -> None:
    assert Room.objects.unrestricted(TEST).filter(kind="board").count() == 2
    said(table, "paid", "b-group")
    assert not Case.objects.visible_to(table.actor("coordinator")).exists()
