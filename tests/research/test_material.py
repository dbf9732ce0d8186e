"""What a researcher may read: by consent, now, under a number. Each denial shares its set-up with the
success, and plants the word that could leak."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest

from langbord.access.enums import CasePower, Role
from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.consent.enums import Purpose
from langbord.people.models import Person
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership, Process
from langbord.research import actions as research
from langbord.research.material import material
from langbord.research.models import Alias, Opening
from langbord.rooms import actions, door
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import Piece
from langbord.rooms.seating import answer_host, take_in, waiting_hosts
from tests.cast import TEST, Table
from tests.consent.helpers import take_back
from tests.rooms.helpers import Queries, open_first_door
from tests.signin import signed_in

from .helpers import file_of, page_of, read, taken_out, tell, yes


def test_only_words_of_those_who_say_yes_and_under_a_number(table: Table, told: Piece) -> None:
    page = read(table)
    assert "jakanari" in page
    assert "neikanari" not in page
    alias = Alias.objects.unrestricted(TEST).get()
    assert f"Innbygger {alias.number}" in page
    assert "Kan siteres" not in page
    for hidden in ("Amina", "Bjarne", str(table.people["citizen"].pk), str(told.pk)):
        assert hidden not in page, hidden


def test_what_may_be_quoted_is_marked_and_stands_in_the_file(table: Table, told: Piece) -> None:
    yes(table, "citizen", purpose=Purpose.QUOTES)
    assert "Kan siteres" in read(table)
    client = signed_in(table.people["researcher"])
    held = json.loads(taken_out(table, client))
    assert [(p["text"], p["may_be_quoted"]) for p in held["pieces"]] == [("jakanari", True)]
    take_back(table.people["citizen"], Purpose.QUOTES, table.process)
    assert "Kan siteres" not in read(table)
    rows = list(csv.DictReader(io.StringIO(taken_out(table, client, "csv"))))
    assert [(r["text"], r["may_be_quoted"]) for r in rows] == [("jakanari", "no")]


def test_a_yes_to_quotes_alone_opens_nothing(table: Table, told: Piece) -> None:
    yes(table, "citizen-2", purpose=Purpose.QUOTES)
    assert "neikanari" not in read(table)


def test_taken_back_is_gone_at_once_from_page_and_file(table: Table, told: Piece) -> None:
    client = signed_in(table.people["researcher"])
    assert "jakanari" in client.get(page_of(table)).content.decode()
    assert "jakanari" in taken_out(table, client)
    take_back(table.people["citizen"], Purpose.RESEARCH, table.process)
    assert "jakanari" not in client.get(page_of(table)).content.decode()
    assert taken_out(table, client) == ""
    yes(table, "citizen")
    assert "jakanari" in client.get(page_of(table)).content.decode()


def test_drafts_hidden_and_taken_back_pieces_are_never_in_it(table: Table, told: Piece) -> None:
    amina, host = table.actor("citizen"), table.actor("host")
    actions.save_draft(actor=amina, process_id=table.process.pk, kind=PieceKind.STORY, text="kladdkanari")
    held = tell(table, "citizen", "skjultkanari")
    actions.hold_back(actor=host, piece=Piece.objects.visible_to(host).get(pk=held.pk), why="vi snakker")
    gone = tell(table, "citizen", "tilbakekanari")
    actions.take_back(actor=amina, piece=Piece.objects.visible_to(amina).get(pk=gone.pk))
    carried = tell(table, "citizen", "originalkanari")
    actions.carry_over(actor=amina, piece=carried, target=table.room("board"), text="tavlekanari")
    page, file = read(table), taken_out(table, signed_in(table.people["researcher"]))
    for shown in ("jakanari", "originalkanari"):
        assert shown in page
        assert shown in file
    for hidden in ("kladdkanari", "skjultkanari", "tilbakekanari", "tavlekanari"):
        assert hidden not in page, hidden
        assert hidden not in file, hidden


def test_a_groups_words_need_every_citizen_and_those_who_were_there(table: Table) -> None:
    host = table.actor("host")
    actions.write_for_group(actor=host, room=table.room("peer"), kind=PieceKind.INPUT, text="gruppekanari")
    yes(table, "citizen", "citizen-2")
    assert "gruppekanari" not in read(table)
    yes(table, "citizen-3")
    assert "gruppekanari" in read(table)
    assert "Gruppa" in read(table)
    told = {o.author_id for o in Opening.objects.unrestricted(TEST)}
    assert told == {table.people[name].pk for name in ("citizen", "citizen-2", "citizen-3")}
    take_back(table.people["citizen-2"], Purpose.RESEARCH, table.process)
    assert "gruppekanari" not in read(table)
    yes(table, "citizen-2")
    celine = table.actor("citizen-3")
    end_membership(
        membership=Membership.objects.visible_to(celine).get(person=table.people["citizen-3"]), actor=celine
    )
    assert "gruppekanari" not in read(table), "she sat there, and says yes no longer"


def test_the_tables_words_and_the_other_groups_are_not_the_groups(table: Table) -> None:
    for name in ("citizen", "citizen-2", "citizen-3"):
        door.answer(room=table.room("peer"), wish=DoorAnswer.READY, actor=table.actor(name))
    door.open_door(room=table.room("peer"), actor=table.actor("host"))
    kari = table.actor("coordinator")
    actions.write_for_group(actor=kari, room=table.room("joint"), kind=PieceKind.INPUT, text="bordkanari")
    other = table.actor("host-other-group")
    actions.write_for_group(actor=other, room=table.room("peer-2"), kind=PieceKind.INPUT, text="andrekanari")
    yes(table, "citizen", "citizen-2", "citizen-3")
    tell(table, "citizen", "fellesjakanari", "joint", PieceKind.POST)
    page = read(table)
    assert "fellesjakanari" in page
    assert "bordkanari" not in page
    assert "andrekanari" not in page


@pytest.mark.parametrize(
    "name",
    [
        "coordinator",
        "leader",
        "host",
        "employee",
        "citizen",
        "operator",
        "outsider",
        "employee-other-process",
    ],
)
def test_only_the_researcher_of_the_process_comes_in(table: Table, told: Piece, name: str) -> None:
    assert "jakanari" in read(table)
    client = signed_in(table.people[name])
    assert client.get(page_of(table)).status_code == 404
    assert client.post(file_of(table), {"form": "json"}).status_code == 404
    assert not Piece.objects.all().as_material(table.actor(name), table.process.pk).exists()
    with pytest.raises(NotAllowed):
        research.take_out(actor=table.actor(name), process_id=table.process.pk, said=[], form="json")


def test_a_researcher_of_another_process_gets_nothing_of_this_one(table: Table, told: Piece) -> None:
    ute = table.people["outsider"]
    take_in(
        process_id=table.other.pk,
        person=ute,
        role=Role.RESEARCHER,
        actor=table.actor("coordinator-other-process"),
    )
    client = signed_in(ute)
    assert client.get(page_of(table)).status_code == 404
    own = client.get(f"/s/{table.other.slug}/materiale/")
    assert own.status_code == 200
    assert "jakanari" not in own.content.decode()
    assert not Piece.objects.all().as_material(table.actor("outsider"), table.process.pk).exists()
    assert "jakanari" in read(table)


def test_a_researcher_who_is_also_a_host_gets_no_more(table: Table, told: Piece) -> None:
    """The peer room is read with the host's seat; the material is the same as for every other researcher."""
    frida = table.people["researcher"]
    take_in(
        process_id=table.process.pk,
        person=frida,
        role=Role.HOST,
        actor=table.actor("coordinator"),
        room=table.rooms["peer"],
    )
    for name in ("citizen", "citizen-2", "citizen-3"):  # the group has begun, so it is asked first
        actor = table.actor(name)
        for seat in waiting_hosts(actor, table.room("peer")):
            if seat.membership.person_id == frida.pk:
                answer_host(seat=seat, yes=True, actor=actor)
    assert table.actor("researcher").may_read(table.rooms["peer"].pk)
    page = read(table)
    assert "jakanari" in page
    assert "neikanari" not in page
    assert "Amina" not in page
    assert "Du er også vert her" in page
    client = signed_in(frida)
    assert "neikanari" not in taken_out(table, client)


