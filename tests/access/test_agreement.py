"""The gate and the rules give the same answer for everything there is, and the world of the walk has some of it all."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from langbord.access.gate import ClosedQuerySet, GatedModel
from langbord.followup import rules as followup
from langbord.followup.models import Case, Received, Task
from langbord.gatherings import rules as gatherings
from langbord.gatherings.models import Gathering
from langbord.people.signin.querysets import NobodyQuerySet
from langbord.rooms import rules as rooms
from langbord.rooms.models import Piece
from tests.access.world import World, first_door_open
from tests.cast import TEST

MADE_ONLY_BY_SIGNING_IN = {
    "people.EmailCode": "made when somebody asks for a code, for unknown addresses too; its queryset shows nobody anything",
    "people.SecondFactor": "its queryset shows nobody anything; the page shows one's own, while it is set up",
    "people.RecoveryCode": "its queryset shows nobody anything",
    "people.PersonaKey": "exists in the example only",
    "people.OneTimeLink": "its queryset shows nobody anything",
    "leaving.Parting": "there for moments; its queryset shows nobody anything",
    "leaving.Receipt": "found by its code alone; its queryset shows nobody anything",
}
"""Gated models that nobody reads through the gate: each with the reason why the walk needs none of them."""

RULES: dict[Any, Any] = {
    Piece: rooms.can_view,
    Case: followup.can_view,
    Task: followup.can_view,
    Received: followup.can_read_copy,
    Gathering: lambda actor, row: (
        actor.room(row.room_id) is not None and gatherings.knows_time(actor, actor.room(row.room_id))
    ),
}
"""Where a rule answers for one object that is already held, it must answer as the gate does."""


def gated() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("langbord.")
        and (issubclass(model, GatedModel) or model is get_user_model())
    ]


def test_the_world_has_some_of_every_gated_model(world: World) -> None:
    empty = {
        model._meta.label for model in gated() if not model._default_manager.all().unrestricted(TEST).exists()
    }
    assert empty <= set(MADE_ONLY_BY_SIGNING_IN), "plant one in tests/access/world.py or world_<area>.py"
    for label in MADE_ONLY_BY_SIGNING_IN:
        queryset = apps.get_model(label)._default_manager.all()
        if label != "people.PersonaKey":
            assert isinstance(queryset, NobodyQuerySet), f"{label} shows somebody something: plant one"


def test_every_gated_model_says_who_sees_it(world: World) -> None:
    for model in gated():
        queryset = model._default_manager.all()
        assert isinstance(queryset, ClosedQuerySet)
        for name in ("anonymous", "outsider", "operator"):
            seen = queryset.visible_to(world.actor(name))
            own = {world.table.people[name].pk} if name in world.table.people else set()
            for row in seen:
                person = getattr(row, "person_id", None) or row.pk
                assert person in own, f"{name} sees a {model._meta.label}"


@pytest.mark.parametrize("opened", [False, True], ids=["door closed", "door open"])
@pytest.mark.parametrize("model", list(RULES), ids=lambda m: m._meta.label)
def test_the_gate_and_the_rule_agree(world: World, model: Any, opened: bool) -> None:
    if opened:
        with first_door_open(world):
            _agree(world, model)
    else:
        _agree(world, model)


def _agree(world: World, model: Any) -> None:
    for name in world.table.cast:
        actor = world.actor(name)
        seen = set(model.objects.visible_to(actor).values_list("pk", flat=True))
        rows = model.objects.unrestricted(TEST)
        if model in (Case, Task):
            rows = rows.select_related("piece")
        if model is Received:
            rows = rows.select_related("case")
        allowed = {row.pk for row in rows if RULES[model](actor, row)}
        assert seen == allowed, f"{name}: {model._meta.label}"


def test_what_hangs_on_a_piece_is_seen_by_no_more_than_the_piece(world: World) -> None:
    """Side tables (minutes, corrections, notes, cases, steps, tasks, decisions) never show more than the room does."""
    for label, path in (
        ("gatherings.Minutes", "piece_id"),
        ("gatherings.Correction", "piece_id"),
        ("stories.Explanation", "piece_id"),
        ("inputs.Noted", "piece_id"),
        ("followup.Case", "piece_id"),
        ("followup.Task", "piece_id"),
        ("rooms.GroupDecision", "piece_id"),
    ):
        model = apps.get_model(label)
        for name in world.table.cast:
            actor = world.actor(name)
            pieces = set(Piece.objects.visible_to(actor).values_list("pk", flat=True))
            rows = set(model._default_manager.all().visible_to(actor).values_list(path, flat=True))
            assert rows <= pieces, f"{name}: {label}"


@pytest.mark.parametrize(
    "label",
    [
        "gatherings.GatheringWords",
        "gatherings.AgendaItem",
        "gatherings.CaughtInput",
        "learning.Lab",
        "learning.Round",
        "learning.TalkPlan",
        "rooms.Seat",
    ],
)
def test_what_hangs_on_a_room_is_seen_by_its_readers_alone(world: World, label: str) -> None:
    model = apps.get_model(label)
    for name in world.table.cast:
        actor = world.actor(name)
        own = set()
        if label == "rooms.Seat" and actor.person_id is not None:
            mine = (
                model._default_manager.all().unrestricted(TEST).filter(membership__person_id=actor.person_id)
            )
            own = set(mine.values_list("pk", flat=True))
        coordinated = {s.process_id for s in actor.sittings if s.role == "coordinator"}
        for row in model._default_manager.all().visible_to(actor):
            room = actor.room(row.room_id)
            dealt = label == "rooms.Seat" and (
                room is not None
                and (room.process_id in coordinated or any(row.room_id in s.waiting for s in actor.sittings))
            )
            assert row.pk in own or actor.may_read(row.room_id) or dealt, f"{name}: {label}"
