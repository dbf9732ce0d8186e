"""Shared tasks: proposed, taken, left and done by wish, by anybody who reads the board."""

from __future__ import annotations

from uuid import uuid4

import pytest

from langbord.base.errors import NotAllowed, NotNow
from langbord.followup import actions, lines
from langbord.followup.models import Taker, Task
from langbord.rooms import actions as rooms
from tests.cast import TEST, Table
from tests.followup.helpers import ANSWERING, NOT_ANSWERING, OUTSIDE, said


def propose(table: Table, who: str = "citizen", text: str = "Spørre etter maling", **more: object) -> Task:
    actor = table.actor(who)
    task = actions.propose_task(actor=actor, process_id=table.process.pk, text=text, **more)  # type: ignore[arg-type]
    return Task.objects.visible_to(actor).get(pk=task.pk)


@pytest.mark.parametrize("who", [*ANSWERING, *NOT_ANSWERING])
def test_everybody_who_reads_the_board_proposes_takes_leaves_and_finishes(table: Table, who: str) -> None:
    task, actor = propose(table, who), table.actor(who)
    actions.take_task(actor=actor, task=task)
    actions.take_task(actor=table.actor("leader"), task=task)
    row = lines.tasks_of(actor, table.process.pk)[0]
    assert row.mine
    assert row.takers[0] == str(table.people[who].name)
    actions.leave_task(actor=actor, task=task)
    actions.leave_task(actor=actor, task=task)
    assert not lines.tasks_of(actor, table.process.pk)[0].mine
    actions.finish_task(actor=actor, task=task)
    assert Task.objects.visible_to(actor).get().done_by_id == table.people[who].pk
    actions.finish_task(actor=actor, task=task, done=False)
    assert Task.objects.visible_to(actor).get().done_at is None


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_does_any_of_it(table: Table, who: str) -> None:
    task, actor = propose(table), table.actor(who)
    with pytest.raises(NotAllowed):
        actions.propose_task(actor=actor, process_id=table.process.pk, text="Utenfra")
    for action in (actions.take_task, actions.leave_task, actions.finish_task):
        with pytest.raises(NotAllowed):
            action(actor=actor, task=task)
    assert not Task.objects.visible_to(actor).exists()
    assert not Taker.objects.unrestricted(TEST).exists()


def test_twice_is_once(table: Table) -> None:
    task_id = uuid4()
    for _click in range(2):
        task = propose(table, task_id=task_id)
        actions.take_task(actor=table.actor("leader"), task=task)
    assert (Task.objects.unrestricted(TEST).count(), Taker.objects.unrestricted(TEST).count()) == (1, 1)
    with pytest.raises(NotAllowed):
        propose(table, "partner", task_id=task_id)


def test_a_task_says_something(table: Table) -> None:
    with pytest.raises(NotNow):
        propose(table, text="  ")


def test_a_done_task_is_not_taken(table: Table) -> None:
    task, citizen = propose(table), table.actor("citizen")
    actions.finish_task(actor=citizen, task=task)
    with pytest.raises(NotNow):
        actions.take_task(actor=citizen, task=task)


def test_a_task_may_belong_to_a_case_of_the_same_process(table: Table) -> None:
    case = said(table)
    task = propose(table, case=case)
    assert [row.task.pk for row in lines.tasks_of(table.actor("leader"), table.process.pk, case)] == [task.pk]
    elsewhere = said(table, "paid", "b-group")
    with pytest.raises(NotAllowed):
        propose(table, case=elsewhere)


def test_whoever_proposed_it_may_take_it_back(table: Table) -> None:
    task, citizen = propose(table), table.actor("citizen")
    actions.take_task(actor=table.actor("leader"), task=task)
    rooms.take_back(actor=citizen, piece=task.piece)
    for who in ("citizen", "leader"):
        assert lines.tasks_of(table.actor(who), table.process.pk) == []
        assert not Taker.objects.visible_to(table.actor(who)).exists()
