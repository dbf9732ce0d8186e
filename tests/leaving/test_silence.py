"""Being silent for a while: asked about nothing, waited for by nobody, and never a yes."""

from __future__ import annotations

import pytest

from langbord.base.errors import NotAllowed, NotNow
from langbord.leaving import pausing
from langbord.processes.models import Pause
from langbord.rooms import actions as rooms
from langbord.rooms import decisions, door, seating
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import GroupDecision, Seat
from tests.cast import TEST, Table
from tests.signin import signed_in

GROUP = ("citizen", "citizen-2", "citizen-3")


def silent(table: Table, *names: str) -> None:
    for name in names:
        pausing.be_silent(actor=table.actor(name), process_id=table.process.pk)


def wish(table: Table, name: str, answer: DoorAnswer = DoorAnswer.READY) -> None:
    door.answer(room=table.room("peer"), wish=answer, actor=table.actor(name))


def fourth(table: Table) -> None:
    seating.take_in(
        process_id=table.process.pk,
        person=table.people["outsider"],
        role="citizen",
        actor=table.actor("coordinator"),
        room=table.rooms["peer"],
    )


def test_a_pause_is_a_record_and_ends_in_one_tap(table: Table) -> None:
    silent(table, "citizen")
    silent(table, "citizen")
    pause = Pause.objects.unrestricted(TEST).get()
    assert pause.ended_at is None
    assert table.actor("citizen").is_silent(table.process.pk)
    pausing.come_back(actor=table.actor("citizen"), process_id=table.process.pk)
    assert not table.actor("citizen").is_silent(table.process.pk)
    assert Pause.objects.unrestricted(TEST).get().ended_at is not None


def test_only_where_one_takes_part(table: Table) -> None:
    with pytest.raises(NotAllowed):
        pausing.be_silent(actor=table.actor("citizen"), process_id=table.other.pk)


def test_hosts_of_the_room_see_it_and_nobody_else(table: Table) -> None:
    silent(table, "citizen")
    see = {
        name: Pause.objects.visible_to(table.actor(name)).count()
        for name in table.cast
        if name not in ("citizen", "host")
    }
    assert Pause.objects.visible_to(table.actor("host")).count() == 1
    assert Pause.objects.visible_to(table.actor("citizen")).count() == 1
    assert not any(see.values()), see
    address = f"/s/{table.process.slug}/rom/{table.rooms['peer'].pk}/"
    assert "stille en stund" in signed_in(table.people["host"]).get(address).content.decode()
    assert "stille en stund" not in signed_in(table.people["citizen-2"]).get(address).content.decode()


def test_the_door_does_not_wait_for_the_silent(table: Table) -> None:
    fourth(table)
    for name in GROUP:
        wish(table, name)
    room, host = table.room("peer"), table.actor("host")
    with pytest.raises(NotNow):
        door.open_door(room=room, actor=host)
    silent(table, "outsider")
    assert door.state_for(host, table.room("peer")).can_open
    door.open_door(room=room, actor=host)
    assert table.room("peer").door_is_open


def test_silence_is_not_a_yes(table: Table) -> None:
    """Three of a group of three, one silent: two are too few, and a host's word does not make up for it."""
    for name in GROUP:
        wish(table, name)
    silent(table, "citizen-3")
    room, host = table.room("peer"), table.actor("host")
    assert not door.state_for(host, room).can_open
    for talked in (False, True):
        with pytest.raises(NotNow):
            door.open_door(room=room, actor=host, talked=talked)


def test_a_not_yet_stands_though_the_person_is_silent(table: Table) -> None:
    fourth(table)
    for name in GROUP:
        wish(table, name)
    wish(table, "outsider", DoorAnswer.NOT_YET)
    silent(table, "outsider")
    with pytest.raises(NotNow):
        door.open_door(room=table.room("peer"), actor=table.actor("host"))


def _decision(table: Table) -> GroupDecision:
    host = table.actor("host")
    group = rooms.write_for_group(actor=host, room=table.room("peer"), kind=PieceKind.INPUT, text="vårt")
    return decisions.propose(
        actor=host, piece=table_piece(table, group), target=table.room("board"), text="vårt"
    )


def table_piece(table: Table, piece: object) -> object:
    from langbord.rooms.models import Piece

    return Piece.objects.visible_to(table.actor("host")).get(pk=piece.pk)  # type: ignore[attr-defined]


def test_a_decision_does_not_wait_for_the_silent(table: Table) -> None:
    fourth(table)
    decision = _decision(table)
    silent(table, "outsider")
    for name in GROUP:
        decisions.answer(actor=table.actor(name), decision=decision, yes=True)
    assert GroupDecision.objects.unrestricted(TEST).get(pk=decision.pk).effective_at is not None


def test_two_do_not_decide_for_a_group_of_three(table: Table) -> None:
    decision = _decision(table)
    silent(table, "citizen-3")
    for name in GROUP[:2]:
        decisions.answer(actor=table.actor(name), decision=decision, yes=True)
    assert GroupDecision.objects.unrestricted(TEST).get(pk=decision.pk).effective_at is None


def test_the_silent_ones_no_still_stops(table: Table) -> None:
    decision = _decision(table)
    silent(table, "citizen-3")
    decisions.answer(actor=table.actor("citizen-3"), decision=decision, yes=False)
    assert GroupDecision.objects.unrestricted(TEST).get(pk=decision.pk).stopped_at is not None


def test_a_new_host_from_the_service_waits_for_the_silent_too(table: Table) -> None:
    """Whoever comes in reads what the silent one wrote before: that takes their own yes."""
    silent(table, "citizen-3")
    seat = Seat.objects.unrestricted(TEST).get(
        membership__person=table.people["host-waiting"], confirmed_at__isnull=True
    )
    for name in GROUP[:2]:
        seating.answer_host(seat=seat, yes=True, actor=table.actor(name))
    assert Seat.objects.unrestricted(TEST).get(pk=seat.pk).confirmed_at is None


def test_the_silent_are_not_asked_about_gatherings(table: Table) -> None:
    from langbord.gatherings.calendar import next_gathering

    from .helpers import gather, live

    gather(live(table))
    card = next_gathering(table.actor("citizen"))
    assert card is not None
    assert card.may_answer
    silent(table, "citizen")
    card = next_gathering(table.actor("citizen"))
    assert card is not None
    assert not card.may_answer


def test_on_the_pages(table: Table) -> None:
    client, slug = signed_in(table.people["citizen"]), table.process.slug
    page = client.get("/meg/slutte/stille/").content.decode()
    assert "Vær stille i Et hjem å trives i" in page
    for _click in range(2):
        client.post("/meg/slutte/stille/", {"process": slug})
    assert "Du er stille i Et hjem å trives i" in client.get("/meg/").content.decode()
    assert client.post("/meg/slutte/tilbake/", {"process": slug}).status_code == 302
    assert "Du er stille" not in client.get("/meg/").content.decode()
    assert client.post("/meg/slutte/stille/", {"process": table.other.slug}).status_code == 404
