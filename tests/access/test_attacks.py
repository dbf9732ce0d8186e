"""Ways around the walls that somebody might try, each tried. What must not happen stands in the name of the test."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from langbord.access.actor import actor_of
from langbord.access.enums import CasePower, Role
from langbord.base import clock
from langbord.base.errors import NotNow
from langbord.gatherings.models import Attendance, Gathering
from langbord.people.models import Card, OwnSession, Person, Rescued
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership, Process
from langbord.rooms import seating
from langbord.rooms.case_power import set_case_power
from langbord.rooms.models import Piece, Room, Seat
from langbord.vault import keys
from tests.access import oracle_routes as oracle
from tests.access.walker import Answer, Walker, rolled_back
from tests.access.world import World
from tests.cast import TEST

REFUSED = {404, 422}


def post(world: World, who: str, path: str, /, **data: Any) -> Answer:
    return Walker(world, [who]).ask(
        who, "POST", path, {key: str(value) for key, value in data.items()}, follow=True
    )


def get(world: World, name: str, path: str) -> Answer:
    return Walker(world, [name]).ask(name, "GET", path)


def reads(world: World, name: str, room: str) -> bool:
    return world.actor(name).may_read(world.table.rooms[room].pk)


def membership(world: World, name: str) -> Membership:
    found = Membership.objects.unrestricted(TEST).with_person()
    return found.filter(person=world.table.people[name], ended_at__isnull=True).first()  # type: ignore[return-value]


def address_in(world: World, room: str, rest: str) -> str:
    return f"/s/{world.at[room]['process']}/rom/{world.table.rooms[room].pk}/{rest}"


def _as_it_is(piece: Piece) -> tuple[object, ...]:
    now = Piece.objects.unrestricted(TEST).get(pk=piece.pk)
    return now.author_id, now.room_id, now.kind, now.edited_at, now.shared_at, str(now.body)


ROOM_SCOPES = {f"room:{room}" for room in oracle.ROOMS}


def _own_words(world: World, name: str) -> set[tuple[str, str]]:
    """The planted words in what this person wrote themself."""
    own = Piece.objects.unrestricted(TEST).filter(author=world.table.people[name])
    with keys.ring():
        return {hit for piece in own for hit in world.found_in(str(piece.body))}


A, B = "/s/et-hjem-a-trives-i/", "/s/unge-ved-bordet/"


# -- the key of a form, borrowed from somebody else


def test_the_key_of_an_invitation_does_not_take_in_somebody_who_exists(world: World) -> None:
    for victim in ("citizen-other-process", "outsider", "operator"):
        pk = world.table.people[victim].pk
        people = Person.objects.unrestricted(TEST)
        name, known = people.get(pk=pk).name, set(people.values_list("pk", flat=True))
        answer = post(
            world, "coordinator", A + "folk/ny/",
            once=pk, name=f"Ny for {victim}", role="citizen", room=world.table.rooms["peer"].pk,
        )  # fmt: skip
        assert not world.found_in(answer.told) & {
            (f"alias:{victim}", "alias"),
            (f"name:{victim}", "real name"),
        }
        here = Membership.objects.unrestricted(TEST).filter(person_id=pk, process=world.table.process)
        assert not here.exists(), victim
        assert answer.status == 302
        assert people.get(pk=pk).name == name, victim
        new = people.exclude(pk__in=known).get()  # somebody of their own, with a key of their own
        assert new.sealed_by == new.pk


def test_the_key_of_a_new_process_does_not_open_another(world: World) -> None:
    answer = post(
        world, "coordinator", "/s/ny/",
        once=world.table.other.pk, template="blank", name="Ny", organisation=world.table.municipality.pk,
    )  # fmt: skip
    assert world.table.other.slug not in answer.told
    assert answer.status == 302
    assert not answer.fault
    coordinator = world.table.people["coordinator"]
    theirs = Membership.objects.unrestricted(TEST).filter(process=world.table.other, person=coordinator)
    assert not theirs.exists()


def test_the_key_of_a_new_room_does_not_meet_another_process_s_room(world: World) -> None:
    rooms = Room.objects.unrestricted(TEST)
    before = {room.pk: (room.process_id, room.name) for room in rooms}
    answer = post(
        world,
        "coordinator",
        A + "rom-til/",
        once=world.table.rooms["b-group"].pk,
        kind="service",
        name="Nytt",
    )
    assert not answer.fault
    assert answer.status == 302
    after = {room.pk: (room.process_id, room.name) for room in rooms.all()}
    assert {pk: after[pk] for pk in before} == before
    assert [of for pk, (of, _name) in after.items() if pk not in before] == [world.table.process.pk]


@pytest.mark.parametrize("room", ["peer", "service", "b-group"])
def test_the_key_of_somebody_else_s_piece_changes_nothing(world: World, room: str) -> None:
    """Written over, shared, carried or noted: another's words stay as they are, and nobody is told that they exist."""
    victim = world.things[f"{room}:post"]
    before = _as_it_is(victim)
    tries = [
        ("citizen-3", address_in(world, "peer", "skriv/"), {"text": "mitt"}),
        ("citizen-3", address_in(world, "peer", "bytte/"), {"text": "mitt", "kind": "give"}),
        ("citizen-3", address_in(world, "peer", "regler/"), {"text": "mitt"}),
        ("host", address_in(world, "peer", "regler/"), {"text": "mitt"}),
        ("citizen-3", "/fortell/", {"text": "mitt", "kind": "post", "process": world.table.process.pk}),
        ("citizen-3", "/fortell/kladd/", {"text": "mitt", "kind": "post", "process": world.table.process.pk}),
        ("employee", f"{A}tavla/{world.at['a']['case']}/svar/", {"kind": "try", "reason": "mitt", "sure": "1"}),
        ("partner", f"{A}tavla/{world.at['a']['case']}/kommentar/", {"text": "mitt"}),
        ("partner", f"{A}tavla/oppgave/ny/", {"text": "mitt"}),
        ("host", f"{A}samling/{world.at['peer:past']['gathering']}/noter/", {"text": "mitt", "speaker": "gruppa"}),
        ("host", f"{A}samling/{world.at['peer:past']['gathering']}/referat/endre/", {"text": "mitt"}),
        ("citizen-3", f"{A}samling/{world.at['peer:past']['gathering']}/referat/stemmer-ikke/", {"text": "mitt"}),
        ("citizen", f"/b/{world.at['draft:citizen']['piece']}/ta-med/{world.table.rooms['board'].pk}/",
         {"text": "mitt", "signed": "no"}),
    ]  # fmt: skip
    for name, path, data in tries:
        with rolled_back():
            answer = post(world, name, path, once=victim.pk, **data)
            assert not answer.fault, f"{name} {path}: {answer.fault}"
            assert _as_it_is(victim) == before, f"{name} {path}"
            hits = {scope for scope, _what in world.found_in(answer.told)}
            assert not any(name not in oracle.readers_of(scope, False) for scope in hits), (
                f"{name} {path}: {hits}"
            )