@pytest.mark.parametrize("power", [CasePower.LOOKS_UP, CasePower.DECIDES])
def test_no_role_leads_around_power_over_cases(table: Table, told: Piece, power: str) -> None:
    """An adviser whom the coordinator also calls a researcher: nothing from the peer room, under a number neither. What
    somebody from the service said is there as before."""
    yes(table, "partner")
    tell(table, "partner", "tjenesteord", room="service")
    assert "jakanari" in read(table)
    Person.objects.unrestricted(TEST).filter(pk=table.people["researcher"].pk).update(case_power=power)
    table.people["researcher"].refresh_from_db()
    page = read(table)
    assert "jakanari" not in page
    assert "tjenesteord" in page
    assert "jakanari" not in taken_out(table, signed_in(table.people["researcher"]))


def test_nothing_from_the_joint_room_while_its_door_is_closed(table: Table) -> None:
    open_first_door(table)
    yes(table, "citizen")
    tell(table, "citizen", "bordkanari", room="joint", kind=PieceKind.POST)
    assert "bordkanari" in read(table)
    door.close_door(room=table.room("peer"), actor=table.actor("host"))
    assert "bordkanari" not in read(table)
    assert "bordkanari" not in taken_out(table, signed_in(table.people["researcher"]))


def test_nothing_after_the_last_day_of_the_research(table: Table, told: Piece) -> None:
    def until(day: date) -> None:
        Process.objects.unrestricted(TEST).filter(pk=table.process.pk).update(research_ends_on=day)

    client = signed_in(table.people["researcher"])
    until(clock.today())
    assert "jakanari" in read(table)
    until(clock.today() - timedelta(days=1))
    page = read(table)
    assert "jakanari" not in page
    assert "Forskningen er ferdig" in page
    assert taken_out(table, client) == ""


