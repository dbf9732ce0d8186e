"""Received by the authority: nothing without a yes, a no that looks like silence, once, and then it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command

from langbord.access.enums import CasePower
from langbord.base import clock, personal_data
from langbord.base.errors import NotAllowed, NotNow, ProcessClosed
from langbord.base.models import Event
from langbord.followup import lines, receiving, rules
from langbord.followup.models import Asking, AskingAnswer, Case, Received
from langbord.leaving import pausing
from langbord.people.models import Organisation
from langbord.rooms import actions as rooms
from langbord.rooms.models import Piece
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.followup.helpers import QUOTE, case_of, fresh, leave, said, say, taken
from tests.followup.receiving import WHY, answer, ask, asking_for, given, group_case, received
from tests.retention.helpers import close

# -- asking


@pytest.mark.parametrize("who", ["coordinator", "employee"])
def test_those_who_answer_for_the_service_may_ask(table: Table, who: str) -> None:
    case = taken(table, "employee")
    assert ask(table, case, who).reason == WHY


@pytest.mark.parametrize(
    "who", ["citizen", "citizen-2", "partner", "host", "leader", "researcher", "host-service", "employee"]
)
def test_nobody_else_may(table: Table, who: str) -> None:
    with pytest.raises(NotAllowed):
        ask(table, said(table), who)


@pytest.mark.parametrize("who", ["citizen-2", "partner"])
def test_a_promise_is_not_enough_without_answering_for_the_authority(table: Table, who: str) -> None:
    with pytest.raises(NotAllowed):
        ask(table, taken(table, who), who)


def test_a_reason_is_needed_and_one_asks_once(table: Table) -> None:
    case = said(table)
    with pytest.raises(NotNow):
        receiving.ask(actor=table.actor("coordinator"), case=fresh(table, case), reason="  ")
    pk = uuid4()
    first = ask(table, case, asking_id=pk)
    assert ask(table, case, asking_id=pk).pk == first.pk
    with pytest.raises(NotNow):
        ask(table, case)
    answer(table, "citizen", case, yes=False)
    with pytest.raises(NotNow):
        ask(table, case)


def test_another_s_key_opens_nothing(table: Table) -> None:
    first, second = said(table), taken(table, "employee", said(table, text="noe annet"))
    pk = ask(table, first).pk
    with pytest.raises(NotAllowed):
        ask(table, second, "employee", asking_id=pk)


def test_only_an_authority_has_such_a_record(table: Table) -> None:
    case = said(table)
    Organisation.objects.filter(pk=table.process.organisation_id).update(kind="voluntary")
    with pytest.raises(NotNow):
        ask(table, case)
    Organisation.objects.filter(pk=table.process.organisation_id).update(kind="state")
    ask(table, case)


# -- answering


def test_nothing_is_received_without_a_yes(table: Table) -> None:
    case = said(table)
    ask(table, case)
    with clock.frozen(clock.now() + timedelta(days=40)):
        assert receiving.settle_due() == 0
    assert received(case) is None
    assert fresh(table, case).on_record_at is None


def test_a_yes_makes_a_copy_sealed_with_the_organisation_s_key(table: Table) -> None:
    case, copy = given(table)
    organisation = table.process.organisation_id
    assert (copy.sealed_by, copy.organisation_id) == (organisation, organisation)
    assert (copy.body, copy.reason, copy.asked_by_name) == (QUOTE, WHY, "Kari")
    assert copy.said_by == "fra en innbygger"
    assert copy.about == table.process.name
    assert fresh(table, case).on_record_at == copy.received_at


def test_a_name_follows_only_where_it_stood_on_the_board(table: Table) -> None:
    assert given(table, signed=True)[1].said_by == "Amina"
    assert given(table, "employee", signed=True)[1].said_by == "Espen"


@pytest.mark.parametrize("who", ["citizen-2", "host", "coordinator", "employee", "leader"])
def test_nobody_says_yes_for_the_author(table: Table, who: str) -> None:
    case = said(table)
    ask(table, case)
    held = Asking.objects.unrestricted(TEST).select_related("case__piece").get(case=case)
    with pytest.raises(NotAllowed):
        receiving.answer(actor=table.actor(who), asking=held, yes=True)
    assert received(case) is None


def test_it_is_received_once(table: Table) -> None:
    case, _copy = given(table)
    assert not answer(table, "citizen", case)
    with pytest.raises(NotNow):
        answer(table, "citizen", case, yes=False)
    with pytest.raises(NotNow):
        ask(table, case)
    assert Received.objects.unrestricted(TEST).count() == 1


def test_a_no_looks_like_silence_and_can_become_a_yes(table: Table) -> None:
    case = said(table)
    ask(table, case)
    seen = lines.receiving_on(table.actor("coordinator"), fresh(table, case), gone=False)
    answer(table, "citizen", case, yes=False)
    after = lines.receiving_on(table.actor("coordinator"), fresh(table, case), gone=False)
    assert (seen.waits, seen.own_answer, seen.may_ask) == (after.waits, after.own_answer, after.may_ask)
    for name in table.cast:
        answers = AskingAnswer.objects.visible_to(table.actor(name))
        assert answers.exists() is (name == "citizen"), name
    assert not Event.objects.filter(verb__contains="receiving", actor_id=table.people["citizen"].pk).exists()
    assert answer(table, "citizen", case)


def test_only_those_concerned_know_that_somebody_was_asked(table: Table) -> None:
    case = taken(table, "employee")
    ask(table, case)
    know = {n for n in table.cast if Asking.objects.visible_to(table.actor(n)).exists()}
    assert know == {"citizen", "coordinator", "employee"}


def test_words_taken_back_are_not_received(table: Table) -> None:
    piece, copy = say(table)
    case = case_of(table, copy)
    ask(table, case)
    rooms.take_back(actor=table.actor("citizen"), piece=piece, with_copies=True)
    assert not Asking.objects.unrestricted(TEST).exists()
    assert Received.objects.unrestricted(TEST).count() == 0


def test_what_can_t_be_opened_never_becomes_the_record(table: Table) -> None:
    case = said(table)
    ask(table, case)
    Piece.objects.unrestricted(TEST).filter(pk=case.piece_id).update(sealed_by=uuid4())
    with pytest.raises(NotNow):
        answer(table, "citizen", case)
    assert received(case) is None


# -- the group


def test_a_group_says_yes_each_for_themself(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    assert not answer(table, "citizen", case)
    assert not answer(table, "citizen-2", case)
    assert answer(table, "citizen-3", case)
    copy = received(case)
    assert copy is not None
    assert (copy.said_by, copy.author_id, copy.room_id) == ("fra gruppa", None, table.rooms["peer"].pk)


def test_a_host_s_record_takes_seven_days_and_never_goes_against_a_no(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    receiving.record_agreement(actor=table.actor("host"), asking=asking_for(table, "host", case))
    with clock.frozen(clock.now() + timedelta(days=6)):
        assert receiving.settle_due() == 0
    answer(table, "citizen-2", case, yes=False)
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert receiving.settle_due() == 0
        assert answer(table, "citizen-2", case)
        assert receiving.settle_due() == 0
    assert received(case) is not None


def test_seven_days_without_a_no(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    receiving.record_agreement(actor=table.actor("host"), asking=asking_for(table, "host", case))
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        call_command("tick")
    assert received(case) is not None


def test_the_home_page_asks_those_concerned_and_shows_nobody_more_than_the_gate(table: Table) -> None:
    asked_of = {"citizen": said(table), "group": group_case(table)}
    for case in asked_of.values():
        ask(table, case)

    def waits() -> dict[str, set[str]]:
        found = {}
        for name in table.cast:
            actor = table.actor(name)
            mine = set(Asking.objects.asks(actor).values_list("case_id", flat=True))
            assert mine <= set(Asking.objects.visible_to(actor).values_list("case_id", flat=True)), name
            found[name] = {words for words, case in asked_of.items() if case.pk in mine}
        return {name: cases for name, cases in found.items() if cases}

    assert waits() == {"citizen": {"citizen", "group"}, "citizen-2": {"group"}, "citizen-3": {"group"}}
    first_day = replace(table.actor("citizen"), reads_from=clock.now() + timedelta(seconds=1))
    assert not Asking.objects.asks(first_day).exists()
    answer(table, "citizen", asked_of["citizen"], yes=False)
    answer(table, "citizen-2", asked_of["group"])
    assert waits() == {"citizen": {"group"}, "citizen-3": {"group"}}


def test_whoever_is_silent_is_not_asked_and_is_waited_for(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    pausing.be_silent(actor=table.actor("citizen-3"), process_id=table.process.pk)
    for name, asked in (("citizen", True), ("citizen-3", False)):
        assert Asking.objects.asks(table.actor(name)).exists() is asked, name
    receiving.record_agreement(actor=table.actor("host"), asking=asking_for(table, "host", case))
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert receiving.settle_due() == 0
        assert not answer(table, "citizen", case)
        assert not answer(table, "citizen-2", case)
        pausing.come_back(actor=table.actor("citizen-3"), process_id=table.process.pk)
        assert receiving.settle_due() == 1


def test_nothing_is_taken_after_the_process_was_closed(table: Table) -> None:
    asked, other = said(table), said(table, text="noe annet")
    ask(table, asked)
    close(table)
    with pytest.raises(ProcessClosed):
        ask(table, other)
    with pytest.raises(ProcessClosed):
        answer(table, "citizen", asked)
    assert received(asked) is None


@pytest.mark.parametrize("who", ["citizen", "coordinator", "host-other-group"])
def test_only_the_group_s_own_host_records_it(table: Table, who: str) -> None:
    case = group_case(table)
    ask(table, case)
    held = Asking.objects.unrestricted(TEST).select_related("case__piece").get(case=case)
    with pytest.raises(NotAllowed):
        receiving.record_agreement(actor=table.actor(who), asking=held)


def test_a_host_has_no_yes_of_their_own(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    with pytest.raises(NotAllowed):
        answer(table, "host", case)


# -- it stays


def test_taking_back_removes_the_words_from_the_board_and_not_the_copy(table: Table) -> None:
    piece, copy = say(table)
    case = case_of(table, copy)
    ask(table, case)
    answer(table, "citizen", case)
    rooms.take_back(actor=table.actor("citizen"), piece=piece, with_copies=True)
    kept = Case.objects.visible_to(table.actor("coordinator")).get(pk=case.pk)
    assert kept.words_taken_back
    assert kept.on_record_at is not None
    found = received(case)
    assert found is not None
    assert found.body == QUOTE


def test_the_copy_outlives_its_author_s_key(table: Table) -> None:
    case, _copy = given(table)
    keys.destroy(table.people["citizen"].pk)
    found = received(case)
    assert found is not None
    assert found.body == QUOTE


def test_leaving_takes_the_copy_out_of_sight_but_not_away(table: Table) -> None:
    case, _copy = given(table)
    leave(table, "citizen")
    assert received(case) is not None
    assert not Received.objects.visible_to(table.actor("citizen")).exists()


def test_whoever_leaves_is_told_and_has_it_in_their_file(table: Table) -> None:
    given(table)
    given(table, text="Og en ting til")
    person = table.people["citizen"].pk
    told = ["Fjordvik kommune har fått en kopi av 2 ting du har sagt. De blir der."]
    assert personal_data.what_stays(person, None) == told
    assert personal_data.what_stays(person, table.process.pk) == told
    assert personal_data.what_stays(person, table.other.pk) == []
    assert personal_data.what_stays(table.people["citizen-2"].pk, None) == []
    register = next(held for held in personal_data.registers() if held.app == "followup")
    sections = {section.key: section.items for section in register.export(person)}
    assert {f.value for facts in sections["received"] for f in facts if f.key == "words"} == {
        QUOTE,
        "Og en ting til",
    }
    assert len(sections["asked"]) == 2


# -- who reads the copy


def test_the_copy_is_read_by_those_who_answer_and_the_one_who_said_it(table: Table) -> None:
    case = taken(table, "employee")
    ask(table, case)
    answer(table, "citizen", case)
    read = {n for n in table.cast if Received.objects.visible_to(table.actor(n)).exists()}
    assert read == {"citizen", "coordinator", "employee"}
    row = Received.objects.unrestricted(TEST).select_related("case").get()
    assert read == {n for n in table.cast if rules.can_read_copy(table.actor(n), row)}


def test_a_group_s_copy_is_read_by_the_group(table: Table) -> None:
    case = group_case(table)
    ask(table, case)
    for name in ("citizen", "citizen-2", "citizen-3"):
        answer(table, name, case)
    read = {n for n in table.cast if Received.objects.visible_to(table.actor(n)).exists()}
    assert read == {"citizen", "citizen-2", "citizen-3", "host", "coordinator"}
    host = table.people["host"]
    host.case_power = CasePower.DECIDES
    host.save(update_fields=["case_power"])
    assert not Received.objects.visible_to(table.actor("host")).exists()