def test_the_key_of_another_group_s_decision_or_gathering_changes_nothing(world: World) -> None:
    foreign = world.things["decision:b-group"].pk
    own = world.at["peer:group"]
    answer = post(world, "host", f"/b/{own['piece']}/gruppa/{own['room']}/", once=foreign, text="mitt")
    assert not answer.fault
    assert answer.status in REFUSED
    gatherings = Gathering.objects.unrestricted(TEST)
    there = world.at["b-group"]["gathering"]
    before = [str(value) for value in gatherings.filter(pk=there).values_list().get()]
    day = (clock.today() + timedelta(days=5)).isoformat()
    answer = post(
        world, "host", address_in(world, "peer", "ny-samling/"),
        once=there, date=day, start="17:00", end="19:00", place="Her", plan_made_by="",
    )  # fmt: skip
    assert not answer.fault
    assert str(there) not in answer.location  # what was laid has a key made of this one and of what it says
    assert [str(value) for value in gatherings.filter(pk=there).values_list().get()] == before


# -- ids in forms and in the query


def test_nobody_answers_for_the_service_who_is_not_in_the_process(world: World) -> None:
    for stranger in ("employee-other-process", "outsider", "citizen"):
        answer = post(
            world, "coordinator", f"{A}tavla/{world.at['a:waiting']['case']}/svarer/",
            once=uuid4(), promised_on=clock.today().isoformat(), responder=world.table.people[stranger].pk,
        )  # fmt: skip
        assert answer.status == 422, stranger


def test_nobody_is_marked_or_quoted_who_does_not_sit_there(world: World) -> None:
    past = f"{A}samling/{world.at['peer:past']['gathering']}/"
    for stranger in ("citizen-other-group", "citizen-other-process", "employee", "outsider"):
        pk = world.table.people[stranger].pk
        assert post(world, "host", past + "etterpa/", people=pk).status in REFUSED
        assert post(world, "host", past + "noter/", once=uuid4(), text="Hei", speaker=pk).status in REFUSED
    marked = Attendance.objects.unrestricted(TEST).filter(gathering_id=world.at["peer:past"]["gathering"])
    assert {row.person_id for row in marked} == {
        world.table.people[n].pk for n in ("citizen", "citizen-2", "host")
    }


