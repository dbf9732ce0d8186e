"""A unit's standing question: for its own people, from the day they came, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

from langbord.base import clock
from langbord.learning import unit_log
from langbord.learning.models import UnitEntry
from langbord.people.actions import register_person
from tests.cast import TEST, Table
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
        if table.people[name].unit_id is None:
            assert answer.status_code == 404, name


def test_no_name_stands_at_an_answer(table: Table) -> None:
    write(table)
    page = signed_in(table.people["daily-leader"]).get(PATH).content.decode()
    entry = page[page.index(WORDS) - 200 : page.index(WORDS) + 200]
    assert "Espen" not in entry


def test_a_newcomer_reads_from_the_day_they_came(table: Table) -> None:
    """A coordinator elsewhere can register anybody with any unit; what was said before stays unread."""
    write(table)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        newcomer = register_person(name="Ny", actor=None, unit=table.people["employee"].unit)
        table.people["newcomer"] = newcomer
    page = signed_in(newcomer).get(PATH)
    assert page.status_code == 200
    assert WORDS not in page.content.decode()


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
