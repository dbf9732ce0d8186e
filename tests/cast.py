"""The fixed cast: the same persons in every test, laid at two tables, all through the product's own actions.

`lay_table()` builds process A (*Likemenn først*, with two peer groups) and process B (*Ressursgruppe*), so that every
rule can be tried by everyone who might come: see `Table.cast`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from langbord.access.actor import ANONYMOUS, Actor, actor_of
from langbord.access.enums import CasePower, Role, RoomKind
from langbord.people.actions import found_organisation, register_person
from langbord.people.models import Organisation, Person, Unit
from langbord.processes.models import Process
from langbord.rooms.beginning import begin_process
from langbord.rooms.models import Room, Seat
from langbord.rooms.seating import answer_host, open_room, take_in

TEST = "a test looks behind the wall"


@dataclass
class Table:
    """Everybody and every room, by name."""

    municipality: Organisation
    process: Process
    other: Process
    rooms: dict[str, Room] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The actor as things are now; `anonymous` is nobody."""
        return ANONYMOUS if name == "anonymous" else actor_of(self.people[name])

    def room(self, name: str) -> Room:
        return Room.objects.unrestricted(TEST).get(pk=self.rooms[name].pk)

    @property
    def cast(self) -> list[str]:
        return ["anonymous", *self.people]


def lay_table() -> Table:
    """Two processes with everybody in their seats; the door of process A is closed, nothing is written yet."""
    fjordvik = found_organisation(name="Fjordvik kommune", units=("Boligkontoret", "NAV Fjordvik"))
    centre = found_organisation(
        name="Fjordvik frivilligsentral", kind="voluntary", units=("Frivilligsentralen",)
    )
    housing, nav = Unit.objects.filter(organisation=fjordvik).order_by("name")
    volunteers = Unit.objects.get(organisation=centre)

    def person(name: str, **more: object) -> Person:
        return register_person(name=name, actor=None, **more)  # type: ignore[arg-type]

    people = {
        "citizen": person("Amina"),
        "citizen-2": person("Bjarne"),
        "citizen-3": person("Celine"),
        "citizen-other-group": person("Dina"),
        "host": person("Randi", unit=volunteers),
        "host-other-group": person("Harald", unit=volunteers),
        "host-service": person("Solveig", unit=housing),
        "employee": person("Espen", unit=nav, case_power=CasePower.DECIDES),
        "partner": person("Petra", unit=volunteers),
        "coordinator": person("Kari", unit=housing),
        "leader": person("Leif", unit=housing),
        "researcher": person("Frida"),
        "citizen-other-process": person("Oda"),
        "paid": person("Pål"),
        "daily-leader": person("Dagny", unit=nav, case_power=CasePower.LOOKS_UP),
        "coordinator-other-process": person("Kjell", unit=housing),
        "employee-other-process": person("Eva", unit=nav),
        "host-waiting": person("Hege", unit=housing),
        "withdrawn": person("Vera"),
        "mentor": person("Maja"),
        "operator": person("Drift", is_operator=True),
        "outsider": person("Ute"),
    }
    a = begin_process(
        actor=actor_of(people["coordinator"]),
        name="Et hjem å trives i",
        organisation=fjordvik,
        template="likemenn-forst",
    )
    b = begin_process(
        actor=actor_of(people["coordinator-other-process"]),
        name="Unge ved bordet",
        organisation=fjordvik,
        template="ressursgruppe",
    )
    table = Table(municipality=fjordvik, process=a, other=b, people=people)
    kari, kjell = table.actor("coordinator"), table.actor("coordinator-other-process")
    for room in Room.objects.unrestricted(TEST).filter(process=a):
        table.rooms[room.kind] = room
    for room in Room.objects.unrestricted(TEST).filter(process=b):
        table.rooms[f"b-{room.kind}"] = room
    table.rooms["peer-2"] = open_room(
        process=a, kind=RoomKind.PEER, name="Den andre gruppa", actor=kari, has_door=True
    )
    seats: list[tuple[str, str, str]] = [
        ("citizen", Role.CITIZEN, "peer"),
        ("citizen-2", Role.CITIZEN, "peer"),
        ("citizen-3", Role.CITIZEN, "peer"),
        ("withdrawn", Role.CITIZEN, "peer"),
        ("host", Role.HOST, "peer"),
        ("host-waiting", Role.HOST, "peer"),
        ("citizen-other-group", Role.CITIZEN, "peer-2"),
        ("host-other-group", Role.HOST, "peer-2"),
        ("host-service", Role.HOST, "service"),
        ("employee", Role.EMPLOYEE, ""),
        ("partner", Role.PARTNER, ""),
        ("leader", Role.LEADER, ""),
        ("researcher", Role.RESEARCHER, ""),
        ("mentor", Role.MENTOR, ""),
    ]
    for name, role, room in seats:
        take_in(
            process_id=a.pk,
            person=people[name],
            role=role,
            actor=kari,
            room=table.rooms[room] if room else None,
        )
    for name, role, room in [
        ("citizen-other-process", Role.CITIZEN, "b-group"),
        ("paid", Role.PAID, "b-group"),
        ("daily-leader", Role.DAILY_LEADER, "b-group"),
        ("employee-other-process", Role.EMPLOYEE, ""),
    ]:
        take_in(
            process_id=b.pk,
            person=people[name],
            role=role,
            actor=kjell,
            room=table.rooms[room] if room else None,
        )
    waiting = Seat.objects.unrestricted(TEST).get(room=table.rooms["b-group"], confirmed_at__isnull=True)
    for name in ("citizen-other-process", "paid"):
        answer_host(seat=waiting, yes=True, actor=table.actor(name))
    _withdraw(table)
    return table


def _withdraw(table: Table) -> None:
    from langbord.processes.actions import end_membership
    from langbord.processes.models import Membership

    vera = table.actor("withdrawn")
    membership = Membership.objects.visible_to(vera).get(person=table.people["withdrawn"])
    end_membership(membership=membership, actor=vera)
