"""Promises, answers, what came back, in use, comments: each rule beside its refusal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from langbord.access.enums import Role
from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.models import AppendOnly
from langbord.followup import actions, lines, rules
from langbord.followup.enums import State, StepKind
from langbord.followup.models import Case, Step
from langbord.rooms import actions as rooms
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.followup.helpers import (
    ANSWERING,
    NOT_ANSWERING,
    OUTSIDE,
    also,
    fresh,
    leave,
    said,
    steps_of,
    taken,
)

# -- who promises


@pytest.mark.parametrize("who", ANSWERING)
def test_anyone_on_either_side_may_take_it_on(table: Table, who: str) -> None:
    case = said(table)
    actions.assign(actor=table.actor(who), case=case, promised_on=actions.usual_promise())
    now = fresh(table, case)
    assert (now.responder_id, now.promised_on) == (table.people[who].pk, clock.today() + timedelta(days=14))
    assert case.responder_id == now.responder_id


@pytest.mark.parametrize("who", [*NOT_ANSWERING, *OUTSIDE])
def test_nobody_else_takes_it_on(table: Table, who: str) -> None:
    case = said(table)
    with pytest.raises(NotAllowed):
        actions.assign(actor=table.actor(who), case=case, promised_on=actions.usual_promise())
    assert fresh(table, case).responder_id is None


def test_a_host_with_a_role_on_a_side_may_take_it_on(table: Table) -> None:
    also(table, "host-service", Role.EMPLOYEE)
    taken(table, "host-service")


def test_only_the_coordinator_appoints_somebody_else(table: Table) -> None:
    case, day = said(table), actions.usual_promise()
    for who in ("employee", "citizen", "leader", "host"):
        with pytest.raises(NotAllowed):
            actions.assign(
                actor=table.actor(who), case=case, promised_on=day, responder_id=table.people["partner"].pk
            )
    actions.assign(
        actor=table.actor("coordinator"), case=case, promised_on=day, responder_id=table.people["partner"].pk
    )
    assert fresh(table, case).responder_id == table.people["partner"].pk


@pytest.mark.parametrize(
    "whom", ["citizen-2", "host", "researcher", "outsider", "employee-other-process", "withdrawn"]
)
def test_the_coordinator_appoints_only_those_who_answer_for_the_service(table: Table, whom: str) -> None:
    case = said(table)
    with pytest.raises(NotNow):
        actions.assign(
            actor=table.actor("coordinator"),
            case=case,
            promised_on=actions.usual_promise(),
            responder_id=table.people[whom].pk,
        )
    assert fresh(table, case).responder_id is None


def test_the_candidates_are_the_service_and_nobody_s_to_see_but_the_coordinator_s(table: Table) -> None:
    case = said(table)
    found = {m.person_id for m in actions.candidates(table.actor("coordinator"), case)}
    assert found == {table.people[who].pk for who in ("employee", "partner", "coordinator", "leader")}
    assert actions.candidates(table.actor("employee"), case) == []


def test_what_somebody_has_taken_is_theirs(table: Table) -> None:
    case = taken(table, "employee")
    with pytest.raises(NotNow):
        actions.assign(actor=table.actor("partner"), case=case, promised_on=actions.usual_promise())
    assert fresh(table, case).responder_id == table.people["employee"].pk
    actions.assign(actor=table.actor("coordinator"), case=case, promised_on=actions.usual_promise())
    assert fresh(table, case).responder_id == table.people["coordinator"].pk


def test_the_promise_of_one_who_left_may_be_taken_over(table: Table) -> None:
    case = taken(table, "employee")
    leave(table, "employee")
    with pytest.raises(NotAllowed):
        actions.answer(actor=table.actor("employee"), case=case, kind=StepKind.DO, reason="Jeg er borte.")
    actions.assign(actor=table.actor("citizen-2"), case=case, promised_on=actions.usual_promise())
    assert fresh(table, case).responder_id == table.people["citizen-2"].pk


def test_a_moved_date_stays_to_be_seen(table: Table) -> None:
    case = taken(table, "employee")
    later = clock.today() + timedelta(days=30)
    actions.assign(actor=table.actor("employee"), case=case, promised_on=later)
    _line, trail = lines.trail_of(table.actor("citizen"), fresh(table, case))
    assert [t.promised_on for t in trail] == [actions.usual_promise(), later]
    assert {t.responder for t in trail} == {"Espen"}


def test_the_day_must_be_one_that_comes(table: Table) -> None:
    case, employee = said(table), table.actor("employee")
    for day in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=400)):
        with pytest.raises(NotNow):
            actions.assign(actor=employee, case=case, promised_on=day)
    assert steps_of(case) == []
    actions.assign(actor=employee, case=case, promised_on=clock.today())


# -- who answers, and how


@pytest.mark.parametrize("kind", ["do", "try", "not_now", "not_ours"])
def test_the_responder_answers_with_a_reason(table: Table, kind: str) -> None:
    case = taken(table)
    actions.answer(
        actor=table.actor("employee"), case=case, kind=kind, reason=" Fordi det passer. ", sent_to="Husbanken"
    )
    line, trail = lines.trail_of(table.actor("citizen"), fresh(table, case))
    assert (line.state, trail[-1].words, trail[-1].by) == (kind, "Fordi det passer.", "Espen")
    assert trail[-1].sent_to == ("Husbanken" if kind == "not_ours" else "")


def test_a_citizen_answers_what_the_service_asked(table: Table) -> None:
    case = taken(table, "citizen-2", said(table, "employee", "service"))
    actions.answer(
        actor=table.actor("citizen-2"), case=case, kind=StepKind.DO, reason="Det kan vi hjelpe med."
    )
    assert fresh(table, case).state == State.DO


def test_the_coordinator_may_answer_for_one_who_cannot(table: Table) -> None:
    case = taken(table)
    actions.answer(actor=table.actor("coordinator"), case=case, kind=StepKind.DO, reason="Espen er syk.")
    assert fresh(table, case).state == State.DO


@pytest.mark.parametrize(
    "who", [w for w in (*ANSWERING, *NOT_ANSWERING, *OUTSIDE) if w not in ("employee", "coordinator")]
)
def test_nobody_else_answers(table: Table, who: str) -> None:
    case = taken(table)
    actor = table.actor(who)
    actions.answer(
        actor=table.actor("employee"), case=case, kind=StepKind.NOT_OURS, reason="Loven.", sent_to="NAV"
    )
    before = steps_of(case)
    with pytest.raises(NotAllowed):
        actions.answer(actor=actor, case=case, kind=StepKind.DO, reason="Det fikser jeg.")
    with pytest.raises(NotAllowed):
        actions.take_into_use(actor=actor, case=case, text="I bruk.")
    with pytest.raises(NotAllowed):
        actions.tell_what_came_back(actor=actor, case=case, text="De sa ja.")
    assert steps_of(case) == before


def test_a_right_in_another_process_is_no_right_here(table: Table) -> None:
    case = taken(table)
    for who in ("coordinator-other-process", "employee-other-process"):
        with pytest.raises(NotAllowed):
            actions.answer(actor=table.actor(who), case=case, kind=StepKind.DO, reason="Her bestemmer jeg.")


@pytest.mark.parametrize("kind", ["do", "try", "not_now", "not_ours"])
def test_no_answer_without_a_reason(table: Table, kind: str) -> None:
    case = taken(table)
    for reason in ("", "  \n "):
        with pytest.raises(NotNow) as refused:
            actions.answer(actor=table.actor("employee"), case=case, kind=kind, reason=reason, sent_to="NAV")
        assert "hvorfor" in str(refused.value)
    assert fresh(table, case).state == State.WAITING


def test_not_ours_says_where_it_was_sent(table: Table) -> None:
    case = taken(table)
    with pytest.raises(NotNow) as refused:
        actions.answer(
            actor=table.actor("employee"), case=case, kind=StepKind.NOT_OURS, reason="Staten.", sent_to=" "
        )
    assert "sendt" in str(refused.value)
    assert fresh(table, case).state == State.WAITING


@pytest.mark.parametrize("kind", ["promise", "came_back", "in_use", "comment", "waiting", "tull"])
def test_there_are_four_answers(table: Table, kind: str) -> None:
    case = taken(table)
    with pytest.raises(NotAllowed):
        actions.answer(actor=table.actor("employee"), case=case, kind=kind, reason="Et påskudd.")


def test_answers_follow_one_another_and_all_stay(table: Table) -> None:
    case, employee = taken(table), table.actor("employee")
    with clock.frozen(clock.now()) as time:
        for kind, words in (("try", "Vi prøver."), ("do", "Det gikk bra."), ("try", "Enda et sted.")):
            time.move(timedelta(days=1))
            actions.answer(actor=employee, case=case, kind=kind, reason=words)
        time.move(timedelta(days=1))
        actions.take_into_use(actor=employee, case=case, text="Nå kan du velge sted.")
    line, trail = lines.trail_of(table.actor("citizen-other-group"), fresh(table, case))
    assert [t.kind for t in trail] == ["promise", "try", "do", "try", "in_use"]
    assert [t.words for t in trail[1:]] == [
        "Vi prøver.",
        "Det gikk bra.",
        "Enda et sted.",
        "Nå kan du velge sted.",
    ]
    assert (line.state, line.happened) == (State.IN_USE, "Nå kan du velge sted.")


def test_in_use_only_after_an_answer(table: Table) -> None:
    case = taken(table)
    with pytest.raises(NotNow):
        actions.take_into_use(actor=table.actor("employee"), case=case, text="Alt er i bruk.")
    assert fresh(table, case).state == State.WAITING


def test_what_came_back_only_of_what_was_sent(table: Table) -> None:
    case, employee = taken(table), table.actor("employee")
    actions.answer(actor=employee, case=case, kind=StepKind.TRY, reason="Vi prøver.")
    with pytest.raises(NotNow):
        actions.tell_what_came_back(actor=employee, case=case, text="De sa ja.")
    actions.answer(actor=employee, case=case, kind=StepKind.NOT_OURS, reason="Staten.", sent_to="Husbanken")
    actions.tell_what_came_back(actor=employee, case=case, text="De sa ja.")
    line, _trail = lines.trail_of(table.actor("citizen"), fresh(table, case))
    assert (line.state, line.happened) == (State.NOT_OURS, "Sendt til Husbanken. De sa ja.")


@pytest.mark.parametrize("who", [*ANSWERING, *NOT_ANSWERING])
def test_everybody_who_reads_the_board_may_comment(table: Table, who: str) -> None:
    case = said(table)
    actions.comment(actor=table.actor(who), case=case, text="kanarifugl-ord")
    _line, trail = lines.trail_of(table.actor("employee"), fresh(table, case))
    assert [(t.words, t.by) for t in trail] == [("kanarifugl-ord", str(table.people[who].name))]
    for nameless in ("leader", "researcher"):
        _line, trail = lines.trail_of(table.actor(nameless), fresh(table, case))
        assert [(t.words, t.by) for t in trail] == [("kanarifugl-ord", "")]
    assert fresh(table, case).state == State.WAITING


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_comments(table: Table, who: str) -> None:
    case = said(table)
    with pytest.raises(NotAllowed):
        actions.comment(actor=table.actor(who), case=case, text="Slipp inn.")


# -- twice, and never changed


def test_a_second_click_makes_nothing_new(table: Table) -> None:
    case, employee = said(table), table.actor("employee")
    once = [uuid4() for _ in range(4)]
    for _click in range(2):
        actions.assign(actor=employee, case=case, promised_on=actions.usual_promise(), step_id=once[0])
        actions.answer(actor=employee, case=case, kind=StepKind.DO, reason="Ja.", step_id=once[1])
        actions.take_into_use(actor=employee, case=case, text="Nå.", step_id=once[2])
        actions.comment(actor=employee, case=case, text="Bra.", step_id=once[3])
    assert steps_of(case) == ["promise", "do", "in_use", "comment"]
    assert Piece.objects.unrestricted(TEST).filter(kind__in=["answer", "comment"]).count() == 3


def test_somebody_else_s_id_is_refused(table: Table) -> None:
    case, other = taken(table), taken(table)
    step = actions.comment(actor=table.actor("partner"), case=case, text="Mitt.")
    draft = rooms.save_draft(
        actor=table.actor("citizen"), process_id=table.process.pk, kind=PieceKind.POST, text="Min kladd."
    )
    for taken_id in (step.pk, draft.pk):
        with pytest.raises(NotAllowed):
            actions.comment(actor=table.actor("employee"), case=case, text="Mitt også.", step_id=taken_id)
    with pytest.raises(NotAllowed):
        actions.comment(actor=table.actor("partner"), case=other, text="Mitt.", step_id=step.pk)
    assert Piece.objects.unrestricted(TEST).get(pk=draft.pk).body == "Min kladd."


def test_a_step_is_never_changed(table: Table) -> None:
    step = actions.comment(actor=table.actor("partner"), case=said(table), text="Står.")
    step.kind = StepKind.DO
    with pytest.raises(AppendOnly):
        step.save()


def test_an_answer_whose_words_were_taken_back_keeps_its_date(table: Table) -> None:
    """Whoever wrote the reason may take it back to a draft of their own. The board says so; it shows them no draft."""
    case, employee = taken(table), table.actor("employee")
    step = actions.answer(actor=employee, case=case, kind=StepKind.DO, reason="kanarifugl-grunn")
    words = Piece.objects.visible_to(employee).get(pk=step.words_id)
    rooms.take_back(actor=employee, piece=words)
    for who in ("citizen", "employee"):
        line, trail = lines.trail_of(table.actor(who), fresh(table, case))
        assert (line.state, line.happened) == (State.DO, "")
        assert (trail[-1].taken_back, trail[-1].words) == (True, "")
    rooms.throw_away(actor=employee, piece=Piece.objects.visible_to(employee).get(pk=words.pk))
    kept = Step.objects.unrestricted(TEST).get(pk=step.pk)
    assert (kept.words_id, kept.kind, kept.at) == (None, "do", step.at)


def test_a_comment_that_is_taken_back_leaves_nothing(table: Table) -> None:
    case, partner = said(table), table.actor("partner")
    step = actions.comment(actor=partner, case=case, text="Nei, forresten.")
    rooms.take_back(actor=partner, piece=Piece.objects.visible_to(partner).get(pk=step.words_id))
    assert lines.trail_of(table.actor("citizen"), fresh(table, case))[1] == []


def test_write_on_board_writes_only_what_belongs_there(table: Table) -> None:
    for kind in (PieceKind.INPUT, PieceKind.STORY, PieceKind.MINUTES):
        with pytest.raises(NotAllowed):
            actions.write_on_board(
                actor=table.actor("citizen"), process_id=table.process.pk, kind=kind, text="Snarvei."
            )
    for who in OUTSIDE:
        with pytest.raises(NotAllowed):
            actions.write_on_board(
                actor=table.actor(who), process_id=table.process.pk, kind=PieceKind.COMMENT, text="Utenfra."
            )


# -- late


def test_late_begins_when_the_day_is_over_in_norway(table: Table) -> None:
    case = said(table)
    with clock.frozen(datetime(2026, 6, 1, 10, tzinfo=UTC)) as time:
        actions.assign(actor=table.actor("employee"), case=case, promised_on=date(2026, 6, 10))
        all_cases = Case.objects.visible_to(table.actor("citizen"))
        for at, late in (
            (datetime(2026, 6, 10, 12, tzinfo=UTC), False),
            (datetime(2026, 6, 10, 21, 59, tzinfo=UTC), False),  # 23.59 in Oslo
            (datetime(2026, 6, 10, 22, 0, tzinfo=UTC), True),  # midnight in Oslo, still the tenth in UTC
            (datetime(2026, 6, 11, 12, tzinfo=UTC), True),
        ):
            time.move_to(at)
            assert all_cases.get().is_late is late
            assert all_cases.late().exists() is late
        actions.answer(actor=table.actor("employee"), case=case, kind=StepKind.TRY, reason="Sent, men godt.")
        assert not all_cases.get().is_late
        assert not all_cases.late().exists()


def test_late_in_winter_time(table: Table) -> None:
    case = said(table)
    with clock.frozen(datetime(2026, 1, 2, tzinfo=UTC)) as time:
        actions.assign(actor=table.actor("employee"), case=case, promised_on=date(2026, 1, 10))
        time.move_to(datetime(2026, 1, 10, 22, 59, tzinfo=UTC))
        assert not fresh(table, case).is_late
        time.move_to(datetime(2026, 1, 10, 23, 0, tzinfo=UTC))
        assert fresh(table, case).is_late


def test_without_a_promise_nothing_is_late(table: Table) -> None:
    case = said(table)
    with clock.frozen(clock.now() + timedelta(days=300)):
        assert not case.is_late
        assert not Case.objects.visible_to(table.actor("citizen")).late().exists()


# -- the queryset and the rule agree


def test_visible_to_and_can_view_agree_for_everybody(table: Table) -> None:
    cases = [said(table), said(table, "paid", "b-group")]
    for who in table.cast:
        actor = table.actor(who)
        seen = set(Case.objects.visible_to(actor).values_list("pk", flat=True))
        assert seen == {case.pk for case in cases if rules.can_view(actor, case)}, who
        inside = who not in OUTSIDE
        assert (cases[0].pk in seen) is inside, who


def test_a_new_card_s_first_day_opens_nothing_older(table: Table) -> None:
    from langbord.access.actor import actor_of

    case = taken(table)
    actions.comment(actor=table.actor("partner"), case=case, text="Eldre.")
    actions.propose_task(actor=table.actor("partner"), process_id=table.process.pk, text="Eldre oppgave")
    new = actor_of(table.people["citizen-2"], reads_from=clock.now() + timedelta(seconds=1))
    assert not Case.objects.visible_to(new).exists()
    assert not Step.objects.visible_to(new).exists()
    assert lines.tasks_of(new, table.process.pk) == []
    with pytest.raises(NotAllowed):
        actions.comment(actor=new, case=case, text="Jeg ser ikke dette.")
