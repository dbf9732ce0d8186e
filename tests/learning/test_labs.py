"""Labs and talks in stages: last time's notes first, an agenda from the content, and what came of each stage."""

from __future__ import annotations

from datetime import timedelta

from langbord.base import clock
from langbord.gatherings import minutes
from langbord.gatherings.models import AgendaItem, Gathering
from langbord.learning import labs, sheets
from langbord.learning.enums import Stage
from langbord.learning.models import Lab
from langbord.library import content
from tests.cast import TEST, Table
from tests.learning.helpers import a_lab, key, room
from tests.signin import signed_in

NOTES = "Vi bestemte oss for å ringe først"


def noted(table: Table, lab: Lab, text: str = NOTES) -> None:
    with clock.frozen(lab.gathering.ends_at + timedelta(minutes=5)):
        minutes.publish(actor=table.actor("coordinator"), gathering=lab.gathering, text=text)


def base(table: Table) -> str:
    return f"/s/{table.process.slug}/laering/"


def test_a_lab_is_planned_from_a_unit_and_is_a_gathering_of_the_room(table: Table) -> None:
    unit = content.course()[0]
    client = signed_in(table.people["coordinator"])
    page = client.get(base(table) + f"verksted/nytt/?om=unit:{unit.key}").content.decode()
    assert str(unit.lab.parts[0].title) in page
    once = str(key())
    sent = {
        "once": once,
        "topic": f"unit:{unit.key}",
        "date": (clock.today() + timedelta(days=4)).isoformat(),
        "start": "12:00",
        "end": "14:00",
        "place": "Møterommet",
        "lead": "Solveig",
        "title": str(unit.lab.title),
        "agenda": "10 Runde\n20 Snakke – Espen",
    }
    for _click in range(2):
        assert client.post(base(table) + "verksted/nytt/", sent).status_code == 302
    lab = Lab.objects.unrestricted(TEST).get()
    assert Gathering.objects.unrestricted(TEST).get().room_id == room(table).id
    led = {i.text: i.who for i in AgendaItem.objects.unrestricted(TEST).all()}
    assert led == {"Runde": "Solveig", "Snakke": "Espen"}
    for name, expected in (("employee", 200), ("leader", 404), ("citizen", 404), ("mentor", 404)):
        found = signed_in(table.people[name]).get(base(table) + f"verksted/{lab.pk}/")
        assert found.status_code == expected, name
    assert str(unit.lab.parts[0].title) in client.get(base(table) + f"verksted/{lab.pk}/").content.decode()


def test_the_notes_of_the_last_lab_are_read_first(table: Table) -> None:
    first = a_lab(table, 2)
    noted(table, first)
    second = a_lab(table, 9)
    assert second.follows_id == first.pk
    page = signed_in(table.people["employee"]).get(base(table) + f"verksted/{second.pk}/").content.decode()
    assert page.index(NOTES) < page.index("Gangen i det")
    with clock.frozen(first.gathering.ends_at + timedelta(hours=1)):
        begun = labs.last_before(table.actor("coordinator"), first.room_id, clock.now())
    assert begun is not None
    assert begun.pk == first.pk


def test_a_lab_that_was_called_off_is_not_read_from(table: Table) -> None:
    from langbord.gatherings import actions

    first, off = a_lab(table, 2), a_lab(table, 4)
    actions.cancel(actor=table.actor("coordinator"), gathering=off.gathering, why="Snø")
    assert a_lab(table, 9).follows_id == first.pk


def test_wrong_input_is_given_back(table: Table) -> None:
    answer = signed_in(table.people["coordinator"]).post(
        base(table) + "verksted/nytt/", {"once": str(key()), "title": "Det vi ville", "place": ""}
    )
    assert answer.status_code == 422
    assert "Det vi ville" in answer.content.decode()


def test_an_employee_plans_no_lab_and_begins_no_talk(table: Table) -> None:
    client = signed_in(table.people["employee"])
    assert client.get(base(table) + "verksted/nytt/").status_code == 404
    assert client.post(base(table) + "samtale/begynn/", {"once": str(key())}).status_code == 404
    assert "Planlegg et verksted" not in client.get(base(table)).content.decode()


