"""The operator's log: all that must be in it is in it, nobody's words or names are, and nothing can be changed."""

from __future__ import annotations

import ast
import csv
import io
import re
from datetime import datetime
from uuid import uuid4

import pytest

from langbord.base import clock, events
from langbord.base.models import AppendOnly, Event
from langbord.processes.models import Membership
from langbord.rooms import actions, door
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.web.desk.log import GROUPS, mark, pseudonym
from tests.architecture.test_gate_holes import sources
from tests.cast import TEST, Table
from tests.signin import signed_in

LOG, FILE = "/drift/logg/", "/drift/logg/fil/"

MUST_BE_LOGGED = {
    "exports": ("log.exported", "research.exported"),
    "roles": (
        "membership.begun",
        "membership.ended",
        "seat.given",
        "seat.ended",
        "seat.confirmed_by_group",
        "person.case_power",
        "person.registered",
    ),
    "consents": ("consent.changed",),
    "doors": ("door.opened", "door.closed"),
    "carrying": ("piece.carried_over", "group_decision.recorded", "group_decision.took_effect"),
}
"""By hand, from the promise: *every export, role change, consent change, door decision and carrying over*."""


def begins_of_verbs() -> set[str]:
    """The plain beginning of every verb that the source writes to the log."""
    found = set()
    for _name, tree in sources():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr != "record" or len(node.args) < 2:
                continue
            for part in ast.walk(node.args[1]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found.add(part.value)
    return found


def operator_page(table: Table, query: str = "") -> str:
    response = signed_in(table.people["operator"]).get(LOG + query)
    assert response.status_code == 200
    return response.content.decode()


def whole_file(table: Table) -> str:
    response = signed_in(table.people["operator"]).post(FILE)
    return response.getvalue().decode()


@pytest.mark.parametrize("group", MUST_BE_LOGGED)
def test_what_was_promised_is_written_to_the_log_and_found_in_its_group(group: str) -> None:
    written = begins_of_verbs()
    for verb in MUST_BE_LOGGED[group]:
        assert any(w.startswith(verb) or (w and verb.startswith(w) and w.endswith(".")) for w in written), (
            verb
        )
        assert any(verb.startswith(begin) for begin in GROUPS[group][1]), verb


def test_it_shows_who_did_what_and_neither_words_nor_names(table: Table) -> None:
    amina = table.actor("citizen")
    story = actions.write(actor=amina, room=table.room("peer"), kind=PieceKind.STORY_GOOD, text="ordkanari")
    actions.carry_over(actor=amina, piece=story, target=table.room("board"), text="tavlekanari")
    for name in ("citizen", "citizen-2", "citizen-3"):
        door.answer(room=table.room("peer"), wish=DoorAnswer.READY, actor=table.actor(name))
    door.open_door(room=table.room("peer"), actor=table.actor("host"))
    page = operator_page(table)
    for verb in ("piece.shared", "piece.carried_over.board", "door.opened", "membership.begun.citizen"):
        assert verb in page, verb
    assert pseudonym(table.people["citizen"].pk) in page
    assert table.process.slug in page
    for hidden in ("ordkanari", "tavlekanari", "Amina", "Randi", "likemannsrommet", table.process.name):
        assert hidden not in page, hidden
    for person in table.people.values():
        assert str(person.pk)[:8] not in page


def test_no_thing_in_it_can_be_laid_beside_the_pages(table: Table) -> None:
    """The id of an input stands in its address. An operator who takes part as well, as the first one often does, would read
    in the log who brought what nobody has signed; and by another thing of theirs, what they are called."""
    amina = table.actor("citizen")
    told = [
        actions.write(actor=amina, room=table.room("peer"), kind=PieceKind.STORY_GOOD, text=t) for t in "ab"
    ]
    copies = [
        actions.carry_over(actor=amina, piece=p, target=table.room("board"), text="Uten navn") for p in told
    ]
    page = operator_page(table)
    file = whole_file(table)
    things = [*told, *copies, *table.rooms.values(), *Membership.objects.unrestricted(TEST)]
    for thing in things:
        assert str(thing.pk)[:8] not in page
        assert str(thing.pk)[:8] not in file
    rows = [row for row in csv.DictReader(io.StringIO(file)) if row["kind"] == "rooms.Piece"]
    assert {row["thing"] for row in rows} == {mark(piece.pk)[:16] for piece in (*told, *copies)}
    assert mark(copies[0].pk)[:8] in page


def test_what_one_answered_at_the_door_is_not_in_it(table: Table) -> None:
    before = Event.objects.count()
    door.answer(room=table.room("peer"), wish=DoorAnswer.NOT_YET, actor=table.actor("citizen"))
    assert Event.objects.count() == before


@pytest.mark.parametrize("name", ["coordinator", "citizen", "researcher", "leader", "outsider"])
def test_only_operators_read_it(table: Table, name: str) -> None:
    client = signed_in(table.people[name])
    assert client.get(LOG).status_code == 404
    assert client.post(FILE).status_code == 404


def test_it_is_narrowed_by_kind_by_verb_and_by_day(table: Table) -> None:
    with clock.frozen(datetime(2026, 3, 12, 23, 30, tzinfo=clock.OSLO)):
        events.record(
            table.people["host"].pk, "door.opened", table.rooms["peer"], process_id=table.process.pk
        )
    with clock.frozen(datetime(2026, 3, 13, 0, 30, tzinfo=clock.OSLO)):
        events.record(
            table.people["host"].pk, "door.closed", table.rooms["peer"], process_id=table.process.pk
        )

    def verbs(query: str) -> list[str]:
        return re.findall(r"<td>([a-z_-]+\.[a-z_.-]+)</td>", operator_page(table, query))

    assert verbs("?what=doors") == ["door.closed", "door.opened"]
    assert verbs("?what=door.opened") == ["door.opened"]
    assert verbs("?day=2026-03-12") == ["door.opened"]
    assert verbs("?day=2026-03-13&what=doors") == ["door.closed"]
    assert "Her er det ikke noe å vise" in operator_page(table, "?day=1999-01-01")
    client = signed_in(table.people["operator"])
    for wrong in ("?day=i+g%C3%A5r", "?what=finnes-ikke"):
        response = client.get(LOG + wrong)
        assert response.status_code == 422
        assert "Feil:" in response.content.decode()
    for page in ("0", "-1", "x", "999999999999999"):
        assert client.get(f"{LOG}?side={page}").status_code == 200


def test_fifty_a_page_and_the_same_number_of_queries(table: Table) -> None:
    from tests.rooms.helpers import Queries

    for _ in range(120):
        events.record(None, "test.happened", None, process_id=table.process.pk)
    client = signed_in(table.people["operator"])
    with Queries() as few:
        first = client.get(f"{LOG}?what=door.opened")
    assert first.status_code == 422  # no such verb yet
    with Queries() as many:
        page = client.get(f"{LOG}?what=test.happened").content.decode()
    assert page.count("<tr>") == 51
    assert "Eldre" in page
    assert "side=2" in page
    last = client.get(f"{LOG}?what=test.happened&side=3").content.decode()
    assert last.count("<tr>") == 21
    assert "Nyere" in last
    assert many.count <= 12, many.count
    assert few.count <= 12


def test_the_file_has_the_same_and_says_that_it_was_taken(table: Table) -> None:
    story = actions.write(
        actor=table.actor("citizen"), room=table.room("peer"), kind=PieceKind.POST, text="ordkanari"
    )
    client = signed_in(table.people["operator"])
    response = client.post(FILE, {"what": "piece.shared", "day": ""})
    text = b"".join(response.streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["what"] for row in rows] == ["piece.shared"]
    assert rows[0]["who"] == pseudonym(table.people["citizen"].pk)
    assert rows[0]["thing"] == mark(story.pk)[:16]
    assert rows[0]["process"] == table.process.slug
    assert "ordkanari" not in text
    assert "Amina" not in text
    taken = Event.objects.get(verb="log.exported.csv")
    assert taken.actor_id == table.people["operator"].pk
    assert client.post(FILE, {"day": "tull"}).status_code == 422
    assert client.get(FILE).status_code == 405


def test_nothing_in_it_can_be_changed_or_removed(table: Table) -> None:
    event = events.record(None, "test.happened")
    event.verb = "test.changed"
    for attempt in (
        event.save,
        event.delete,
        lambda: Event.objects.update(verb="x"),
        lambda: Event.objects.filter(pk=event.pk).delete(),
        lambda: Event.objects.bulk_update([event], ["verb"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert Event.objects.get(pk=event.pk).verb == "test.happened"


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_pseudonym_is_the_same_every_time_and_different_for_each() -> None:
    one, other = uuid4(), uuid4()
    assert pseudonym(one) == pseudonym(one) != pseudonym(other)
    assert str(one)[:8] != pseudonym(one)
