"""Each way of leaving, for each kind of person: what goes, what stays without the name, and what is another's."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from langbord.base.errors import NotNow
from langbord.base.models import Event
from langbord.base.personal_data import Fate, Way
from langbord.followup import actions as board
from langbord.followup.enums import StepKind
from langbord.followup.models import Case, Step
from langbord.gatherings.models import Answer, Attendance, Gathering
from langbord.leaving import doing, scope
from langbord.leaving.models import Parting, Receipt
from langbord.leaving.numbers import told
from langbord.people.models import Card, Contact, Person
from langbord.processes.models import Membership
from langbord.rooms import actions as rooms
from langbord.rooms import rules
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import DoorWish, Piece, Seat
from langbord.rooms.shown import by_line
from langbord.vault import keys
from langbord.vault.fields import Unopenable
from tests.cast import TEST, Table
from tests.followup.helpers import case_of, said, taken

from .helpers import CANARY, PIN, also_in_the_other, gather, leave, live, piece

BOTH = pytest.mark.parametrize("way", list(Way))


def _mine(person: Person) -> list[Piece]:
    return list(Piece.objects.unrestricted(TEST).filter(author_id=person.pk))


# -- a citizen


def test_taking_everything_leaves_nothing_of_ones_words(table: Table) -> None:
    life = live(table)
    gather(life)
    person, subject = life.person, life.person.sealed_by
    leave(table, "citizen", Way.TAKE)
    assert not Person.objects.unrestricted(TEST).filter(pk=person.pk).exists()
    assert keys.is_destroyed(subject)
    for name in ("story", "post", "draft", "waiting", "input-answered"):
        assert piece(life.pieces[name].pk) is None
    emptied = piece(life.pieces["answered"].pk)
    assert emptied is not None
    assert (emptied.body, emptied.author_id, emptied.signed) == ("", None, False)
    assert emptied.words_removed_at is not None
    step = Step.objects.unrestricted(TEST).get(case__piece_id=emptied.pk, kind=StepKind.DO)
    assert Piece.objects.unrestricted(TEST).get(pk=step.words_id).body == "Vi gjør det"
    assert not Membership.objects.unrestricted(TEST).filter(person_id=person.pk).exists()
    assert not DoorWish.objects.unrestricted(TEST).filter(person_id=person.pk).exists()
    assert CANARY not in " ".join(p.body for p in Piece.objects.unrestricted(TEST).all())


def test_letting_it_stay_leaves_the_words_without_the_name(table: Table) -> None:
    life = live(table)
    person, room = life.person, table.room("peer")
    leave(table, "citizen", Way.KEEP)
    story = piece(life.pieces["story"].pk)
    assert story is not None
    assert story.body == f"{CANARY} citizen story"
    assert (story.author_id, story.signed, story.sealed_by) == (None, False, room.pk)
    assert story.left_at is not None
    reader = table.actor("citizen-2")
    assert by_line(Piece.objects.visible_to(reader).get(pk=story.pk), reader) == "Uten navn"
    assert piece(life.pieces["draft"].pk) is None
    copy = piece(life.pieces["waiting"].pk)
    assert copy is not None
    assert copy.sealed_by == table.room("board").pk
    assert Case.objects.unrestricted(TEST).filter(piece_id=copy.pk).exists()
    assert keys.is_destroyed(person.sealed_by)
    assert not Person.objects.unrestricted(TEST).filter(pk=person.pk).exists()


def test_what_was_left_belongs_to_nobody(table: Table) -> None:
    """It looks like the group's own, and is not: nobody edits it or carries it on."""
    life = live(table)
    leave(table, "citizen", Way.KEEP)
    story, host = piece(life.pieces["story"].pk), table.actor("host")
    assert story is not None
    group = rooms.write_for_group(actor=host, room=table.room("peer"), kind=PieceKind.INPUT, text="vårt")
    group = Piece.objects.visible_to(host).get(pk=group.pk)
    assert rules.may_edit(host, group)
    assert rules.may_propose_decision(host, group, table.room("board"))
    story = Piece.objects.visible_to(host).get(pk=story.pk)
    assert not rules.may_edit(host, story)
    assert not rules.may_propose_decision(host, story, table.room("board"))


@BOTH
def test_having_been_there_becomes_a_head(table: Table, way: Way) -> None:
    life = live(table)
    gathering = gather(life)
    leave(table, "citizen", way)
    now = Gathering.objects.unrestricted(TEST).get(pk=gathering.pk)
    assert now.others_citizens == 1
    assert not Attendance.objects.unrestricted(TEST).filter(gathering=gathering).exists()
    assert not Answer.objects.unrestricted(TEST).filter(gathering=gathering).exists()


@BOTH
def test_the_page_before_tells_the_truth(table: Table, way: Way) -> None:
    life = live(table)
    gather(life)
    before = scope.foretell(table.actor("citizen"), way, None)
    parting_id = leave(table, "citizen", way)
    receipt = Receipt.objects.unrestricted(TEST).get(pk=parting_id)
    assert told(receipt.numbers) == +before
    if way == Way.TAKE:
        assert before[Fate.GONE, "story"] == 2
        assert before[Fate.EMPTIED, "input"] == 1
    else:
        assert before[Fate.NAMELESS, "story"] == 2
        assert before[Fate.GONE, "draft"] == 1


