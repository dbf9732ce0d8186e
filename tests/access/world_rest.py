"""The rest of the world of the walk: decisions, what is held back, the door, and how people sign in."""

from __future__ import annotations

from datetime import timedelta

from langbord.base import clock
from langbord.followup import receiving as followup
from langbord.followup.models import Asking, Case, Received
from langbord.people.actions import register_person
from langbord.people.models import Card
from langbord.people.signin import cards, links, rescue  # noqa: F401
from langbord.people.signin.models import OwnSession, Rescued
from langbord.processes.models import Membership
from langbord.rooms import actions, decisions, door
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import GroupDecision, Piece, Seat
from langbord.rooms.seating import take_in
from tests.access.world import World, word
from tests.cast import TEST


def decision(world: World) -> None:
    """A piece of the group's own, with a decision that waits for the citizens."""
    for key, room, board, host in (
        ("peer", "peer", "board", "host"),
        ("peer-2", "peer-2", "board", "host-other-group"),
        ("b-group", "b-group", "b-board", "daily-leader"),
    ):
        actor = world.actor(host)
        piece = actions.write_for_group(
            actor=actor,
            room=world.room(room),
            kind=PieceKind.INPUT,
            text="gruppa mener " + world.plant(f"room:{room}", "group input"),
        )
        other = actions.write_for_group(
            actor=actor,
            room=world.room(room),
            kind=PieceKind.INPUT,
            text="gruppa lurer " + world.plant(f"room:{room}", "group input to propose"),
        )
        decision = decisions.propose(
            actor=actor,
            piece=piece,
            target=world.room(board),
            text="til tavla " + world.plant(f"room:{room}", "decision text"),
        )
        world.at[f"{key}:group"] = {"piece": other.pk, "room": world.table.rooms[board].pk}
        world.at[room]["decision"] = decision.pk
        world.things[f"decision:{room}"] = decision
    decisions.answer(
        actor=world.actor("citizen-3"),
        decision=GroupDecision.objects.unrestricted(TEST).get(pk=world.at["peer"]["decision"]),
        yes=True,
    )
    _carried_by_group(world)
    _newcomer(world)


def _newcomer(world: World) -> None:
    """Somebody whom the coordinator gave a seat in the first group after it had begun: no host has met them yet."""
    kari = world.actor("coordinator")
    person = register_person(name=world.plant("alias:newcomer", "alias"), actor=kari)
    take_in(
        process_id=world.table.process.pk,
        person=person,
        role="citizen",
        actor=kari,
        room=world.room("peer"),
    )
    seat = Seat.objects.unrestricted(TEST).get(membership__person=person)
    assert seat.confirmed_at is None
    world.at["newcomer"] = {"seat": seat.pk}


def _carried_by_group(world: World) -> None:
    """Words of the first group's own that every citizen said yes to: a copy on the board."""
    host = world.actor("host")
    own = actions.write_for_group(
        actor=host,
        room=world.room("peer"),
        kind=PieceKind.INPUT,
        text="vi sier " + world.plant("room:peer", "group input carried"),
    )
    decision = decisions.propose(
        actor=host,
        piece=own,
        target=world.room("board"),
        text="gruppa sier " + world.plant("room:board", "group's copy"),
    )
    for name in ("citizen", "citizen-2", "citizen-3"):
        decisions.answer(actor=world.actor(name), decision=decision, yes=True)
    copy = Piece.objects.unrestricted(TEST).get(copied_from=own)
    world.at["peer:group-copy"] = {"piece": copy.pk}


def held_back(world: World) -> None:
    """A post in the first group that its host keeps back until they have talked."""
    piece = actions.write(
        actor=world.actor("citizen-2"),
        room=world.room("peer"),
        kind=PieceKind.POST,
        text="sint " + world.plant("hidden:peer", "held back"),
    )
    actions.hold_back(
        actor=world.actor("host"),
        piece=Piece.objects.unrestricted(TEST).get(pk=piece.pk),
        why="vi snakkes " + world.plant("hidden:peer", "why"),
    )
    world.at["hidden"] = {**world.at["peer"], "piece": piece.pk}
    # The same on the board, where the coordinator keeps it back.
    original = actions.write(
        actor=world.actor("citizen-2"),
        room=world.room("peer"),
        kind=PieceKind.TIP,
        text="for skarpt " + world.plant("room:peer", "to be held back on the board"),
    )
    copy = actions.carry_over(
        actor=world.actor("citizen-2"),
        piece=original,
        target=world.room("board"),
        text="for skarpt " + world.plant("hidden:board", "held back"),
    )
    actions.hold_back(
        actor=world.actor("coordinator"),
        piece=Piece.objects.unrestricted(TEST).get(pk=copy.pk),
        why="vi snakkes " + world.plant("hidden:board", "why"),
    )
    world.at["hidden-board"] = {"piece": copy.pk}
    # The same kind of thing as the group's own, with a decision that was already on its way.
    host = world.actor("host")
    own = actions.write_for_group(
        actor=host,
        room=world.room("peer"),
        kind=PieceKind.INPUT,
        text=world.plant("held:peer", "group's, held back"),
    )
    decision = decisions.propose(
        actor=host,
        piece=own,
        target=world.room("board"),
        text="på vei " + world.plant("held:peer", "its decision"),
    )
    actions.hold_back(actor=host, piece=Piece.objects.unrestricted(TEST).get(pk=own.pk), why="vent")
    world.at["held-decision"] = {"decision": decision.pk}