def test_a_yes_that_has_run_out_opens_nothing(
    table: Table, told: Piece, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langbord.consent import asking

    assert "jakanari" in read(table)
    monkeypatch.setattr(asking, "_has_run_out", lambda purpose, at, now: purpose == Purpose.RESEARCH)
    assert "jakanari" not in read(table)
    assert taken_out(table, signed_in(table.people["researcher"])) == ""


def test_who_leaves_says_yes_no_longer(table: Table, told: Piece) -> None:
    amina = table.actor("citizen")
    end_membership(
        membership=Membership.objects.visible_to(amina).get(person=table.people["citizen"]), actor=amina
    )
    assert "jakanari" not in read(table)


def test_numbers_are_drawn_by_lot_and_kept(table: Table) -> None:
    names = ["citizen", "citizen-2", "citizen-3", "citizen-other-group", "host", "employee"]
    people = [table.people[name].pk for name in names]
    frida = table.actor("researcher")
    seen = set()
    for _ in range(12):
        drawn = research.numbers_of(actor=frida, process_id=table.process.pk, person_ids=people)
        assert drawn == research.numbers_of(actor=frida, process_id=table.process.pk, person_ids=people)
        assert len(set(drawn.values())) == len(people)
        seen.add(tuple(drawn[pk] for pk in people))
        Alias.objects.unrestricted(TEST).delete()
    assert len(seen) > 3, "the same order again and again"


def test_side_and_number_stand_for_host_and_employee(table: Table) -> None:
    yes(table, "host", "employee")
    tell(table, "host", "vertkanari", kind=PieceKind.POST)
    tell(table, "employee", "ansattkanari", "service", PieceKind.SHORTCOMING)
    said = {s.text: s.who.split()[0] for s in material(table.actor("researcher"), table.process.pk)}
    assert said == {"vertkanari": "Vert", "ansattkanari": "Tjenesten"}


def test_a_spreadsheet_gets_no_formula(table: Table) -> None:
    yes(table, "citizen")
    tell(table, "citizen", "=1+1 ø")
    client = signed_in(table.people["researcher"])
    rows = list(csv.DictReader(io.StringIO(taken_out(table, client, "csv"))))
    assert rows[0]["text"] == "'=1+1 ø"


def test_an_empty_page_says_why_and_that_it_is_fine(table: Table) -> None:
    page = read(table)
    assert "helt i orden" in page
    assert "Ikke spør noen om det" in page


def test_at_most_twelve_queries_for_one_and_for_thirty(table: Table) -> None:
    yes(table, "citizen", "citizen-2", "citizen-3")
    tell(table, "citizen", "en")
    client = signed_in(table.people["researcher"])
    counts = []

    def look(query: str = "") -> str:
        with Queries() as seen:
            page = client.get(page_of(table) + query).content.decode()
        counts.append(len(seen.all))
        return page

    look()
    for number in range(35):
        tell(table, ("citizen", "citizen-2", "citizen-3")[number % 3], f"nr {number}")
    host = table.actor("host")
    actions.write_for_group(actor=host, room=table.room("peer"), kind=PieceKind.RULE, text="regel")
    look()
    assert look().count('class="ds-card card piece material"') == 30
    look("?side=2")
    assert max(counts) <= 12, counts


def test_the_person_file_tells_it_too(table: Table, told: Piece) -> None:
    from langbord.research.personal_data import export

    read(table)
    sections = {s.key: s for s in export(table.people["citizen"].pk)}
    assert sections["research_openings"].items[0][0].value == "Frida"
    assert sections["research_numbers"].items
    assert not any(s.items for s in export(table.people["citizen-2"].pk))


def test_the_way_there_is_on_the_researchers_home_and_on_nobody_elses(table: Table) -> None:
    for name, there in (("researcher", True), ("coordinator", False), ("citizen", False)):
        client = signed_in(table.people[name])
        for address in ("/", f"/s/{table.process.slug}/"):
            assert (page_of(table) in client.get(address).content.decode()) == there, (name, address)
