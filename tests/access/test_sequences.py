"""Random sequences of joining, sharing, carrying over, taking back, leaving, changing role and power, answering and
opening the door: nobody outside the oracle ever reads a piece of the peer room.

The oracle is a small model of its own, kept here by hand: who has a seat that counts. It asks the product nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from langbord.access.actor import actor_of
from langbord.access.enums import CasePower, Role
from langbord.base import clock
from langbord.base.errors import Refusal
from langbord.people.models import Person
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.rooms import actions, door, seating
from langbord.rooms.case_power import set_case_power
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import Piece, Room, Seat
from langbord.vault import keys
from tests.access.walker import rolled_back
from tests.cast import TEST, Table

STEPS, EXAMPLES = 20, 8
CITIZENS = {"citizen", "citizen-2", "citizen-3"}
SERVICE = {"employee", "partner", "coordinator", "leader", "host-service"}
NEWCOMERS = [
    "outsider",
    "researcher",
    "partner",
    "leader",
    "employee",
    "coordinator",
    "host-waiting",
    "operator",
]
WORKS_IN_SERVICE = {"coordinator", "employee", "leader", "host-waiting", "host-service"}
"""Employed by the municipality: hosts a group only with everybody's yes."""
WITH_THE_SERVICE = {"employee", "partner", "coordinator", "leader"}
"""Have a role of the service in the process: never a citizen's seat, and host only with everybody's yes."""
EVERYBODY = sorted(
    CITIZENS | SERVICE | set(NEWCOMERS) | {"citizen-other-group", "host", "host-other-group", "withdrawn"}
)

_laid: dict[str, Table] = {}


