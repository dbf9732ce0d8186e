"""A world in which at least one of everything lies where it could leak, each with a canary word of its own.

Planted through the product's own actions; behind the gate only where actions can't (a piece of every kind in every
room). `World.words` says of each word in which *scope* it was planted; who may meet a scope is kept by hand in
`oracle_routes.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import connections

from langbord.access.enums import RoomKind
from langbord.base import clock
from langbord.followup import actions as followup
from langbord.followup.enums import StepKind
from langbord.followup.models import Case, Task
from langbord.people.actions import set_name
from langbord.people.models import Contact, Person
from langbord.rooms import actions, door
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import Piece, Room
from langbord.vault import keys
from langbord.vault.lookup import digest
from tests.cast import TEST, Table, lay_table
from tests.laid import known_tables

CANARY = re.compile(r"[kK]q[0-9a-f]{12}")
SPACE = UUID("0e7a54c4-4a43-4a53-8f33-3a54f1a1c0de")

BY_GROUP = {PieceKind.RULE, PieceKind.MINUTES, PieceKind.CORRECTION}
VOICE = {
    "peer": "citizen-2",
    "peer-2": "citizen-other-group",
    "service": "employee",
    "joint": None,
    "board": "citizen-2",
    "b-group": "paid",
    "b-service": "employee-other-process",
    "b-joint": "employee-other-process",
    "b-steering": "coordinator-other-process",
    "b-board": "paid",
}
"""Who wrote the pieces of a room (None: all of them are the group's)."""

CITIZENS = ("citizen", "citizen-2", "citizen-3")


def word(scope: str, what: str) -> str:
    """A word nobody would write, the same every time for the same scope and thing."""
    return "kq" + hashlib.sha256(f"{scope}|{what}".encode()).hexdigest()[:12]


def once(*what: object) -> UUID:
    """The key of a form: the same for everybody who sends the identical request."""
    return uuid5(SPACE, "|".join(str(part) for part in what))


@dataclass
class World:
    """The laid table with everything planted. `at`: for each variant of a request, what its address names."""

    table: Table
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    at: dict[str, dict[str, Any]] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def plant(self, scope: str, what: str) -> str:
        """A new canary word of a scope."""
        text = word(scope, what)
        self.words[text] = (scope, what)
        return text

    def found_in(self, text: str) -> set[tuple[str, str]]:
        """The scopes (with what) of all canary words in a text."""
        hits = {hit.lower() for hit in CANARY.findall(text)}  # some begin a sentence
        return {self.words[hit] for hit in hits if hit in self.words}

    def actor(self, name: str) -> Any:
        return self.table.actor(name)

    def room(self, name: str) -> Room:
        return self.table.room(name)


def build_world(more: int = 1) -> World:
    """Everything, with the first door closed. `more`: how many of what lists show."""
    from tests.access import (
        world_firstmeeting,
        world_guides,
        world_inviting,
        world_learning,
        world_library,
        world_words,
    )
    from tests.access.world_consent import consents
    from tests.access.world_gatherings import gatherings
    from tests.access.world_hosting import hosting
    from tests.access.world_keeping import dates
    from tests.access.world_leaving import leaving
    from tests.access.world_openness import material
    from tests.access.world_rest import decision, door_wishes, held_back, receiving, signing_in

    with keys.ring():
        table = lay_table()
        world = World(table)
        _name_everybody(world)
        _addresses(world)
        for number in range(more):
            _pieces_in_rooms(world, number)
            _drafts(world, number)
            _board(world, number)
            receiving(world, number)
        with first_door_open(world):
            for number in range(more):
                gatherings(world, number)
        decision(world)
        held_back(world)
        door_wishes(world)
        signing_in(world)
        consents(world)
        material(world)
        for number in range(more):
            hosting(world, number)
        dates(world)
        for area in (
            world_firstmeeting,
            world_guides,
            world_inviting,
            world_learning,
            world_library,
            world_words,
        ):
            area.plant(world, more)
        leaving(world)
    measure()
    return world


def measure() -> None:
    """Let PostgreSQL know how many rows there are now: its guesses for an empty table make it look through all of them
    again and again. Our own tables only: those that both databases share would stay locked for the other one."""
    for alias in ("default", "vault"):
        connection = connections[alias]
        if connection.vendor == "postgresql":
            tables = ", ".join(connection.ops.quote_name(table) for table in known_tables(alias))
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {tables}")


@contextmanager
def first_door_open(world: World) -> Iterator[None]:
    """The first group of process A has opened its door; closed again at the end."""
    table = world.table
    with keys.ring():
        for name in CITIZENS:
            door.answer(room=table.room("peer"), wish=DoorAnswer.READY, actor=table.actor(name))
        door.open_door(room=table.room("peer"), actor=table.actor("host"))
    yield
    door.close_door(room=table.room("peer"), actor=table.actor("host"))


# -- names


def _name_everybody(world: World) -> None:
    """Each has a name that only they know (behind an alias), an alias, and some an e-mail and a phone."""
    for name, person in world.table.people.items():
        set_name(
            actor=world.actor(name),
            name=world.plant(f"name:{name}", "real name"),
            alias=world.plant(f"alias:{name}", "alias"),
        )
        fresh = Person.objects.unrestricted(TEST).get(pk=person.pk)
        world.table.people[name] = fresh
        if name in ("host", "host-other-group", "host-service", "outsider"):
            continue
        email = f"{world.plant(f'contact:{name}', 'email')}@eksempel.no"
        phone = world.plant(f"contact:{name}", "phone")
        Contact.objects.create(
            person=fresh,
            sealed_by=fresh.pk,
            email=email,
            email_lookup=digest("email", email),
            phone=phone,
            phone_lookup=digest("phone", phone),
        )


# -- rooms and pieces


def _addresses(world: World) -> None:
    table = world.table
    world.at["none"] = {}
    for key, process in (("a", table.process), ("b", table.other)):
        world.at[key] = {"process": process.slug}
    for name, room in table.rooms.items():
        process = table.other if name.startswith("b-") else table.process
        world.at[name] = {"process": process.slug, "room": room.pk}


def _pieces_in_rooms(world: World, number: int) -> None:
    for name, room in world.table.rooms.items():
        keys.ensure(room.pk)
        voice = VOICE[name]
        for kind in PieceKind.values:
            author = world.table.people[voice] if voice and kind not in BY_GROUP else None
            subject = author.pk if author is not None else room.pk
            keys.ensure(subject)
            piece = Piece.objects.create(
                process_id=room.process_id,
                room=room,
                author=author,
                sealed_by=subject,
                kind=kind,
                signed=room.kind != RoomKind.BOARD,
                body="ord " + world.plant(f"room:{name}", f"{kind} {number}"),
                created_at=clock.now(),
                shared_at=clock.now(),
            )
            if number == 0:
                world.things[f"{name}:{kind}"] = piece
                world.at[f"{name}:{kind}"] = {**world.at[name], "piece": piece.pk}
        world.at[name]["piece"] = world.things[f"{name}:post"].pk


def _drafts(world: World, number: int) -> None:
    for name, person in world.table.people.items():
        actor = world.actor(name)
        if not actor.process_ids:
            continue
        draft = actions.save_draft(
            actor=actor,
            process_id=next(iter(actor.process_ids)),
            kind=PieceKind.STORY,
            text="kladd " + world.plant(f"draft:{name}", f"draft {number}"),
        )
        if number == 0:
            world.things[f"draft:{name}"] = draft
            world.at[f"draft:{name}"] = {"piece": draft.pk}
        del person


def _board(world: World, number: int) -> None:
    """What was carried over: by a citizen (answered), by an employee (promised), on the other board by a paid one."""
    table = world.table
    for key, board, carrier, responder, source, voice in (
        ("a", "board", "citizen-2", "employee", "peer", "citizen-3"),
        ("b", "b-board", "paid", "employee-other-process", "b-group", "citizen-other-process"),
    ):
        actor = table.actor(carrier)
        original = actions.write(
            actor=actor,
            room=table.room(source),
            kind=PieceKind.STORY_BETTER,
            text="fortalt " + world.plant(f"room:{source}", f"carried original {number}"),
        )
        copy = actions.carry_over(
            actor=actor,
            piece=original,
            target=table.room(board),
            text="tatt med " + world.plant(f"room:{board}", f"case {number}"),
        )
        case = Case.objects.visible_to(table.actor(responder)).get(piece=copy)
        promised = clock.today() + timedelta(days=14)
        followup.assign(actor=table.actor(responder), case=case, promised_on=promised)
        case = Case.objects.visible_to(table.actor(responder)).get(pk=case.pk)
        followup.answer(
            actor=table.actor(responder),
            case=case,
            kind=StepKind.NOT_OURS,
            reason="fordi " + world.plant(f"room:{board}", f"answer {number}"),
            sent_to="dit " + world.plant(f"room:{board}", f"sent to {number}"),
        )
        followup.tell_what_came_back(
            actor=table.actor(responder),
            case=case,
            text="de sa " + world.plant(f"room:{board}", f"came back {number}"),
        )
        comment = followup.comment(
            actor=table.actor(voice),
            case=Case.objects.visible_to(table.actor(voice)).get(pk=case.pk),
            text="enig " + world.plant(f"room:{board}", f"comment {number}"),
        )
        task = followup.propose_task(
            actor=table.actor(responder),
            process_id=case.process_id,
            text="gjøre " + world.plant(f"room:{board}", f"task {number}"),
            case=case,
        )
        followup.take_task(
            actor=table.actor(voice), task=Task.objects.visible_to(table.actor(voice)).get(pk=task.pk)
        )
        if number:
            continue
        waiting = actions.carry_over(
            actor=actor,
            piece=actions.write(
                actor=actor,
                room=table.room(source),
                kind=PieceKind.TIP,
                text=world.plant(f"room:{source}", "tip carried"),
            ),
            target=table.room(board),
            text="venter " + world.plant(f"room:{board}", "waiting case"),
        )
        fresh = Case.objects.visible_to(actor).get(piece=waiting)
        world.things.update(
            {f"case:{key}": case, f"waiting:{key}": fresh, f"task:{key}": task, f"comment:{key}": comment}
        )
        world.at[key].update({"case": case.pk, "task": task.pk})
        world.at[f"{key}:waiting"] = {"process": world.at[key]["process"], "case": fresh.pk}
        world.at[f"{key}:original"] = {"piece": original.pk, "room": table.rooms[board].pk}
        world.at[f"{key}:copy"] = {"piece": copy.pk}
