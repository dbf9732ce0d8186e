"""The first-run wizard of an empty installation, and that it is gone once somebody is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from langbord.config.firstrun import greeting
from langbord.people.actions import register_person
from langbord.people.models import Organisation, Person
from langbord.web.firstrun import first_run_code
from tests.cast import TEST

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """The code in a folder of its own; the keys stay where they are."""
    settings.FIRST_RUN_FOLDER = tmp_path


def answers(**more: str) -> dict[str, str]:
    return {
        "once": str(uuid4()),
        "code": first_run_code(),
        "organisation": "Fjordvik kommune",
        "kind": "municipality",
        "units": "Boligkontoret\nFamiliesenteret",
        "name": "Kari",
        "email": "kari@eksempel.example",
        **more,
    }


def test_an_empty_installation_leads_to_the_wizard_and_the_wizard_to_a_link() -> None:
    browser = Client()
    assert browser.get("/")["Location"] == "/kom-i-gang/"
    assert browser.get("/kom-i-gang/").status_code == 200
    answer = browser.post("/kom-i-gang/", answers())
    assert answer.status_code == 302
    assert "/l/" in answer["Location"]
    assert Organisation.objects.get().units.count() == 2
    person = Person.objects.unrestricted(TEST).get()
    assert person.is_operator
    assert person.unit_id is not None
    assert browser.get("/kom-i-gang/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"code": "1234"}, {"email": "ikke en adresse"}, {"units": "  "}, {"name": ""}]
)
def test_wrong_input_keeps_what_was_typed_and_makes_nobody(wrong: dict[str, str]) -> None:
    answer = Client().post("/kom-i-gang/", answers(organisation="Min egen kommune", **wrong))
    assert answer.status_code == 422
    assert "Min egen kommune" in answer.content.decode()
    assert not Person.objects.unrestricted(TEST).exists()


def test_it_is_gone_when_somebody_is_there() -> None:
    data = answers()
    register_person(name="Ekte", actor=None)
    assert Client().get("/kom-i-gang/").status_code == 404
    assert Client().post("/kom-i-gang/", data).status_code == 404


def test_a_code_typed_by_hand_and_a_place_written_twice() -> None:
    """Large letters and no hyphens, as somebody types from another screen; one office is one."""
    code = first_run_code().replace("-", " ").upper()
    answer = Client().post("/kom-i-gang/", answers(code=code, units="Boligkontoret\nNAV\n boligkontoret \n"))
    assert answer.status_code == 302
    units = Organisation.objects.get().units.values_list("name", flat=True)
    assert sorted(units) == ["Boligkontoret", "NAV"]


def test_the_terminal_says_where_codes_go_without_a_mail_server(settings: Any, tmp_path: Path) -> None:
    settings.EXAMPLE_MARKER = tmp_path / "EXAMPLE"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.EMAIL_BACKEND = "langbord.people.mail_to_files.EmailBackend"
    assert f"blir lagt i {tmp_path / 'mail'}" in greeting("http://localhost:8000")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "E-post er ikke satt opp" not in greeting("http://localhost:8000")
