"""The entrance of a citizens' room: said before anybody tells, once, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from langbord.access.actor import actor_of
from langbord.access.enums import CITIZEN_ROOMS
from langbord.base.errors import NotAllowed
from langbord.base.models import Event
from langbord.rooms import actions, entrance
from langbord.rooms.enums import PieceKind
from tests.cast import Table
from tests.signin import signed_in

PRESS = "Jeg har lest det"


def address(table: Table, room: str, rest: str = "") -> str:
    process = table.other if room.startswith("b-") else table.process
    return f"/s/{process.slug}/rom/{table.rooms[room].pk}/{rest}"


def read_events(table: Table, name: str) -> list[Event]:
    return list(
        Event.objects.filter(actor_id=table.people[name].pk, verb__startswith="entrance.read.").order_by("pk")
    )


def test_it_stands_above_the_wall_until_the_person_has_pressed(table: Table) -> None:
    amina, bjarne = signed_in(table.people["citizen"]), signed_in(table.people["citizen-2"])
    page = amina.get(address(table, "peer")).text
    assert page.index("Et barn blir utsatt for vold") < page.index("Veggen")
    assert PRESS in page
    assert "hva om noen forteller" in page

    assert amina.post(address(table, "peer", "inngang/")).status_code == 302
    after = amina.get(address(table, "peer")).text
    assert PRESS not in after
    assert "Et barn blir utsatt for vold" not in after
    assert "Hva vertene må si fra om" in after
    assert PRESS in bjarne.get(address(table, "peer")).text


def test_what_is_noted_is_an_event_without_content_and_only_once(table: Table) -> None:
    amina = signed_in(table.people["citizen"])
    for _ in range(2):
        amina.post(address(table, "peer", "inngang/"), {"text": "ord som ikke skal noteres"})
    (noted,) = read_events(table, "citizen")
    assert noted.verb == "entrance.read.peer.1"
    assert noted.object_id == table.rooms["peer"].pk


def test_reading_the_page_notes_nothing(table: Table) -> None:
    amina = signed_in(table.people["citizen"])
    assert "Noens liv er i fare" in amina.get(address(table, "peer", "inngang/")).text
    assert read_events(table, "citizen") == []


def test_it_is_not_in_the_way_of_telling(table: Table) -> None:
    """Nobody has to press: one writes on the wall and shares a story without."""
    amina = signed_in(table.people["citizen"])
    room = table.room("peer")
    actions.write(actor=table.actor("citizen"), room=room, kind=PieceKind.POST, text="Hei, alle")
    assert "Hei, alle" in amina.get(address(table, "peer")).text
    assert read_events(table, "citizen") == []


def test_the_same_line_stands_where_one_shares(table: Table) -> None:
    actor = table.actor("citizen")
    draft = actions.save_draft(
        actor=actor, process_id=table.process.pk, kind=PieceKind.STORY, text="Det var en gang"
    )
    page = signed_in(table.people["citizen"]).get(f"/fortell/{draft.pk}/").text
    assert address(table, "peer", "inngang/") in page
    assert "Hva vertene må si fra om" in page


def test_a_new_version_is_shown_to_everybody_again(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    amina = signed_in(table.people["citizen"])
    amina.post(address(table, "peer", "inngang/"))
    now = entrance.text_for("peer")
    newer = entrance.Entrance(now.version + 1, now.title, now.parts)
    monkeypatch.setattr(entrance, "text_for", lambda kind: newer)
    assert PRESS in amina.get(address(table, "peer")).text


def test_another_room_asks_for_itself(table: Table) -> None:
    leader = signed_in(table.people["daily-leader"])
    leader.post(address(table, "b-group", "inngang/"))
    assert PRESS not in leader.get(address(table, "b-group")).text
    assert PRESS in signed_in(table.people["paid"]).get(address(table, "b-group")).text


def test_those_outside_get_the_same_page_as_for_nothing(table: Table) -> None:
    for name in ("employee", "leader", "coordinator", "citizen-other-group", "host-waiting"):
        client = signed_in(table.people[name])
        assert client.get(address(table, "peer", "inngang/")).status_code == 404
        assert client.post(address(table, "peer", "inngang/")).status_code == 404
        with pytest.raises(NotAllowed):
            entrance.read(actor=actor_of(table.people[name]), room=table.room("peer"))
        assert read_events(table, name) == []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", sorted(CITIZEN_ROOMS))
def test_every_kind_of_citizens_room_has_its_text_in_three_languages(kind: str, language: str) -> None:
    with translation.override("nb"):
        bokmal = entrance.text_for(kind).said
    with translation.override(language):
        said = entrance.text_for(kind).said
    assert len(said) == len(bokmal) == 4
    if language != "nb":
        assert all(one.text != other.text for one, other in zip(said, bokmal, strict=True))


def test_a_language_that_is_missing_falls_back_to_bokmal(tmp_path: Path) -> None:
    file = tmp_path / "peer.yaml"
    file.write_text(
        "version: 3\nheading: {nb: Først}\nparts: [{heading: {nb: Hvem}, text: {nb: Vi}}]", "utf-8"
    )
    with translation.override("en"):
        assert entrance._load(file).said[0].text == "Vi"


@pytest.mark.parametrize(
    "content",
    ["version: 1", "version: 1\nheading: {nb: A}\nparts: [{heading: {en: B}, text: {nb: C}}]", "a: ["],
)
def test_a_broken_file_says_where(tmp_path: Path, content: str) -> None:
    file = tmp_path / "peer.yaml"
    file.write_text(content, "utf-8")
    with pytest.raises(entrance.EntranceBroken, match=r"peer\.yaml"):
        entrance._load(file)