@BOTH
def test_anothers_canary_stays_whole(table: Table, way: Way) -> None:
    live(table)
    other = live(table, "citizen-2")
    comment = board.comment(
        actor=table.actor("citizen-2"),
        case=case_of(table, live(table, "citizen-3").pieces["waiting"]),
        text="naboens ord",
    )
    bodies = {p.pk: (p.body, p.author_id, p.room_id) for p in _mine(other.person)}
    leave(table, "citizen", way)
    assert {p.pk: (p.body, p.author_id, p.room_id) for p in _mine(other.person)} == bodies
    assert comment.words_id in bodies
    assert table.actor("citizen-2").person.shown_name == "Bjarne"


def test_what_others_said_under_it_goes_back_to_them(table: Table) -> None:
    life = live(table)
    step = board.comment(
        actor=table.actor("citizen-2"), case=case_of(table, life.pieces["waiting"]), text="mitt svar til deg"
    )
    leave(table, "citizen", Way.TAKE)
    words = piece(step.words_id)  # type: ignore[arg-type]
    assert words is not None
    assert (words.body, words.room_id) == ("mitt svar til deg", None)


def test_what_a_host_held_back_does_not_stay(table: Table) -> None:
    life = live(table)
    rooms.hold_back(actor=table.actor("host"), piece=life.pieces["story"], why="snakk med meg")
    leave(table, "citizen", Way.KEEP)
    assert piece(life.pieces["story"].pk) is None


# -- a host, an employee


@BOTH
def test_a_host_who_leaves(table: Table, way: Way) -> None:
    actor, room = table.actor("host"), table.room("peer")
    person = table.people["host"]
    own = rooms.write(actor=actor, room=room, kind=PieceKind.POST, text="vertens egne ord")
    group = rooms.write_for_group(actor=actor, room=room, kind=PieceKind.RULE, text="gruppas regel")
    held = rooms.write(actor=table.actor("citizen"), room=room, kind=PieceKind.POST, text="vent")
    rooms.hold_back(actor=actor, piece=held, why="la oss snakke")
    leave(table, "host", way)
    rule = piece(group.pk)
    assert rule is not None
    assert rule.body == "gruppas regel"
    after = piece(own.pk)
    assert (after is None) == (way == Way.TAKE)
    kept = piece(held.pk)
    assert kept is not None
    assert (kept.hidden_by_id, kept.body, kept.hidden_why) == (None, "vent", "la oss snakke")
    assert not Seat.objects.unrestricted(TEST).filter(membership__person_id=person.pk).exists()


@BOTH
def test_an_employee_who_leaves_and_what_the_service_answered(table: Table, way: Way) -> None:
    case = taken(table, "employee")
    step = board.answer(
        actor=table.actor("employee"),
        case=case,
        kind=StepKind.NOT_OURS,
        reason="Loven sier det",
        sent_to="Statsforvalteren",
    )
    waiting = taken(table, "employee", said(table, text="et annet"))
    own = rooms.write(
        actor=table.actor("employee"), room=table.room("service"), kind=PieceKind.POST, text="mine egne ord"
    )
    person = table.people["employee"]
    before = scope.foretell(table.actor("employee"), way, None)
    parting_id = leave(table, "employee", way)
    assert told(Receipt.objects.unrestricted(TEST).get(pk=parting_id).numbers) == +before
    answer = Step.objects.unrestricted(TEST).get(pk=step.pk)
    assert (answer.by_id, answer.sent_to) == (None, "Statsforvalteren")
    words = piece(step.pk)
    assert words is not None
    assert (words.body, words.author_id, words.sealed_by) == ("Loven sier det", None, table.rooms["board"].pk)
    assert before[Fate.FREED, "promise"] == 1
    freed = Case.objects.unrestricted(TEST).get(pk=waiting.pk)
    assert freed.responder_id is None
    from langbord.followup.lines import waiting_for

    coordinator = waiting_for(table.actor("coordinator"))
    assert waiting.pk in {line.case.pk for line in coordinator.nobodys}
    assert (piece(own.pk) is None) == (way == Way.TAKE)
    assert keys.is_destroyed(person.sealed_by)


# -- one of several processes


@BOTH
def test_one_of_two_processes(table: Table, way: Way) -> None:
    also_in_the_other(table)
    here, there = live(table), live(table, room="b-group")
    gather(here)
    old = here.person.sealed_by
    before = scope.foretell(table.actor("citizen"), way, table.process.pk)
    parting_id = leave(table, "citizen", way, table.process.pk)
    person: Person = Person.objects.unrestricted(TEST).get(pk=here.person.pk)
    assert person.sealed_by != old
    assert keys.is_destroyed(old)
    assert person.shown_name == "Amina"
    for name, kept in there.pieces.items():
        now = piece(kept.pk)
        assert now is not None, name
        assert now.body == kept.body, name
        assert now.sealed_by == person.sealed_by
    assert (piece(here.pieces["story"].pk) is None) == (way == Way.TAKE)
    assert piece(here.pieces["draft"].pk) is None
    assert [m.process_id for m in Membership.objects.unrestricted(TEST).filter(person=person)] == [
        table.other.pk
    ]
    assert told(Receipt.objects.unrestricted(TEST).get(pk=parting_id).numbers) == +before
    table.people["citizen"] = person
    again = rooms.save_draft(
        actor=table.actor("citizen"), process_id=table.other.pk, kind=PieceKind.STORY, text="nytt etterpå"
    )
    assert again.sealed_by == person.sealed_by
    assert piece(again.pk).body == "nytt etterpå"  # type: ignore[union-attr]