class PeerRoom(RuleBasedStateMachine):
    """One peer room and all who might come near it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(rolled_back())
        self.stack.enter_context(keys.ring())
        self.table = _laid["table"]
        self.citizens = set(CITIZENS)
        self.hosts = {"host"}
        self.waiting = {"host-waiting"}
        self.unmet: set[str] = set()
        self.yes: dict[str, set[str]] = {}
        self.noes: dict[
            str, dict[str, bool]
        ] = {}  # of each host: who said what last, and whether it was a no
        self.has_role = set(CITIZENS)  # as a citizen, since their last seat was given
        self.went_themself: set[str] = set()
        self.power = {"employee": CasePower.DECIDES, "daily-leader": CasePower.LOOKS_UP}
        self.written = 0

    def teardown(self) -> None:
        self.stack.close()

    # -- what the oracle knows

    @property
    def readers(self) -> set[str]:
        return {n for n in self.citizens | self.hosts if self.power.get(n, CasePower.NONE) == CasePower.NONE}

    def a_no_stands(self, host: str) -> bool:
        """Of somebody who sits there no longer and did not go by themself."""
        gone = {name for name, no in self.noes.get(host, {}).items() if no} - self.citizens
        return bool(gone - self.went_themself)

    def drop(self, name: str) -> None:
        for group in (self.citizens, self.hosts, self.waiting, self.unmet):
            group.discard(name)

    # -- what can happen

    def actor(self, name: str) -> Any:
        return actor_of(Person.objects.unrestricted(TEST).get(pk=self.table.people[name].pk))

    @property
    def room(self) -> Room:
        return self.table.room("peer")

    @rule(name=st.sampled_from(EVERYBODY))
    def share(self, name: str) -> None:
        with suppress(Refusal):
            actions.write(actor=self.actor(name), room=self.room, kind=PieceKind.POST, text="noe")
            assert name in self.readers, f"{name} wrote in the peer room"
            self.written += 1

    @rule(
        name=st.sampled_from(EVERYBODY),
        to=st.sampled_from(["board", "joint", "service", "peer-2", "b-board"]),
    )
    def carry(self, name: str, to: str) -> None:
        actor = self.actor(name)
        piece = Piece.objects.visible_to(actor).filter(room=self.room, author_id=actor.person_id).first()
        if piece is not None:
            with suppress(Refusal):
                copy = actions.carry_over(actor=actor, piece=piece, target=self.table.room(to), text="noe")
                assert copy.room_id != self.room.pk

    @rule(name=st.sampled_from(EVERYBODY), copies=st.booleans())
    def take_back(self, name: str, copies: bool) -> None:
        actor = self.actor(name)
        piece = Piece.objects.visible_to(actor).filter(room=self.room).order_by("created_at").first()
        if piece is not None:
            with suppress(Refusal):
                actions.take_back(actor=actor, piece=piece, with_copies=copies)
                assert piece.author_id in (None, actor.person_id)

    @rule(name=st.sampled_from(EVERYBODY), by=st.sampled_from(["self", "coordinator", "host", "employee"]))
    def leave(self, name: str, by: str) -> None:
        actor = self.actor(name if by == "self" else by)
        rows = Membership.objects.unrestricted(TEST).filter(
            person=self.table.people[name], process=self.table.process, ended_at__isnull=True
        )
        if name == "coordinator":
            return
        with suppress(Refusal):
            for row in rows:
                end_membership(membership=row, actor=actor)
            self.drop(name)
            if self.table.people[name].pk == actor.person_id and name in self.has_role:
                self.went_themself.add(name)
            self.has_role.discard(name)

    @rule(
        name=st.sampled_from(EVERYBODY),
        role=st.sampled_from(
            [Role.CITIZEN, Role.HOST, Role.EMPLOYEE, Role.DAILY_LEADER, Role.PAID, Role.COORDINATOR]
        ),
        by=st.sampled_from(["coordinator", "host", "citizen", "employee", "coordinator-other-process"]),
        seat=st.booleans(),
    )
    def take_in(self, name: str, role: str, by: str, seat: bool) -> None:
        person = Person.objects.unrestricted(TEST).get(pk=self.table.people[name].pk)
        serving = self._serves(name)
        begun = Piece.objects.unrestricted(TEST).filter(room=self.room).exists()
        sent = begun and by not in self.hosts & self.readers  # decision 0018: whom others seat is met first
        with suppress(Refusal):
            seating.take_in(
                process_id=self.table.process.pk,
                person=person,
                role=role,
                actor=self.actor(by),
                room=self.room if seat else None,
            )
            assert by in {"coordinator", *self._coordinators()} or by in self.hosts, f"{by} took somebody in"
            if role in WITH_THE_SERVICE:
                assert name not in self.citizens, (
                    f"{name} sits among the citizens and got a role of the service"
                )
                if name in self.hosts:  # waits for the group's yes again, and no old yes counts
                    self.hosts.discard(name)
                    self.waiting.add(name)
                    self.forget_yes(name)
            if not seat:
                return
            if role == Role.CITIZEN:
                assert not serving, f"{name} comes with the service and got a citizen's seat"
                if name not in self.citizens | self.unmet:
                    (self.unmet if sent else self.citizens).add(name)
                    self.has_role.add(name)
                    self.went_themself.discard(name)
            elif role == Role.HOST and name not in self.hosts | self.waiting:
                waits = sent or serving or name in WORKS_IN_SERVICE
                (self.waiting if waits else self.hosts).add(name)
            else:
                assert role in (Role.CITIZEN, Role.HOST), f"{role} got a seat in the peer room"

    @rule(name=st.sampled_from(EVERYBODY), by=st.sampled_from(["host", "coordinator", "citizen", "self"]))
    def meet(self, name: str, by: str) -> None:
        actor = self.actor(name if by == "self" else by)
        seats = (
            Seat.objects.unrestricted(TEST)
            .filter(
                room=self.room,
                membership__person=self.table.people[name],
                membership__ended_at__isnull=True,
                ended_at__isnull=True,
            )
            .select_related("membership")
        )
        for seat in seats:
            with suppress(Refusal):
                seating.say_met(seat=seat, actor=actor)
                assert by in self.hosts & self.readers, f"{by} said that they had met {name}"
                assert by != name
                if name in self.unmet:
                    self.unmet.discard(name)
                    self.citizens.add(name)

    def forget_yes(self, name: str) -> None:
        for row in Seat.objects.unrestricted(TEST).filter(
            room=self.room, membership__person=self.table.people[name], ended_at__isnull=True
        ):
            self.yes.pop(str(row.pk), None)

    def _roles(self, name: str) -> set[str]:
        rows = Membership.objects.unrestricted(TEST).filter(
            person=self.table.people[name], process=self.table.process, ended_at__isnull=True
        )
        return set(rows.values_list("role", flat=True))

    def _serves(self, name: str) -> bool:
        return bool(self._roles(name) & {"employee", "partner", "coordinator", "leader"})

    def _coordinators(self) -> set[str]:
        return {name for name in EVERYBODY if "coordinator" in self._roles(name)}

    @rule(name=st.sampled_from(EVERYBODY), power=st.sampled_from(list(CasePower.values)))
    def change_power(self, name: str, power: str) -> None:
        with suppress(Refusal):
            set_case_power(
                person=Person.objects.unrestricted(TEST).get(pk=self.table.people[name].pk),
                power=power,
                actor=self.actor("coordinator"),
            )
            self.power[name] = CasePower(power)
            if power != CasePower.NONE:
                self.drop(name)

    @rule(name=st.sampled_from(EVERYBODY), yes=st.booleans())
    def answer_a_host(self, name: str, yes: bool) -> None:
        actor = self.actor(name)
        for seat in list(Seat.objects.visible_to(actor).filter(room=self.room, ended_at__isnull=True)):
            whose = self._name_of(seat)
            with suppress(Refusal):
                seating.answer_host(seat=seat, yes=yes, actor=actor)
                assert name in self.citizens & self.readers
                said = self.yes.setdefault(str(seat.pk), set())
                self.noes.setdefault(whose, {})[name] = not yes
                if yes:
                    said.add(name)
                    if whose in self.waiting and self.citizens <= said and not self.a_no_stands(whose):
                        self.waiting.discard(whose)
                        self.hosts.add(whose)
                else:
                    said.discard(name)
                    if whose in self.hosts:
                        self.hosts.discard(whose)
                        self.waiting.add(whose)

    def _name_of(self, seat: Seat) -> str:
        row = Membership.objects.unrestricted(TEST).get(pk=seat.membership_id)
        return next(n for n, person in self.table.people.items() if person.pk == row.person_id)

    @rule(name=st.sampled_from(EVERYBODY), wish=st.sampled_from(list(DoorAnswer.values)))
    def answer_the_door(self, name: str, wish: str) -> None:
        with suppress(Refusal):
            door.answer(room=self.room, wish=wish, actor=self.actor(name))
            assert name in self.citizens & self.readers

    @rule(name=st.sampled_from(EVERYBODY), opens=st.booleans())
    def move_the_door(self, name: str, opens: bool) -> None:
        with suppress(Refusal):
            (door.open_door if opens else door.close_door)(room=self.room, actor=self.actor(name))
            assert name in self.hosts & self.readers

    # -- what must always hold

    @invariant()
    def nobody_else_reads_the_peer_room(self) -> None:
        every = set(Piece.objects.unrestricted(TEST).filter(room=self.room).values_list("pk", flat=True))
        for name in self.table.cast:
            person = None if name == "anonymous" else self.table.people[name].pk
            actor = self.table.actor(name) if name == "anonymous" else self.actor(name)
            seen = set(Piece.objects.visible_to(actor).filter(room=self.room).values_list("pk", flat=True))
            own = set()
            if person is not None:
                mine = Piece.objects.unrestricted(TEST).filter(room=self.room, author_id=person)
                own = set(mine.values_list("pk", flat=True))
            assert seen == (every if name in self.readers else own), name

    @invariant()
    def a_new_card_reads_nothing_older(self) -> None:
        for name in ("citizen", "host"):
            person = Person.objects.unrestricted(TEST).get(pk=self.table.people[name].pk)
            fresh = actor_of(person, clock.now())
            assert not Piece.objects.visible_to(fresh).exists(), name


@pytest.fixture
def laid(table: Table) -> Iterator[None]:
    actions.write(actor=table.actor("citizen"), room=table.room("peer"), kind=PieceKind.POST, text="først")
    _laid["table"] = table
    yield
    _laid.clear()


def test_nobody_outside_the_oracle_ever_reads_a_peer_piece(laid: None) -> None:
    run_state_machine_as_test(
        PeerRoom,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    print(f"\nrandom sequences: {EXAMPLES} of up to {STEPS} steps, peer-room reads by others: 0")
