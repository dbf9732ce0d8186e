"""A unit's standing question: for its own people, from the day they came, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

from langbord.base import clock
from langbord.learning import unit_log
from langbord.learning.models import UnitEntry
from langbord.learning.querysets import colleagues as readers
from tests.cast import TEST, Table
from tests.learning import helpers
from tests.learning.helpers import key
from tests.signin import signed_in

PATH = "/laering/enhet/"
WORDS = "Vi spurte tre av dem som venter på bolig"


def write(table: Table, name: str = "employee", **more: str) -> int:
    sent = {"once": str(key()), "on": clock.today().isoformat(), "text": WORDS, **more}
    return signed_in(table.people[name]).post(PATH, sent).status_code


def test_the_unit_reads_it_and_nobody_else(table: Table) -> None:
    assert write(table) == 302
    colleagues = {n for n, p in table.people.items() if p.unit_id == table.people["employee"].unit_id}
    assert colleagues == {"employee", "daily-leader", "employee-other-process"}
    for name in table.people:
        answer = signed_in(table.people[name]).get(PATH)
        assert (WORDS in answer.content.decode()) is (name in colleagues), name
        lets_in = name in colleagues or name in ("coordinator", "coordinator-other-process", "leader")
        assert answer.status_code == (200 if lets_in else 404), name


def test_no_name_stands_at_an_answer(table: Table) -> None:
    write(table)
    page = signed_in(table.people["daily-leader"]).get(PATH).content.decode()
    entry = page[page.index(WORDS) - 200 : page.index(WORDS) + 200]
    assert "Espen" not in entry


def test_a_newcomer_reads_from_the_day_they_came(table: Table) -> None:
    """A coordinator elsewhere can register anybody with any unit; what was said before stays unread."""
    write(table)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        newcomer = helpers.colleagues(table, 1)[0]
    page = signed_in(newcomer).get(PATH)
    assert page.status_code == 200
    assert WORDS not in page.content.decode()


def test_whoever_has_stopped_reads_no_log_and_stands_not_among_its_readers(table: Table) -> None:
    """The unit stays registered on a person; the role that lets them in has ended."""
    write(table)
    eva = table.people["employee-other-process"]
    assert WORDS in signed_in(eva).get(PATH).content.decode()
    assert "Eva" in signed_in(table.people["employee"]).get(PATH).content.decode()
    helpers.stops(table, "employee-other-process", by="coordinator-other-process")
    assert signed_in(eva).get(PATH).status_code == 404
    assert signed_in(eva).post(PATH, {"once": str(key()), "on": "2026-01-02", "text": "x"}).status_code == 404
    assert PATH not in signed_in(eva).get("/laering/").content.decode()
    assert "Eva" not in signed_in(table.people["employee"]).get(PATH).content.decode()


def test_a_citizen_who_has_stopped_gets_no_log_by_a_unit(table: Table) -> None:
    write(table)
    vera = table.people["withdrawn"]
    vera.unit = table.people["employee"].unit
    vera.save(update_fields=["unit"])
    assert signed_in(vera).get(PATH).status_code == 404
    assert vera.pk not in {person.pk for person in readers(vera.unit_id)}


def test_somebody_paid_to_take_part_reads_no_log_even_with_a_unit(table: Table) -> None:
    paid = table.people["paid"]
    paid.unit = table.people["employee"].unit
    paid.save(update_fields=["unit"])
    write(table)
    assert signed_in(paid).get(PATH).status_code == 404
    assert not UnitEntry.objects.visible_to(table.actor("paid")).exists()


def test_a_second_click_and_wrong_input(table: Table) -> None:
    once = str(key())
    assert write(table, once=once) == 302
    assert write(table, once=once) == 302
    assert write(table, "daily-leader", once=once) == 404, "somebody else's key opens nothing"
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = signed_in(table.people["employee"]).post(
        PATH, {"once": str(key()), "on": tomorrow, "text": "Bevar meg"}
    )
    assert answer.status_code == 422
    assert "Bevar meg" in answer.content.decode()
    assert UnitEntry.objects.unrestricted(TEST).count() == 1


def test_months_without_an_answer_are_not_there(table: Table) -> None:
    employee = table.actor("employee")
    for days in (0, 95):
        unit_log.note(actor=employee, text=f"for {days} dager siden", on=clock.today() - timedelta(days=days))
    page = signed_in(table.people["employee"]).get(PATH).content.decode()
    assert page.count("<section><h2>") == 2


def test_whoever_wrote_it_takes_it_away(table: Table) -> None:
    write(table)
    entry = UnitEntry.objects.unrestricted(TEST).get()
    path = f"{PATH}{entry.pk}/ta-bort/"
    for name in ("daily-leader", "leader", "coordinator", "mentor"):
        assert signed_in(table.people[name]).post(path).status_code == 404
    assert signed_in(table.people["employee"]).post(path).status_code == 302
    assert not UnitEntry.objects.unrestricted(TEST).exists()


def test_whoever_has_stopped_still_takes_away_their_own_and_reads_nothing_else(table: Table) -> None:
    write(table, text="Ordene mine")
    write(table, "daily-leader", text="Ordene til en annen")
    employee = table.people["employee"]
    employee.memberships.unrestricted(TEST).update(ended_at=clock.now())
    client = signed_in(employee)
    assert client.get(PATH).status_code == 404
    page = client.get("/laering/").content.decode()
    assert "Ordene mine" in page
    assert "Ordene til en annen" not in page
    mine = UnitEntry.objects.unrestricted(TEST).get(author=employee)
    answer = client.post(f"{PATH}{mine.pk}/ta-bort/")
    assert answer.headers["Location"] == "/laering/"
    assert UnitEntry.objects.unrestricted(TEST).get().author_id == table.people["daily-leader"].pk
    assert "Ordene mine" not in client.get("/laering/").content.decode()