def test_no_card_is_printed_for_somebody_of_another_table(world: World) -> None:
    cards = Card.objects.unrestricted(TEST)
    before = cards.count()
    for name, path, victim in (
        ("host", A, "citizen-other-group"),
        ("host", A, "citizen-other-process"),
        ("host-other-group", A, "citizen"),
        ("host-service", A, "citizen"),
        ("host-waiting", A, "citizen"),
        ("coordinator", A, "paid"),
        ("coordinator", A, "employee"),
        ("coordinator", A, "leader"),
        ("daily-leader", B, "citizen"),
        ("coordinator-other-process", B, "daily-leader"),
    ):
        answer = post(world, name, path + "kort/", people=world.table.people[victim].pk)
        assert answer.status == 422, f"{name} for {victim}"
    assert Card.objects.unrestricted(TEST).count() == before


def test_a_draft_goes_nowhere_its_author_does_not_read(world: World) -> None:
    draft = world.at["draft:citizen"]["piece"]
    for room in ("peer-2", "service", "joint", "b-group", "b-board", "b-joint"):
        answer = post(world, "citizen", f"/fortell/{draft}/del/", to=world.table.rooms[room].pk)
        assert answer.status == 422, room
    assert Piece.objects.unrestricted(TEST).filter(pk=draft, room__isnull=True).exists()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("citizen-3", "/fortell/?kladd={draft}"),
        ("citizen-3", "/fortell/?kladd={post}"),
        ("coordinator", A + "folk/ny/?person={membership_b}"),
        ("coordinator", A + "tavla/oppgave/ny/?sak={case_b}"),
        ("partner", A + "tavla/oppgave/ny/?sak={case_b}"),
    ],
)
def test_ids_in_the_query_open_nothing(world: World, name: str, path: str) -> None:
    full = path.format(
        draft=world.at["draft:citizen"]["piece"],
        post=world.things["peer:post"].pk,
        membership_b=world.at["b"]["membership"],
        case_b=world.at["b"]["case"],
    )
    assert get(world, name, full).status == 404


def test_searching_the_board_finds_nothing_from_other_rooms(world: World) -> None:
    for text, (scope, _what) in list(world.words.items()):
        if scope in {"room:peer", "hidden:peer", "room:service", "draft:citizen"}:
            answer = get(world, "leader", f"{A}tavla/?sok={text}")
            hits = {found for found, _w in world.found_in(answer.body.replace(f'value="{text}"', ""))}
            assert scope not in hits
            break


@pytest.mark.parametrize(
    "wanted", ["//ond.example", "https://ond.example", "/\\ond.example", "javascript:alert(1)", "http:ond"]
)
def test_next_never_leads_away(world: World, wanted: str) -> None:
    for path, data in (
        ("/sprak/", {"language": "nb"}),
        ("/storrelse/", {"text_size": ""}),
        (f"{A}samling/{world.at['peer']['gathering']}/svar/", {"answer": "coming"}),
    ):
        answer = Walker(world, ["citizen"]).ask("citizen", "POST", path, {**data, "next": wanted})
        assert answer.status in (302, 303)
        assert answer.location.startswith("/")
        assert "ond" not in answer.location
    assert "ond.example" not in get(world, "anonymous", f"/inn/?next={wanted}").body


# -- what is another's own


def test_one_throws_away_only_what_was_kept_for_oneself(world: World) -> None:
    kept = world.at["rescued:citizen"]["rescued"]
    for name in sorted(oracle.SIGNED_IN - {"citizen"}):
        post(world, name, f"/meg/reddet/{kept}/kast/")
        post(world, name, "/storrelse/", text_size="", rescued=kept)
    assert Rescued.objects.unrestricted(TEST).filter(pk=kept).exists()


def test_one_ends_only_one_s_own_sessions(world: World) -> None:
    own = world.at["session:citizen"]["session"]
    for name in ("citizen-2", "host", "coordinator", "operator"):
        assert post(world, name, f"/meg/innlogginger/{own}/slutt/").status == 404
        post(world, name, "/meg/innlogginger/slutt/")
    assert OwnSession.objects.unrestricted(TEST).filter(pk=own, ended_at__isnull=True).exists()


# -- roles