def door_wishes(world: World) -> None:
    door.answer(room=world.room("peer"), wish=DoorAnswer.TALK, actor=world.actor("citizen-2"))
    door.answer(room=world.room("peer-2"), wish=DoorAnswer.NOT_YET, actor=world.actor("citizen-other-group"))


# -- received by the authority


def receiving(world: World, number: int) -> None:
    """On both boards: an input that its author said yes to; and, once, one that waits for a yes, and a group's own."""
    for key, board, source, author, asks in (
        ("a", "board", "peer", "citizen-2", "coordinator"),
        ("b", "b-board", "b-group", "paid", "coordinator-other-process"),
    ):
        case = _asked(world, board, source, author, asks, f"received {number}")
        actor = world.actor(author)
        asking = Asking.objects.visible_to(actor).get(case=case)
        followup.answer(actor=actor, asking=asking, yes=True)
        row = Received.objects.visible_to(world.actor(asks)).get(case=case)
        reference = world.plant(f"asked:{author}", f"reference {number}")
        followup.set_reference(actor=world.actor(asks), received=row, reference=reference)
        if number:
            continue
        process = world.at[key]["process"]
        world.at[f"{key}:received"] = {"process": process, "received": row.pk}
        waits = _asked(world, board, source, author, asks, "asked")
        world.at[f"{key}:asked"] = {"process": process, "case": waits.pk}
        if key == "a":
            of_group = _asked(world, board, source, "host", asks, "asked of the group", by_group=True)
            world.at["a:asked-group"] = {"process": process, "case": of_group.pk}


def _asked(
    world: World, board: str, source: str, author: str, asks: str, what: str, by_group: bool = False
) -> Case:
    actor = world.actor(author)
    write = actions.write_for_group if by_group else actions.write
    piece = write(
        actor=actor,
        room=world.room(source),
        kind=PieceKind.INPUT,
        text=world.plant(f"room:{source}", f"{what}, as it was said"),
    )
    copy = actions._copy(
        actor=actor,
        piece=piece,
        target=world.room(board),
        text=world.plant(f"room:{board}", what),
        copy_id=None,
        signed=False,
    )
    asking = world.actor(asks)
    case = Case.objects.visible_to(asking).get(piece=copy)
    scope = "asked:peer" if by_group else f"asked:{author}"
    followup.ask(actor=asking, case=case, reason="fordi " + world.plant(scope, f"reason {what}"))
    return case


# -- seats, cards, sessions


def signing_in(world: World) -> None:
    table = world.table
    for name, host in (
        ("citizen", "host"),
        ("citizen-other-group", "host-other-group"),
        ("paid", "daily-leader"),
    ):
        cards.issue_cards(people=[table.people[name]], actor=table.actor(host))
        card = Card.objects.unrestricted(TEST).get(person=table.people[name])
        card.first_used_at = clock.now() - timedelta(days=2)
        card.save(update_fields=["first_used_at"])
        world.at[f"card:{name}"] = {"card": card.pk}
    own = OwnSession.objects.create(
        person=table.people["citizen"],
        key_lookup=word("session", "citizen"),
        started_at=clock.now(),
        seen_at=clock.now(),
    )
    world.at["session:citizen"] = {"session": own.pk}
    kept = Rescued.objects.create(
        person=table.people["citizen"],
        sealed_by=table.people["citizen"].pk,
        path="/fortell/",
        fields='{"text": "' + world.plant("draft:citizen", "rescued") + '"}',
        at=clock.now(),
    )
    world.at["rescued:citizen"] = {"rescued": kept.pk}
    links.make_link(person=table.people["citizen"], minutes=30, actor=table.actor("host"))
    for key, name in (("a", "citizen"), ("b", "paid")):
        row = (
            Membership.objects.unrestricted(TEST)
            .filter(person=table.people[name], ended_at__isnull=True)
            .get()
        )
        seat = Seat.objects.unrestricted(TEST).get(membership=row)
        world.at[key].update({"membership": row.pk, "seat": seat.pk})
    waiting = Seat.objects.unrestricted(TEST).get(
        room=table.rooms["peer"], confirmed_at__isnull=True, membership__role="host"
    )
    world.at["waiting-host"] = {"seat": waiting.pk}
    leading = Seat.objects.unrestricted(TEST).get(
        room=table.rooms["b-group"], membership__person=table.people["daily-leader"]
    )
    world.at["b-daily-leader"] = {"seat": leading.pk}