def test_the_words_of_the_process_one_left_open_with_no_key(table: Table) -> None:
    """Even a copy of the rows from before shows nothing: they were sealed with the key that is gone."""
    also_in_the_other(table)
    here = live(table)
    live(table, room="b-group")
    before = Piece.objects.unrestricted(TEST).get(pk=here.pieces["draft"].pk)
    leave(table, "citizen", Way.TAKE, table.process.pk)
    assert isinstance(before.body, Unopenable)
    assert before.body.reason == "destroyed"


def test_leaving_the_only_process_is_leaving_all(table: Table) -> None:
    parting_id = leave(table, "citizen", Way.TAKE, table.process.pk)
    assert Receipt.objects.unrestricted(TEST).get(pk=parting_id).whole
    assert not Person.objects.unrestricted(TEST).filter(pk=table.people["citizen"].pk).exists()


def test_leaving_one_and_then_the_other(table: Table) -> None:
    also_in_the_other(table)
    live(table)
    live(table, room="b-group")
    leave(table, "citizen", Way.TAKE, table.process.pk)
    table.people["citizen"] = Person.objects.unrestricted(TEST).get(pk=table.people["citizen"].pk)
    last = table.people["citizen"].sealed_by
    leave(table, "citizen", Way.TAKE, table.other.pk)
    assert keys.is_destroyed(last)
    assert not Person.objects.unrestricted(TEST).filter(pk=table.people["citizen"].pk).exists()


def test_a_role_that_comes_back_with_a_backup_goes_again(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langbord.leaving import again
    from langbord.vault import ledger

    # the same people sit in every test, and the ledger forgets nothing: this test writes one of its own
    monkeypatch.setattr(ledger, "path", lambda: tmp_path / ledger.NAME)
    also_in_the_other(table)
    live(table)
    there = live(table, room="b-group")
    role = Membership.objects.unrestricted(TEST).get(person_id=there.person.pk, process_id=table.process.pk)
    leave(table, "citizen", Way.TAKE, table.process.pk)
    role.save(force_insert=True)
    known = ledger.read(ledger.path())
    assert again.erase_again(known).startswith("1 som hadde sluttet")
    assert again.erase_again(known) == ""
    assert not Membership.objects.unrestricted(TEST).filter(pk=role.pk).exists()
    kept = piece(there.pieces["story"].pk)
    assert kept is not None
    assert kept.body == there.pieces["story"].body


# -- the order, and who


@pytest.mark.parametrize(
    "who", ["citizen", "host", "employee", "coordinator", "leader", "researcher", "operator"]
)
@BOTH
def test_everybody_can_leave(table: Table, who: str, way: Way) -> None:
    person = table.people[who]
    parting_id = leave(table, who, way)
    assert not Person.objects.unrestricted(TEST).filter(pk=person.pk).exists()
    assert not Contact.objects.unrestricted(TEST).filter(person_id=person.pk).exists()
    assert not Card.objects.unrestricted(TEST).filter(person_id=person.pk).exists()
    assert not Parting.objects.unrestricted(TEST).exists()
    receipt = Receipt.objects.unrestricted(TEST).get(pk=parting_id)
    assert str(person.pk) not in str(receipt.__dict__)


def test_a_second_click_does_nothing_more(table: Table) -> None:
    live(table)
    parting_id = leave(table, "citizen")
    doing.carry_out(parting_id)
    assert Receipt.objects.unrestricted(TEST).count() == 1


def test_two_partings_at_once_are_one(table: Table) -> None:
    actor, first = table.actor("citizen"), uuid4()
    doing.ask(actor=actor, way=Way.TAKE, process_id=None, parting_id=first)
    assert doing.ask(actor=actor, way=Way.TAKE, process_id=None, parting_id=first).pk == first
    with pytest.raises(NotNow):
        doing.ask(actor=actor, way=Way.KEEP, process_id=None, parting_id=uuid4())


def test_the_log_tells_that_and_not_who_said_what(table: Table) -> None:
    live(table)
    leave(table, "citizen")
    verbs = list(Event.objects.filter(verb__startswith="leaving.").values_list("verb", "actor_id"))
    assert verbs == [("leaving.asked.take", table.people["citizen"].pk), ("leaving.done.take", None)]
    # The receipt's id is the key of the form: whoever read it in the log could have the receipt shown.
    assert not Event.objects.filter(object_id=Receipt.objects.unrestricted(TEST).get().pk).exists()


__all__ = ["PIN"]
