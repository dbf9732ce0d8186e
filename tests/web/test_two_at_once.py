"""Two people change the same words at the same time: whoever saves last is shown what the first one wrote, on the same page as
their own, and nothing that somebody wrote is lost. Pressed once more, it is saved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from langbord.access.enums import Role
from langbord.base import clock
from langbord.gatherings import minutes
from langbord.gatherings.models import GatheringWords
from langbord.inviting import letters
from langbord.learning import rounds
from langbord.learning.models import Round
from langbord.people.actions import register_person
from langbord.processes import actions as processes
from langbord.processes.models import Process
from langbord.rooms import actions as pieces
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table
from tests.followup.receiving import given
from tests.gatherings.helpers import AFTERWARDS, NOON, address, form, once, plan
from tests.inviting.test_asking import noted
from tests.inviting.test_two_at_once import hidden
from tests.learning.helpers import opened, posted
from tests.signin import signed_in

FIRST, SECOND, BOTH = "førstekanari", "andrekanari", "beggekanari"


def typed(page: str) -> str:
    """All that stands in the fields of the page."""
    areas = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    return "\n".join([*areas, *re.findall(r"<input[^>]*>", page)])


def beside(page: str) -> str:
    """What stands on the page outside its fields."""
    return re.sub(r"<input[^>]*>", "", re.sub(r"<textarea[^>]*>.*?</textarea>", "", page, flags=re.S))


def saved_by_two(
    one: Client, two: Client, where: str, sent: dict[str, Any], field: str, to: str = ""
) -> None:
    """Both have the page; the first saves (and presses twice), the second is shown both, and saves when they press again.
    `to`: where the form goes, if not to its own page."""
    to = to or where
    seen_by_one, seen_by_two = one.get(where), two.get(where)
    first = {**sent, field: FIRST, "seen": hidden(seen_by_one, "seen")}
    assert one.post(to, first).status_code == 302
    assert one.post(to, first).status_code == 302
    second = {**sent, field: SECOND, "seen": hidden(seen_by_two, "seen")}
    answer = two.post(to, second)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Noen andre har endret dette imens" in page
    assert FIRST in beside(page)
    assert SECOND in typed(page)
    assert two.post(to, {**second, "seen": ""}).status_code == 422, "nothing has been seen"
    assert FIRST in beside(two.get(where).content.decode()) + typed(two.get(where).content.decode())
    assert two.post(to, {**second, field: BOTH, "seen": hidden(answer, "seen")}).status_code == 302
    page = one.get(where).content.decode()
    assert BOTH in typed(page) + beside(page)


@pytest.fixture
def hosts(table: Table) -> tuple[Client, Client]:
    """Two hosts of the group."""
    other = register_person(name="Helge", actor=None, unit=table.people["host"].unit)
    take_in(
        process_id=table.process.pk,
        person=other,
        role=Role.HOST,
        actor=table.actor("coordinator"),
        room=table.room("peer"),
    )
    return signed_in(table.people["host"]), signed_in(other)


def test_the_words_of_a_group(table: Table, hosts: tuple[Client, Client]) -> None:
    rule = pieces.write_for_group(
        actor=table.actor("host"), room=table.room("peer"), kind=PieceKind.RULE, text="Vi hører på hverandre"
    )
    saved_by_two(*hosts, f"/b/{rule.pk}/endre/", {}, "text")
    assert str(Piece.objects.unrestricted(TEST).get(pk=rule.pk).body) == BOTH


def test_why_something_is_held_back(table: Table, hosts: tuple[Client, Client]) -> None:
    post = pieces.write(
        actor=table.actor("citizen"), room=table.room("peer"), kind=PieceKind.POST, text="Naboen heter noe"
    )
    saved_by_two(*hosts, f"/b/{post.pk}/hold/", {}, "why")
    assert str(Piece.objects.unrestricted(TEST).get(pk=post.pk).hidden_why) == BOTH


@pytest.mark.parametrize("field", ["food", "agenda", "place"])
def test_a_gathering(table: Table, hosts: tuple[Client, Client], field: str) -> None:
    with clock.frozen(NOON):
        made = plan(table)
        saved_by_two(*hosts, address(table, made, "endre/"), form(), field)


def test_a_refused_change_of_a_gathering_changes_nothing(table: Table, hosts: tuple[Client, Client]) -> None:
    with clock.frozen(NOON):
        made = plan(table)
        one, two = hosts
        where = address(table, made, "endre/")
        seen = hidden(two.get(where), "seen")
        assert one.post(where, form(food=FIRST, seen=seen)).status_code == 302
        assert two.post(where, form(food=SECOND, place="Et annet sted", seen=seen)).status_code == 422
        assert "Et annet sted" not in one.get(where).content.decode()


def test_calling_off_with_other_words_is_told(table: Table, hosts: tuple[Client, Client]) -> None:
    one, two = hosts
    with clock.frozen(NOON):
        made = plan(table)
        where = address(table, made, "avlys/")
        assert two.get(where).status_code == 200
        assert one.post(where, {"why": FIRST}).status_code == 302
        assert one.post(where, {"why": FIRST}).status_code == 302
        answer = two.post(where, {"why": SECOND})
        assert answer.status_code == 422
        assert SECOND in typed(answer.content.decode())
        assert FIRST in beside(answer.content.decode())
        assert str(GatheringWords.objects.unrestricted(TEST).get(gathering=made).cancelled_why) == FIRST


@pytest.mark.parametrize("begun", [True, False])
def test_minutes(table: Table, hosts: tuple[Client, Client], begun: bool) -> None:
    """Also when both begin before anything is shared."""
    with clock.frozen(NOON) as at:
        made = plan(table)
        at.move_to(AFTERWARDS)
        if begun:
            minutes.publish(actor=table.actor("host"), gathering=made, text="Vi spiste")
        where = address(table, made, "referat/endre/")
        saved_by_two(*hosts, where, {"publish": "1", "once": once()}, "text")


def test_an_older_draft_of_minutes_has_what_the_room_reads_beside_it(
    table: Table, hosts: tuple[Client, Client]
) -> None:
    one, two = hosts
    with clock.frozen(NOON) as at:
        made = plan(table)
        at.move_to(AFTERWARDS)
        where = address(table, made, "referat/endre/")
        assert two.post(where, {"text": SECOND, "once": once()}).status_code == 302
        assert one.post(where, {"text": FIRST, "once": once(), "publish": "1"}).status_code == 302
        page = two.get(where).content.decode()
        assert SECOND in typed(page)
        assert FIRST in beside(page)


def test_what_a_process_is_about(table: Table) -> None:
    other = register_person(name="Kine", actor=None, unit=table.people["coordinator"].unit)
    kari = table.actor("coordinator")
    processes.join(process_id=table.process.pk, person=other, role=Role.COORDINATOR, actor=kari)
    where = f"/s/{table.process.slug}/formal/"
    sent = {"name": "Et hjem å trives i"}
    saved_by_two(signed_in(table.people["coordinator"]), signed_in(other), where, sent, "purpose")
    assert Process.objects.unrestricted(TEST).get(pk=table.process.pk).purpose == BOTH


def test_how_somebody_who_is_asked_is_reached(table: Table) -> None:
    (made,) = noted(table, "host", "Zahra")
    where = f"/s/{table.process.slug}/invitere/{made.pk}/"
    sent = {"name": "Zahra", "language": "nb", "asker": str(table.people["host"].pk)}
    one, two = signed_in(table.people["host"]), signed_in(table.people["coordinator"])
    saved_by_two(one, two, where, sent, "contact")


def test_one_sheet_for_all(table: Table) -> None:
    round_ = opened(table)
    rounds.close(actor=table.actor("coordinator"), round_=round_)
    one, two = signed_in(table.people["coordinator"]), signed_in(table.people["host-service"])
    where = f"/s/{table.process.slug}/laering/runde/{round_.pk}/"
    saved_by_two(one, two, where, posted("rules", "results", ""), "words", to=where + "sammen/")
    seen = hidden(two.get(where), "seen")
    assert (
        one.post(where + "sammen/", {**posted("together", "results", BOTH), "seen": seen}).status_code == 302
    )
    refused = two.post(where + "sammen/", {**posted("middle", "results", BOTH), "seen": seen})
    assert refused.status_code == 422, "a mark that somebody else has set is not lost either"
    assert '"together"' in str(Round.objects.unrestricted(TEST).get(pk=round_.pk).together)


def test_where_something_lies_in_the_archive(table: Table) -> None:
    other = register_person(name="Kine", actor=None, unit=table.people["coordinator"].unit)
    kari = table.actor("coordinator")
    processes.join(process_id=table.process.pk, person=other, role=Role.COORDINATOR, actor=kari)
    _case, copy = given(table)
    where = f"/s/{table.process.slug}/mottatt/{copy.pk}/"
    one, two = signed_in(table.people["coordinator"]), signed_in(other)
    saved_by_two(one, two, where, {}, "reference", to=where + "arkiv/")
    author = signed_in(table.people["citizen"])
    assert author.get(where).status_code == 200
    assert author.post(where + "arkiv/", {"reference": "x" * 200}).status_code == 404, (
        "not even told what is wrong"
    )


def test_where_an_announcement_hangs(table: Table) -> None:
    made = letters.begin(
        actor=table.actor("coordinator"), process_id=table.process.pk, kind="resource-group", language="nb",
        question=None, caller="Kari", phone="99 00 00 00",
    )  # fmt: skip
    where = f"/s/{table.process.slug}/invitere/brev/{made.pk}/"
    one, two = signed_in(table.people["coordinator"]), signed_in(table.people["host"])

    def mark(answer: Any) -> str:
        found = re.search(r'<input[^>]*id="hung-seen"[^>]*>', answer.content.decode())
        assert found is not None
        return (re.search(r'value="([^"]*)"', found[0]) or ["", ""])[1]

    day = clock.today().isoformat()
    by_one, by_two = mark(one.get(where)), mark(two.get(where))
    hung = where + "kunngjort/"
    assert one.post(hung, {"where": FIRST, "on": day, "seen": by_one}).status_code == 302
    assert one.post(hung, {"where": FIRST, "on": day, "seen": by_one}).status_code == 302
    answer = two.post(hung, {"where": SECOND, "on": day, "seen": by_two})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert FIRST in beside(page)
    assert SECOND in typed(page)
    assert two.post(hung, {"where": BOTH, "on": day, "seen": mark(answer)}).status_code == 302
    assert BOTH in one.get(where).content.decode()
    missing = two.post(hung, {"where": SECOND, "on": "", "seen": mark(one.get(where))})
    assert missing.status_code == 422
    assert SECOND in typed(missing.content.decode()), "what was typed is not lost when the day is missing"
