"""*Hvem kan lese dette* on every page that shows a piece or lets one write; and what it claims is what the walls give.

Every page of the walk (tests/access) is fetched as everybody who is let in. Beside each piece stands a line for where it
lies (`data-readers`): the room's id, which leads to the list of its readers; `draft`; `hidden`; `board` (everybody in
the process); `left` (somebody who has gone and still sees their own). Then each claim is held against `visible_to`,
asked for every member of the cast.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from langbord.access.actor import actor_of
from langbord.access.enums import RoomKind
from langbord.consent.enums import Purpose
from langbord.gatherings.models import Answer
from langbord.people.models import Person
from langbord.rooms import actions
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from langbord.rooms.moderating import moderates
from langbord.rooms.readers import readers_of
from langbord.rooms.shown import readers_sentence
from tests.access.test_walk import cells
from tests.access.walker import Walker, rolled_back
from tests.access.world import World, first_door_open
from tests.cast import TEST, Table
from tests.consent.helpers import say_yes, take_back
from tests.signin import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PIECE = re.compile(r'data-piece="([0-9a-f-]{36})"')
LINE = re.compile(r'data-readers="([^"]*)"')
WRITES = re.compile(r"<textarea")
UNTIL_SHARED = "Bare du kan lese"

NOBODY_READS_ON = {
    # what is written here is no piece of a room, and the page says whom it reaches in words of its own
    "gathering-needs",
    "gathering-cancel",
    "process-purpose",
    "process-new",
    "rescued",
    "lengths",
    "process-length",
    "process-close",
    "research-end",
    # a list for two, and figures of a unit: the page itself says who the two are, or who reads
    "first-meeting-thing",
    "first-meeting-promises",
    "first-meeting-say-back",
    "first-meeting-plan",
    "first-meeting-notes",
    "first-meeting-correct",
    "first-meeting-unit",
    # what it is about, lists, letters, and how one wants to take part
    "question-change",
    "question-propose",
    "proposal-answer",
    "inviting-lists",
    "inviting-add",
    "letter",
    "invitee-ring",
    "my-ways",
    # one's own marks, a round, a lab that is planned, a question to a mentor
    "reflection",
    "round",
    "lab-new",
    "mentor",
    # what a municipality lays over the open library, and a text that is looked over and never kept
    "library-own-new",
    "library-own-point",
    "word-check",
}


def claimed(page: str) -> set[str]:
    return set(LINE.findall(page))


def wanted(piece: Piece, reads: bool) -> set[str]:
    """Which lines would be true for this piece."""
    if piece.room_id is None or piece.room is None:
        return {"draft"}
    if piece.hidden_at is not None:
        return {"hidden"}
    if not reads:
        return {"left", str(piece.room_id)}
    lines = {str(piece.room_id)}
    return lines | {"board"} if piece.room.kind == RoomKind.BOARD else lines


@pytest.mark.slow
@pytest.mark.parametrize("opened", [False, True], ids=["door closed", "door open"])
def test_the_line_stands_on_every_page_and_is_true(world: World, opened: bool) -> None:
    with rolled_back():
        if opened:
            with first_door_open(world):
                _everywhere(world, opened)
        else:
            _everywhere(world, opened)


def _everywhere(world: World, opened: bool) -> None:
    walker = Walker(world)
    pieces = {str(p.pk): p for p in Piece.objects.unrestricted(TEST).select_related("room", "process")}
    missing: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    pages = 0
    for cell in cells(world):
        if cell.method != "GET" or (opened and not cell.variant.startswith(("joint", "a", "none", "peer"))):
            continue
        for name in sorted(cell.row.opened if opened else cell.row.closed)[:4]:
            answer = walker.ask(name, "GET", cell.path)
            if answer.status != 200:
                continue
            lines, actor = claimed(answer.body), world.actor(name)
            found = set(PIECE.findall(answer.body))
            pages += bool(found)
            for pk in found & pieces.keys():
                piece = pieces[pk]
                if lines & wanted(piece, actor.may_read(piece.room_id)):
                    seen.add(pk)
                else:
                    missing[f"{cell.route} ({piece.kind})"].append(name)
            told = lines or UNTIL_SHARED in answer.body or cell.route in NOBODY_READS_ON
            if WRITES.search(answer.body) and not told:
                missing[f"{cell.route}: one writes"].append(name)
    assert not missing, (
        "A page with words, or where one writes, says who reads them: rooms/_who_reads.html, or a sentence of its own and a "
        "row in NOBODY_READS_ON.\n"
        + "\n".join(f"{what}: {sorted(set(names))}" for what, names in missing.items())
    )
    assert pages > 40
    assert len(seen) > 60
    for pk in seen:
        _is_true(world, pieces[pk])


def _is_true(world: World, piece: Piece) -> None:
    """Who can really open it, each asked through the gate, against what the line says."""
    everybody = {person.pk: actor_of(person) for person in Person.objects.unrestricted(TEST)}
    reading = {
        pk for pk, actor in everybody.items() if Piece.objects.visible_to(actor).filter(pk=piece.pk).exists()
    }
    author = {piece.author_id} if piece.author_id else set()
    if piece.room_id is None or piece.room is None:
        assert reading == author, ("draft", piece.kind, reading)
        return
    here = {pk for pk, actor in everybody.items() if piece.process_id in actor.process_ids}
    if piece.hidden_at is not None:
        assert reading <= author | {pk for pk in here if moderates(everybody[pk], piece.room_id)}, "hidden"
        return
    if reading <= author and not any(actor.may_read(piece.room_id) for actor in everybody.values()):
        return  # its door is closed; one's own words are always one's own
    if piece.room.kind == RoomKind.BOARD:
        assert reading & here == here, ("board", here - reading)
    listed = readers_of(piece.room, everybody[sorted(reading & here)[0]])
    assert listed.total == len(reading & here), (piece.kind, piece.room.kind, reading)
    assert [reader.shown_name for reader in listed.named].count("Du") == 1
    assert listed.named[0].me


def test_a_draft_before_sharing_names_who_will_read_and_me_as_du(table: Table) -> None:
    amina = table.actor("citizen")
    draft = actions.save_draft(actor=amina, process_id=table.process.pk, kind=PieceKind.STORY, text="kladd")
    body = signed_in(table.people["citizen"]).get(f"/b/{draft.pk}/", follow=True).content.decode()
    (said,) = re.findall(r"(Du, [^<]*Randi[^<]*) kan lese dette\.", body)[:1]
    assert set(re.split(r", | og ", said)) == {"Du", "Bjarne", "Celine", "Randi"}
    assert "Ingen andre kan lese det." in body
    assert "Amina" not in body[body.index("<main") :]
    shared = actions.write(
        actor=amina, room=table.room("peer"), kind=PieceKind.STORY, text="kladd", piece_id=draft.pk
    )
    after = signed_in(table.people["citizen"]).get(f"/b/{shared.pk}/").content.decode()
    assert f"{said} kan lese dette." in after
    assert readers_sentence(readers_of(table.room("peer"), table.actor("citizen-2"))).startswith("Du, ")


def test_a_yes_to_research_is_said_where_it_counts(table: Table) -> None:
    client = signed_in(table.people["citizen"])
    where = f"/s/{table.process.slug}/rom/{table.rooms['peer'].pk}/hvem/"
    page = client.get(where)
    assert page.status_code == 200, page.status_code
    assert "Forskere leser ikke det du skriver her." in page.content.decode()
    say_yes(table.people["citizen"], Purpose.RESEARCH, table.process)
    assert "Da kan forskeren også lese det du skriver her" in client.get(where).content.decode()
    other = signed_in(table.people["citizen-2"]).get(where).content.decode()
    assert "Forskere leser ikke" in other
    take_back(table.people["citizen"], Purpose.RESEARCH, table.process)
    assert "Forskere leser ikke" in client.get(where).content.decode()


def test_what_one_needs_reaches_the_hosts_who_are_named_and_nobody_else(world: World) -> None:
    """«Bare vertene ser det du skriver her»: the hosts by name are those who can open the answer."""
    gathering = world.at["peer"]["gathering"]
    answers = Answer.objects.unrestricted(TEST).filter(gathering_id=gathering)
    mine = answers.get(person=world.table.people["citizen"])
    reading = {
        name
        for name in world.table.people
        if Answer.objects.visible_to(world.actor(name)).filter(pk=mine.pk).exists()
    }
    assert reading == {"citizen", "host"}
    slug = world.at["peer"]["process"]
    page = signed_in(world.table.people["citizen"]).get(f"/s/{slug}/samling/{gathering}/behov/")
    assert page.status_code == 200
    body = page.content.decode()
    assert "Bare vertene ser det" in body
    assert world.table.people["host"].shown_name in body