def test_the_service_takes_no_citizen_s_seat(world: World) -> None:
    """The one who deals out seats does not deal themself, or a colleague, one among the citizens."""
    kari = world.actor("coordinator")
    for name in ("coordinator", "partner", "leader", "employee"):
        person = Person.objects.unrestricted(TEST).get(pk=world.table.people[name].pk)
        with rolled_back(), pytest.raises(NotNow):
            seating.take_in(
                process_id=world.table.process.pk,
                person=person,
                role=Role.CITIZEN,
                actor=kari,
                room=world.room("peer"),
            )
        answer = post(
            world, "coordinator", f"{A}folk/ny/?person={membership(world, name).pk}",
            once=uuid4(), role="citizen", room=world.table.rooms["peer"].pk,
        )  # fmt: skip
        assert answer.status == 422, name
        assert not reads(world, name, "peer")


def test_whoever_comes_with_the_service_hosts_only_with_the_group_s_yes(world: World) -> None:
    """Also when they work for a volunteer centre: partners, and coordinators of a process that the centre runs."""
    kari = world.actor("coordinator")
    person = Person.objects.unrestricted(TEST).get(pk=world.table.people["partner"].pk)
    with rolled_back():
        seating.take_in(
            process_id=world.table.process.pk,
            person=person,
            role=Role.HOST,
            actor=kari,
            room=world.room("peer"),
        )
        assert not reads(world, "partner", "peer")
        seat = Seat.objects.unrestricted(TEST).get(membership__person=person, ended_at__isnull=True)
        for name in ("citizen", "citizen-2", "citizen-3"):
            seating.answer_host(
                seat=Seat.objects.visible_to(world.actor(name)).get(pk=seat.pk),
                yes=True,
                actor=world.actor(name),
            )
        assert reads(world, "partner", "peer")


def test_roles_in_two_processes_never_add_up(world: World) -> None:
    """A citizen here who coordinates there reads no more there than any coordinator, and here than any citizen."""
    kjell = world.actor("coordinator-other-process")
    dina = Person.objects.unrestricted(TEST).get(pk=world.table.people["citizen-other-group"].pk)
    with rolled_back():
        seating.take_in(process_id=world.table.other.pk, person=dina, role=Role.COORDINATOR, actor=kjell)
        seen = {name for name in world.table.rooms if reads(world, "citizen-other-group", name)}
        assert seen == {"peer-2", "board", "b-service", "b-joint", "b-steering", "b-board"}
        assert get(world, "citizen-other-group", A + "folk/").status == 404
        assert get(world, "citizen-other-group", B + "folk/").status == 200


def test_power_over_cases_closes_the_room_at_once_and_for_good(world: World) -> None:
    walker = Walker(world, ["host"])
    path = address_in(world, "peer", "")
    assert walker.ask("host", "GET", path).status == 200
    with rolled_back():
        set_case_power(
            person=Person.objects.unrestricted(TEST).get(pk=world.table.people["host"].pk),
            power=CasePower.LOOKS_UP,
            actor=world.actor("coordinator"),
        )
        answer = walker.ask("host", "GET", path)
        assert answer.status == 404
        assert not {scope for scope, _w in world.found_in(answer.told)} & {"room:peer"}


def test_a_live_session_opens_nothing_after_the_membership_ended(world: World) -> None:
    walker = Walker(world, ["citizen-2", "employee"])
    for name, room in (("citizen-2", "peer"), ("employee", "service")):
        path = address_in(world, room, "")
        own = _own_words(world, name)
        assert {scope for scope, _w in own} & {f"room:{room}"} or name == "employee"
        assert walker.ask(name, "GET", path).status == 200
        with rolled_back():
            end_membership(membership=membership(world, name), actor=world.actor("coordinator"))
            for page in (path, address_in(world, "board", "hvem/"), A, A + "tavla/", A + "samlinger/"):
                assert walker.ask(name, "GET", page).status == 404, f"{name} {page}"
            for page in ("/", "/fortell/", "/meg/", "/gruppa/", "/s/"):
                answer = walker.ask(name, "GET", page)
                hits = {hit for hit in world.found_in(answer.told) if hit[0] in ROOM_SCOPES}
                # One's own words stay one's own: Fortell shows them, and nobody else's.
                assert hits <= (own if page == "/fortell/" else set()), f"{name} {page}: {hits - own}"
        assert walker.ask(name, "GET", path).status == 200


def test_the_actor_is_made_anew_for_every_request(world: World) -> None:
    """Rights are never kept in a session: a role that ends, ends."""
    before = world.actor("citizen-3")
    end_membership(membership=membership(world, "citizen-3"), actor=before)
    assert not actor_of(world.table.people["citizen-3"]).process_ids


def test_the_world_has_what_the_attacks_need(world: World) -> None:
    assert Gathering.objects.unrestricted(TEST).count() > 10
    assert Process.objects.unrestricted(TEST).count() == 2
    assert Room.objects.unrestricted(TEST).count() == len(world.table.rooms)
