"""Ways to a list for two that somebody might try, each tried at the pages. What must not happen stands in the name."""

from __future__ import annotations

from typing import Any

import pytest

from langbord.firstmeeting import actions
from langbord.firstmeeting.models import Entry, Meeting, Party
from tests.access.test_attacks import get, post
from tests.access.world import World
from tests.cast import TEST

NEVER = [
    "employee-other-process",  # another adviser of the same unit
    "daily-leader",  # and one who can look the citizen up
    "coordinator",  # the citizen's other adviser, who coordinates the citizen's process
    "leader",
    "host",  # the host of the citizen's group
    "citizen",  # somebody of the same group
    "operator",
    "outsider",
]
"""The list is citizen-2's and the employee's."""


def path(world: World, scope: str, rest: str = "") -> str:
    return f"/forste-mote/{world.at[scope]['meeting']}/{rest}"


def words(world: World, answer: Any) -> set[tuple[str, str]]:
    return {hit for hit in world.found_in(answer.told) if hit[0] == "list:a"}


@pytest.mark.parametrize("name", NEVER)
def test_nobody_else_comes_to_the_list_by_any_page(world: World, name: str) -> None:
    pages = [
        "",
        "om/find-each-other/",
        "lofter/",
        "enige/",
        "plan/",
        "notater/",
        "papir/",
        "fil/",
        "telles/",
        "slett/",
    ]
    for rest in pages:
        answer = get(world, name, path(world, "list:a", rest))
        assert answer.status == 404, rest
        assert not words(world, answer)
    for rest in ("kode/", "stemmer/", "legg-bort/", "ta-fram/", "radgiver-ut/", "slett/"):
        assert post(world, name, path(world, "list:a", rest)).status == 404, rest


def test_the_citizens_other_adviser_sees_their_own_list_and_no_other(world: World) -> None:
    assert get(world, "coordinator", path(world, "list:other")).status == 200
    assert not words(world, get(world, "coordinator", "/forste-mote/"))
    assert get(world, "coordinator", path(world, "list:a")).status == 404


def test_words_of_one_list_are_not_reached_under_another(world: World) -> None:
    """Her own list in the address, and an entry of the other."""
    entry = world.at["said:a"]["entry"]
    for rest in ("rett/", "ta-inn/", "ta-bort/", "holdt/"):
        for name in ("citizen-2", "coordinator"):
            answer = post(world, name, path(world, "list:other", f"ord/{entry}/{rest}"), text="x")
            assert answer.status in (404, 405), (name, rest)
    assert Entry.objects.unrestricted(TEST).filter(pk=entry).exists()


def test_a_code_that_was_overheard_opens_nothing_to_a_colleague(world: World) -> None:
    """And is still good for the citizen."""
    meeting = Meeting.objects.unrestricted(TEST).get(pk=world.at["list:waiting"]["meeting"])
    code = actions.make_code(actor=world.actor("employee"), meeting=meeting)
    for name in ("employee-other-process", "daily-leader", "employee"):
        answer = post(world, name, "/forste-mote/bli-med/", code=code, called="Jeg")
        assert answer.status == 422, name
        if name != "employee":
            assert not {hit for hit in world.found_in(answer.told) if hit[0].startswith("list:")}
    assert post(world, "citizen", "/forste-mote/bli-med/", code=code, called="Amina").status == 302
    assert post(world, "citizen-3", "/forste-mote/bli-med/", code=code, called="Tyv").status == 422
    assert Party.objects.unrestricted(TEST).filter(meeting=meeting).count() == 2


def test_a_wrong_code_and_one_that_is_not_for_me_answer_alike(world: World) -> None:
    meeting = Meeting.objects.unrestricted(TEST).get(pk=world.at["list:waiting"]["meeting"])
    code = actions.make_code(actor=world.actor("employee"), meeting=meeting)
    name = "daily-leader"
    right = post(world, name, "/forste-mote/bli-med/", code=code, called="Jeg")
    wrong = post(world, name, "/forste-mote/bli-med/", code="AAAA-AAAA", called="Jeg")
    assert right.status == wrong.status == 422
    assert right.plain("/nowhere/").replace(code, "") == wrong.plain("/nowhere/").replace("AAAA-AAAA", "")


def test_the_old_adviser_has_nothing_from_the_moment_the_citizen_says_so(world: World) -> None:
    assert post(world, "citizen-2", path(world, "list:a", "radgiver-ut/")).status == 302
    for rest in ("", "om/find-each-other/", "plan/", "papir/"):
        answer = get(world, "employee", path(world, "list:a", rest))
        assert answer.status == 404
        assert not words(world, answer)
    entry = world.at["promise:a"]["entry"]
    assert post(world, "employee", path(world, "list:a", f"ord/{entry}/holdt/"), kept="yes").status == 404
    assert post(world, "employee", path(world, "list:a", "kode/")).status == 404


def test_the_adviser_writes_no_plan_and_ticks_for_nobody_off_the_telephone(world: World) -> None:
    answer = post(world, "employee", path(world, "list:a", "plan/"), text="Min plan for deg", version=1)
    assert answer.status == 422
    where = path(world, "list:a", "om/find-each-other/kryss/")
    assert post(world, "employee", where, point="who-we-are", do="wrong").status == 404
    assert post(world, "citizen-2", where, point="who-we-are", do="phone-on").status == 404
    for rest in ("stemmer/", "telles/", "slett/", "fil/"):
        assert post(world, "employee", path(world, "list:a", rest), answer="yes").status in (404, 405)


def test_nothing_of_a_process_stands_on_a_list_and_nothing_of_a_list_in_a_process(world: World) -> None:
    """The walk sweeps every page for words; here, signs on doors too."""
    signs = {world.table.process.slug, world.table.process.name, world.table.other.slug}
    for rest in ("", "om/find-each-other/", "lofter/", "plan/", "papir/"):
        told = get(world, "employee", path(world, "list:a", rest)).body
        mine = told.partition("<main")[2].partition("</main>")[0]
        assert not {sign for sign in signs if sign in mine}
    for page in ("/s/et-hjem-a-trives-i/", "/s/et-hjem-a-trives-i/folk/", "/s/et-hjem-a-trives-i/samlinger/"):
        told = get(world, "coordinator", page).body
        assert "forste-mote" not in told.partition("<main")[2].partition("</main>")[0]