def test_the_stages_come_in_order_and_begin_with_the_stage_before(table: Table) -> None:
    other = a_lab(table, 1)
    noted(table, other, "Noe ganske annet")
    coordinator = table.actor("coordinator")
    plan = labs.begin_talks(actor=coordinator, room=room(table))
    first = a_lab(table, 5, plan=plan, stage=Stage.TODAY)
    noted(table, first)
    between = a_lab(table, 20)
    steps = labs.steps_of(coordinator, plan)
    assert [s.lab is not None for s in steps] == [True, False, False]
    assert steps[1].suggested is not None
    assert steps[1].suggested - first.gathering.ends_at == timedelta(days=60)
    assert steps[2].suggested is None
    second = a_lab(table, 65, plan=plan, stage=Stage.COULD_BE)
    assert second.follows_id == first.pk, "the same talk, not the lab in between"
    assert between.follows_id == first.pk
    page = signed_in(table.people["employee"]).get(base(table) + f"samtale/{plan.pk}/").content.decode()
    assert NOTES in page
    assert "Slik kunne det være" in page


def test_a_stage_of_a_plan_elsewhere_is_missing(table: Table) -> None:
    plan = labs.begin_talks(actor=table.actor("coordinator"), room=room(table))
    path = f"/s/{table.other.slug}/laering/verksted/nytt/?plan={plan.pk}&omgang=today"
    assert signed_in(table.people["coordinator-other-process"]).get(path).status_code == 404
    own = base(table) + "verksted/nytt/"
    client = signed_in(table.people["coordinator"])
    assert client.get(f"{own}?plan={plan.pk}&omgang=tull").status_code == 404
    assert client.get(f"{own}?plan=tull&omgang=today").status_code == 404


def test_an_empty_page_says_what_a_lab_is(table: Table) -> None:
    page = signed_in(table.people["employee"]).get(base(table)).content.decode()
    assert "Dere har ikke hatt noe verksted ennå" in page


def test_last_times_notes_stand_once_on_the_agenda(table: Table) -> None:
    """Every lab of the course reads them in its first part: they are not on the list twice."""
    for unit in content.course():
        lines = labs.agenda_for(unit, before=True).splitlines()
        assert [line.split(maxsplit=1)[1] for line in lines[:2]] == [
            str(part.title) for part in unit.lab.parts[:2]
        ], unit.key
        assert not any("Les notatene fra sist høyt" in line for line in lines)
        assert unit.lab.parts[0].key == labs.READ_BACK
    sheet = sheets.all_sheets()[0]
    for thing, stage in ((sheet, ""), (None, ""), (None, Stage.TODAY)):
        assert (
            "Les notatene fra sist høyt" in labs.agenda_for(thing, before=True, stage=stage).splitlines()[0]
        )


def test_the_notes_of_the_stage_before_are_read_also_when_it_was_planned_later(table: Table) -> None:
    """The second time was called off and planned anew when the third was planned already."""
    from langbord.gatherings import actions

    coordinator = table.actor("coordinator")
    plan = labs.begin_talks(actor=coordinator, room=room(table))
    noted(table, a_lab(table, 2, plan=plan, stage=Stage.TODAY), "Det første")
    off = a_lab(table, 10, plan=plan, stage=Stage.COULD_BE)
    third = a_lab(table, 30, plan=plan, stage=Stage.LEARNED)
    actions.cancel(actor=coordinator, gathering=off.gathering, why="Snø")
    address = base(table) + f"verksted/{third.pk}/"
    assert "Det første" in signed_in(table.people["employee"]).get(address).text
    noted(table, a_lab(table, 15, plan=plan, stage=Stage.COULD_BE), "Det andre")
    page = signed_in(table.people["employee"]).get(address).text
    assert "Det andre" in page
    assert "Det første" not in page


def test_a_lab_laid_a_moment_ago_is_pointed_at(table: Table) -> None:
    client = signed_in(table.people["coordinator"])
    sent = {
        "topic": "",
        "date": (clock.today() + timedelta(days=4)).isoformat(),
        "start": "12:00",
        "end": "14:00",
        "place": "Møterommet",
        "title": "Verksted",
        "agenda": "",
    }
    held = Lab.objects.unrestricted(TEST)
    for once in ("f" * 32, "f" * 32):
        assert client.post(base(table) + "verksted/nytt/", {**sent, "once": once}).status_code == 302
    again = client.post(base(table) + "verksted/nytt/", {**sent, "once": str(key())})
    assert again.status_code == 422
    assert "Du la nettopp inn en samling her den dagen." in again.text
    assert held.count() == 1
    more = {**sent, "once": str(key()), "one_more": "yes"}
    assert client.post(base(table) + "verksted/nytt/", more).status_code == 302
    assert held.count() == 2
