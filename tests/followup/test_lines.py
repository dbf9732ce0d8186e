"""The board as it is shown: order, search, names, paging, and the number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from langbord.base import clock
from langbord.followup import actions, lines
from langbord.followup.enums import State, StepKind
from langbord.followup.models import Case
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.followup.helpers import fresh, said, taken
from tests.retention.helpers import close
from tests.signin import signed_in


def count(call: Any) -> tuple[int, Any]:
    """Queries in both databases, with a fresh ring of keys as in a request."""
    with (
        keys.ring(),
        CaptureQueriesContext(connections["default"]) as words,
        CaptureQueriesContext(connections["vault"]) as vault,
    ):
        result = call()
    return len(words) + len(vault), result


def many(table: Table, number: int) -> None:
    """Cases of every kind, with two writers, two responders, tasks and comments."""
    kinds = ["", "do", "try", "not_now", "not_ours", "in_use"]
    for place in range(number):
        who = "citizen" if place % 2 else "citizen-2"
        case = said(table, who, signed=bool(place % 3), text=f"Noe nummer {place}")
        kind, employee = kinds[place % 6], table.actor("employee")
        if not kind:
            continue
        actions.assign(actor=employee, case=case, promised_on=actions.usual_promise())
        first = StepKind.DO if kind == "in_use" else kind
        actions.answer(actor=employee, case=case, kind=first, reason="Fordi.", sent_to="Husbanken")
        if kind == "in_use":
            actions.take_into_use(actor=employee, case=case, text="Nå er det slik.")
        if kind == "not_ours":
            actions.tell_what_came_back(actor=employee, case=case, text="De tenker på det.")
        actions.comment(actor=table.actor("partner"), case=case, text="Bra.")
        task = actions.propose_task(
            actor=table.actor("leader"), process_id=table.process.pk, text=f"Oppgave {place}", case=case
        )
        actions.take_task(actor=employee, task=lines.tasks_of(employee, table.process.pk)[0].task)
        assert task.case_id == case.pk


def test_lists_cost_the_same_with_one_and_with_thirty(table: Table) -> None:
    process_id = table.process.pk
    calls = {
        "board": (lambda a: lines.board(a, process_id), 3),
        "searched": (lambda a: lines.board(a, process_id, text="noe"), 3),
        "latest": (lambda a: lines.latest_cases(a, [process_id]), 3),
        "promises": (lines.promises_of, 3),
        "tasks": (lambda a: lines.tasks_of(a, process_id), 3),
    }
    many(table, 2)
    few = {name: count(lambda c=call: c(table.actor("employee"))) for name, (call, _most) in calls.items()}
    many(table, 30)
    for name, (call, most) in calls.items():
        actor = table.actor("employee")
        number, found = count(lambda c=call, a=actor: c(a))
        assert number <= most + 2, name  # the actor's own two are counted among the few
        assert number == few[name][0] - 2, name
        assert found


def test_what_waits_costs_the_same_with_one_and_with_thirty(table: Table) -> None:
    taken(table)
    employee = table.actor("employee")
    one, waiting = count(lambda: lines.waiting_for(employee))
    assert (len(waiting.mine), waiting.nobodys) == (1, [])
    for _number in range(29):
        taken(table)
    number, waiting = count(lambda: lines.waiting_for(employee))
    assert (number, len(waiting.mine)) == (one, 30)


def test_the_trail_costs_the_same_with_one_step_and_with_thirty(table: Table) -> None:
    case = taken(table)
    actions.comment(actor=table.actor("partner"), case=case, text="En.")
    citizen = table.actor("citizen")
    one, _found = count(lambda: lines.trail_of(citizen, fresh(table, case)))
    for who in ("partner", "leader", "citizen-2") * 10:
        actions.comment(actor=table.actor(who), case=case, text="En til.")
    number, (_line, trail) = count(lambda: lines.trail_of(citizen, fresh(table, case)))
    assert (number, len(trail)) == (one, 32)


def test_the_order_is_what_came_of_it_first(table: Table) -> None:
    many(table, 12)
    states = [line.state for line in lines.board(table.actor("citizen"), table.process.pk).lines]
    assert states == [
        s for s in ("in_use", "do", "try", "waiting", "not_now", "not_ours") for _twice in range(2)
    ]


def test_narrowed_by_side_state_and_words(table: Table) -> None:
    employee, process_id = table.actor("employee"), table.process.pk
    mine = taken(table, case=said(table, "employee", "service", text="Vi når ikke fram på Telefonen"))
    said(table, text="Ett telefonnummer til én person")
    other = taken(table, case=said(table, text="Bostøtten"))
    actions.answer(
        actor=employee, case=other, kind=StepKind.NOT_OURS, reason="Staten styrer.", sent_to="Husbanken"
    )

    def found(**chosen: str) -> set[str]:
        return {line.said for line in lines.board(employee, process_id, **chosen).lines}  # type: ignore[arg-type]

    assert found(side="service") == {mine.piece.body}
    assert len(found(side="citizens")) == 2
    assert found(state=State.NOT_OURS) == {"Bostøtten"}
    assert len(found(text="TELEFON")) == 2
    assert found(text="telefon person") == {"Ett telefonnummer til én person"}
    assert found(text="husbanken") == {"Bostøtten"}
    assert found(text="staten", state=State.WAITING) == set()
    assert found(text="kanarifugl") == set()


def test_search_stays_within_the_process(table: Table) -> None:
    said(table, "paid", "b-group", text="Hemmelig ord fra den andre samskapinga")
    assert lines.board(table.actor("coordinator"), table.process.pk, text="hemmelig").lines == []
    assert lines.board(table.actor("coordinator"), table.other.pk, text="hemmelig").lines == []


def test_an_unsigned_author_is_never_found_by_name(table: Table) -> None:
    said(table, "citizen", text="Uten navn")
    said(table, "citizen-2", text="Med navn", signed=True)
    reader = table.actor("employee")
    by_text = {line.said: line for line in lines.board(reader, table.process.pk).lines}
    assert (by_text["Uten navn"].name, by_text["Uten navn"].source) == ("", "fra en innbygger")
    assert by_text["Med navn"].name == "Bjarne"
    assert lines.board(reader, table.process.pk, text="Amina").lines == []
    assert len(lines.board(reader, table.process.pk, text="Bjarne").lines) == 1
    # Leaders and researchers do not learn citizens' names, by searching either.
    assert lines.board(table.actor("leader"), table.process.pk, text="Bjarne").lines == []


def test_show_a_page_and_then_more(table: Table) -> None:
    for number in range(5):
        said(table, text=f"Nummer {number}")
    actor = table.actor("citizen")
    for text in ("", "nummer"):
        first = lines.board(actor, table.process.pk, show=3, text=text)
        assert (len(first.lines), first.more) == (3, True)
        rest = lines.board(actor, table.process.pk, show=5, text=text)
        assert (len(rest.lines), rest.more) == (5, False)
        assert [line.said for line in rest.lines[:3]] == [line.said for line in first.lines]
    assert len(lines.board(actor, table.process.pk, show=None).lines) == 5


def test_latest_of_each_process(table: Table) -> None:
    from langbord.access.enums import Role
    from langbord.rooms.seating import take_in

    take_in(
        process_id=table.other.pk,
        person=table.people["leader"],
        role=Role.LEADER,
        actor=table.actor("coordinator-other-process"),
    )
    with clock.frozen(clock.now()) as time:
        for number in range(3):
            time.move(timedelta(minutes=1))
            said(table, text=f"A{number}")
            time.move(timedelta(minutes=1))
            said(table, "paid", "b-group", text=f"B{number}")
    leader = table.actor("leader")
    both = lines.latest_cases(leader, [table.process.pk, table.other.pk], 2)
    assert [(line.said, line.slug) for line in both] == [
        ("B2", table.other.slug), ("A2", table.process.slug), ("B1", table.other.slug), ("A1", table.process.slug),
    ]  # fmt: skip
    assert [line.said for line in lines.latest_cases(leader, [table.process.pk], 1)] == ["A2"]


@pytest.mark.parametrize("who", ["anonymous", "outsider", "operator", "withdrawn", "paid"])
def test_latest_gives_outsiders_nothing(table: Table, who: str) -> None:
    said(table)
    assert lines.latest_cases(table.actor(who), [table.process.pk]) == []
    assert not lines.waiting_for(table.actor(who))
    assert lines.promises_of(table.actor(who)) == []


def test_what_waits_for_whom(table: Table) -> None:
    nobodys, mine = said(table, text="Ingens"), taken(table)
    coordinator, employee = table.actor("coordinator"), table.actor("employee")
    assert [line.case.pk for line in lines.waiting_for(employee).mine] == [mine.pk]
    assert lines.waiting_for(employee).nobodys == []
    assert [line.case.pk for line in lines.waiting_for(coordinator).nobodys] == [nobodys.pk]
    assert lines.waiting_for(table.actor("coordinator-other-process")).nobodys == []
    actions.answer(actor=employee, case=mine, kind=StepKind.DO, reason="Ja.")
    assert not lines.waiting_for(employee)


def test_promises_late_first_then_soonest_then_answered(table: Table) -> None:
    employee = table.actor("employee")
    days = {"sent": 3, "snart": 20, "senere": 40, "svart": 2}
    for text, ahead in days.items():
        case = said(table, text=text)
        actions.assign(actor=employee, case=case, promised_on=clock.today() + timedelta(days=ahead))
        if text == "svart":
            actions.answer(actor=employee, case=case, kind=StepKind.DO, reason="Gjort.")
    with clock.frozen(clock.now() + timedelta(days=10)):
        found = lines.promises_of(table.actor("employee"))
    assert [line.said for line in found] == ["sent", "snart", "senere", "svart"]


def test_promises_over_all_one_s_processes_and_nobody_else_s(table: Table) -> None:
    taken(table, "partner")
    assert [line.slug for line in lines.promises_of(table.actor("partner"))] == [table.process.slug]
    assert lines.promises_of(table.actor("coordinator")) == []


def test_a_long_story_is_shortened_between_words() -> None:
    text = "ord " * 200
    short = lines.shortened(text)
    assert len(short) <= lines.SHORT + 2
    assert short.endswith("ord …")
    assert lines.shortened("  kort\n tekst ") == "kort tekst"


def test_a_name_that_cannot_be_opened_is_left_out(table: Table) -> None:
    case = taken(table, "partner")
    keys.destroy(table.people["partner"].pk)
    line = lines.lines_of(table.actor("citizen"), [fresh(table, case)])[0]
    assert line.responder == ""
    assert Case.objects.visible_to(table.actor("citizen")).count() == 1


def test_in_a_process_that_is_over_no_answer_is_said_to_come(table: Table) -> None:
    case = taken(table)
    assert "ser på det." in at_board(table)
    close(table)
    assert Case.objects.unrestricted(TEST).get(pk=case.pk).state == State.WAITING
    page = signed_in(table.people["citizen"]).get(reverse("case", args=[table.process.slug, case.pk])).text
    for shown in (at_board(table), page):
        assert "Fikk ikke svar" in shown
        assert "Samskapinga ble avsluttet først." in shown
        assert "Svar kommer innen" not in shown
        assert "ser på det." not in shown


def at_board(table: Table) -> str:
    return signed_in(table.people["citizen"]).get(reverse("board", args=[table.process.slug])).text
