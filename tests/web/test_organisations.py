"""A second organisation and a new unit, by those who set things up."""

from __future__ import annotations

from uuid import uuid4

import pytest

from langbord.base.models import Event
from langbord.people.models import Organisation, Unit
from tests.cast import Table
from tests.rooms.helpers import browser


@pytest.mark.parametrize("name", ["coordinator", "operator"])
def test_one_more_organisation_with_its_first_unit(table: Table, name: str) -> None:
    client = browser(table, name)
    assert "/organisasjoner/" in client.get("/s/").content.decode()
    data = {"once": str(uuid4()), "name": "Nabokommunen", "kind": "municipality", "unit": "Boligkontoret der"}
    for _click in range(2):
        assert client.post("/organisasjoner/", data).status_code == 302
    made = Organisation.objects.get(name="Nabokommunen")
    assert [unit.name for unit in Unit.objects.filter(organisation=made)] == ["Boligkontoret der"]
    assert Event.objects.filter(verb="organisation.registered", object_id=made.pk).count() == 1
    page = client.get("/organisasjoner/").content.decode()
    assert "Boligkontoret der" in page
    again = client.post("/organisasjoner/", {**data, "once": str(uuid4()), "name": "nabokommunen"})
    assert again.status_code == 422
    assert "Den finnes allerede" in again.content.decode()
    assert "Boligkontoret der" in again.content.decode()


def test_one_more_unit(table: Table) -> None:
    client = browser(table, "coordinator")
    data = {"once": str(uuid4()), "organisation": str(table.municipality.pk), "name": "Biblioteket"}
    for _click in range(2):
        assert client.post("/organisasjoner/enhet/", data).status_code == 302
    assert Unit.objects.filter(name="Biblioteket", organisation=table.municipality).count() == 1
    empty = client.post("/organisasjoner/enhet/", {**data, "once": str(uuid4()), "name": ""})
    assert empty.status_code == 422
    assert "Skriv noe her først." in empty.content.decode()
    invite = client.get(f"/s/{table.process.slug}/folk/ny/").content.decode()
    assert "Biblioteket" in invite


@pytest.mark.parametrize("name", ["citizen", "host", "employee", "leader", "outsider", "anonymous"])
def test_others_find_no_such_page(table: Table, name: str) -> None:
    client = browser(table, name)
    for path in ("/organisasjoner/", "/organisasjoner/enhet/"):
        for answer in (client.get(path), client.post(path, {"once": str(uuid4()), "name": "Min egen"})):
            assert answer.status_code == (302 if name == "anonymous" else 404)
    assert not Organisation.objects.filter(name="Min egen").exists()
    assert not Unit.objects.filter(name="Min egen").exists()
