"""Ways into the authority's record that somebody might try, each tried. Nothing gets there without its author's yes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from langbord.followup.models import Asking, Received
from tests.access.test_attacks import A, B, post
from tests.access.walker import Walker
from tests.access.world import World
from tests.cast import TEST


def rows() -> tuple[int, int]:
    return Asking.objects.unrestricted(TEST).count(), Received.objects.unrestricted(TEST).count()


def ask(world: World, who: str, base: str, case: object, **more: Any) -> int:
    data = {"once": uuid4(), "reason": "Vi trenger det", **more}
    return post(world, who, f"{base}tavla/{case}/til-arkivet/", **data).status


@pytest.mark.parametrize("room", ["peer", "peer-2", "service", "joint"])
@pytest.mark.parametrize("who", ["coordinator", "employee", "host"])
def test_nothing_is_asked_for_from_a_room(world: World, room: str, who: str) -> None:
    """The id of a piece, or of a board copy's original, where the id of a case belongs."""
    before = rows()
    for piece in (world.things[f"{room}:post"].pk, world.at["a:original"]["piece"]):
        assert ask(world, who, A, piece) == 404
    assert rows() == before


def test_one_process_does_not_ask_for_what_lies_on_another_s_board(world: World) -> None:
    before = rows()
    for who in ("coordinator", "coordinator-other-process"):
        assert ask(world, who, A, world.at["b:waiting"]["case"]) == 404
        assert ask(world, who, B, world.at["a:waiting"]["case"]) == 404
    assert rows() == before


def test_the_yes_of_others_takes_nothing(world: World) -> None:
    before = rows()
    for key, base, author in (("a:asked", A, "citizen-2"), ("b:asked", B, "paid")):
        path = f"{base}tavla/{world.at[key]['case']}/ja-eller-nei/"
        for name in world.table.cast:
            if name not in (author, "anonymous"):
                assert post(world, name, path, answer="yes").status == 404, name
    assert rows() == before


def test_a_yes_of_one_in_the_group_and_all_hosts_takes_nothing(world: World) -> None:
    before = rows()
    path = f"{A}tavla/{world.at['a:asked-group']['case']}/ja-eller-nei/"
    assert post(world, "citizen", path, answer="yes").status == 302
    assert post(world, "host", path, answer="yes").status == 404
    for who in ("host", "host"):
        post(world, who, f"{A}tavla/{world.at['a:asked-group']['case']}/enige/")
    assert rows() == before


def test_opening_the_question_answers_nothing(world: World) -> None:
    """A scanner that follows the address with `?answer=yes` takes nothing."""
    before = rows()
    path = f"{A}tavla/{world.at['a:asked']['case']}/ja-eller-nei/?answer=yes"
    for method in ("GET", "HEAD"):
        answer = Walker(world, ["citizen-2"]).ask("citizen-2", method, path)
        assert (answer.status, answer.seen.written) == (200, set())
    assert rows() == before


def test_it_is_neither_asked_for_nor_received_twice(world: World) -> None:
    before = rows()
    received = Received.objects.unrestricted(TEST).filter(process=world.table.process).get()
    assert ask(world, "coordinator", A, received.case_id) == 422
    assert ask(world, "coordinator", A, world.at["a:asked"]["case"]) == 422
    path = f"{A}tavla/{received.case_id}/ja-eller-nei/"
    for answer in ("yes", "no", "yes"):
        assert post(world, "citizen-2", path, answer=answer).status == 302
    assert rows() == before


def test_the_file_for_the_archive_holds_one_process_only(world: World) -> None:
    answer = Walker(world, ["coordinator"]).ask("coordinator", "POST", f"{A}mottatt/fil/")
    assert answer.status == 200
    other = Received.objects.unrestricted(TEST).filter(process=world.table.other).get()
    assert str(other.pk) not in answer.body
    assert Walker(world, ["coordinator"]).ask("coordinator", "POST", f"{B}mottatt/fil/").status == 404
