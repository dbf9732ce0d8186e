"""Whoever begins: what they find first, who is for which door, what each role is, and one figure on every page."""

from __future__ import annotations

import re
from itertools import product
from typing import Any
from uuid import uuid4

from django.urls import reverse

from langbord.access.enums import Role
from langbord.inviting.actions import Name, note, write_lists
from langbord.inviting.letters import begin
from langbord.inviting.querysets import seated_by_side
from langbord.inviting.question import change as ask
from langbord.people.actions import found_organisation, register_person
from langbord.people.models import Person
from langbord.processes.actions import describe, join
from langbord.processes.models import Process
from langbord.processes.querysets import found_with_seats
from langbord.processes.templates import all_templates
from tests.access.walker import watched
from tests.cast import TEST, Table
from tests.rooms.helpers import open_first_door
from tests.signin import signed_in


def page(person: Person, name: str, *args: str) -> str:
    return str(signed_in(person).get(reverse(name, args=args)).content.decode())


def newcomer() -> Person:
    unit = found_organisation(name="Ny kommune", units=("Boligkontoret",)).units.get()
    return register_person(name="Nora", actor=None, unit=unit)


def begun(person: Person) -> Process:
    client = signed_in(person)
    organisation = person.unit.organisation if person.unit is not None else None
    assert organisation is not None
    client.post(
        reverse("process-new"),
        {
            "once": str(uuid4()),
            "template": "likemenn-forst",
            "name": "Et hjem å trives i",
            "purpose": "Hva er en god bolig?",
            "organisation": organisation.pk,
        },
    )
    return Process.objects.unrestricted(TEST).get(organisation=organisation)


def test_whoever_may_begin_finds_it_on_their_first_page(table: Table) -> None:
    assert reverse("process-new") in page(newcomer(), "home")
    assert reverse("process-new") not in page(table.people["outsider"], "home")


def test_nobody_is_told_off_for_sitting_there_alone(table: Table) -> None:
    nora = newcomer()
    slug = begun(nora).slug
    assert "færre innbyggere enn ansatte" not in page(nora, "process-people", slug)
    assert "færre innbyggere enn ansatte" not in page(nora, "process", slug)


def test_the_two_doors_say_who_they_are_for(table: Table) -> None:
    kari, slug = table.people["coordinator"], table.process.slug
    people = page(kari, "process-people", slug)
    assert people.index("Er de ikke spurt ennå?") < people.index("Har de allerede sagt ja?")
    assert "Er personen ikke spurt ennå?" in page(kari, "process-invite", slug)
    assert reverse("process-invite", args=[slug]) in page(kari, "inviting", slug)


def test_each_role_is_explained_where_one_is_chosen(table: Table) -> None:
    shown = page(table.people["coordinator"], "process-invite", table.process.slug)
    hints = dict(re.findall(r'<p class="hint under" id="(id_role_\d+)_hint">([^<]+)</p>', shown))
    assert len(hints) == len(Role)
    for number in hints:
        assert f'aria-describedby="{number}_hint"' in shown


def test_the_table_has_as_many_on_every_page(table: Table) -> None:
    """A leader sits elsewhere, and nobody is counted twice."""
    kari, process = table.people["coordinator"], table.process
    both: Any = table.people["host"]
    join(process_id=process.pk, person=both, role=Role.CITIZEN, actor=table.actor("coordinator"))
    found = seated_by_side(process.pk)
    drawn = {
        name: re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", page(kari, name, process.slug), re.S)[:1]
        for name in ("process", "process-people")
    }
    assert drawn["process"] == drawn["process-people"], drawn
    counted: Any = Process.objects.unrestricted(TEST).with_seats().get(pk=process.pk)
    assert found == {
        "citizen": counted.citizens_now,
        "service": counted.service_now,
        "host": counted.hosts_now,
    }


def test_the_process_with_its_head_counts_is_for_those_who_take_part_and_counts_anew(table: Table) -> None:
    """The question is compiled once; who asks, and how many there are, is not."""
    here, other = table.process.pk, table.other.pk
    kari = table.actor("coordinator")
    before: Any = found_with_seats(kari, here)
    assert before.pk == here
    assert before.organisation.pk == table.process.organisation_id
    for name in ("outsider", "coordinator-other-process", "anonymous"):
        assert found_with_seats(table.actor(name), here) is None, name
    assert found_with_seats(kari, other) is None
    join(process_id=here, person=register_person(name="Ny", actor=None), role=Role.CITIZEN, actor=kari)
    after: Any = found_with_seats(kari, here)
    assert after.citizens_now == before.citizens_now + 1
    there: Any = found_with_seats(table.actor("coordinator-other-process"), other)
    counted: Any = Process.objects.unrestricted(TEST).with_seats().get(pk=other)
    assert there.pk == other
    assert (there.citizens_now, there.service_now, there.hosts_now) == (
        *(counted.citizens_now, counted.service_now),
        counted.hosts_now,
    )


def test_each_way_to_begin_says_when_it_fits(table: Table) -> None:
    shown = page(table.people["coordinator"], "process-new")
    for way in all_templates().values():
        assert way.shown("suits") in shown.partition("Hva er forskjellen?")[0]


def test_a_leader_does_not_come_to_the_joint_table(table: Table) -> None:
    """A leader gives time and support, and reads in no room of citizens; the board tells them what came of it."""
    open_first_door(table)
    room = reverse("room", args=[table.process.slug, table.room("joint").pk])
    assert signed_in(table.people["coordinator"]).get(room).status_code == 200
    assert signed_in(table.people["leader"]).get(room).status_code == 404
    assert (
        signed_in(table.people["leader"]).get(reverse("board", args=[table.process.slug])).status_code == 200
    )


def test_those_who_are_asked_to_no_gathering_are_not_told_that_there_is_none(table: Table) -> None:
    for name, told in (("leader", False), ("researcher", False), ("employee", True), ("citizen", True)):
        for path in ("/", reverse("process", args=[table.process.slug])):
            shown = signed_in(table.people[name]).get(path).content.decode()
            assert ("Ingen samling er avtalt" in shown) is told, (name, path)


def test_words_that_have_changed_are_not_left_behind_on_the_first_page(table: Table) -> None:
    kari, process = table.people["coordinator"], table.process
    describe(
        process=process, name=process.name, purpose="Hva er en god bolig?", actor=table.actor("coordinator")
    )
    ask(
        actor=table.actor("coordinator"),
        process_id=process.pk,
        text="Hva er en god bolig?",
        changed_by="first",
    )
    change = reverse("process-purpose", args=[process.slug])
    assert change not in page(kari, "question", process.slug)
    ask(actor=table.actor("coordinator"), process_id=process.pk, text="Hva er et hjem?", changed_by="group")
    assert change in page(kari, "question", process.slug)
    assert change not in page(table.people["citizen"], "question", process.slug)


def test_what_is_missing_costs_no_more_with_people_on_the_list(table: Table) -> None:
    kari, process = table.actor("coordinator"), table.process
    clients = [signed_in(table.people[who]) for who in ("coordinator", "host")]
    pages = [reverse(name, args=[process.slug]) for name in ("can-invite", "inviting", "question")]

    def counts() -> list[int]:
        found = []
        for client, address in product(clients, pages):
            with watched() as seen:
                assert client.get(address).status_code == 200
            found.append(seen.count)
        return found

    def one_more(number: int) -> None:
        version = ask(actor=kari, process_id=process.pk, text=f"Hva er et hjem {number}?", changed_by="group")
        write_lists(
            actor=kari, process_id=process.pk, lives_with="", seldom_asked="", not_here=f"De nye {number}"
        )
        begin(actor=kari, process_id=process.pk, kind="families", language="nb", question=version)
        note(
            actor=kari,
            process_id=process.pk,
            households=[[Name("Amina", False)], [Name("Bjarne", False)]],
            side="citizen",
            once=uuid4(),
        )

    one_more(1)
    few = counts()
    for number in range(2, 6):
        one_more(number)
    assert counts() == few, few
    assert max(few) <= 12, few
