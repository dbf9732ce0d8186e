"""Aloud, with a witness: what was read, who heard it, and what the person sees afterwards."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from langbord.base.models import Event
from langbord.consent.enums import Method, Purpose
from langbord.consent.hosting import sheets, voice
from langbord.consent.models import Witness
from langbord.processes.models import Membership
from tests.cast import TEST, Table
from tests.consent.helpers import events_of, says_yes
from tests.consent.test_hosting_paper import new_substance
from tests.signin import signed_in

SECRET = "Ingeborg Svartbekk"


def address(table: Table, name: str = "citizen") -> str:
    row = Membership.objects.unrestricted(TEST).get(person=table.people[name])
    return f"/s/{table.process.slug}/samtykker/{row.pk}/muntlig/"


def spoken(table: Table, **answers: str) -> dict[str, Any]:
    """What a host fills in: `recording="yes"`; the rest was not answered."""
    asked = sheets.notices_for(table.process.pk, "nb", Purpose)
    data: dict[str, Any] = {
        "once": uuid4(),
        "shown": voice.fingerprint(asked),
        "read_aloud": "on",
        "witness": "",
        "witness_name": SECRET,
    }
    for notice in asked:
        data[f"answer-{notice.purpose}"] = answers.get(notice.purpose.replace("-", "_"), "none")
    return data


def test_the_texts_stand_there_to_be_read_and_nothing_is_chosen(table: Table) -> None:
    page = signed_in(table.people["host"]).get(address(table)).text
    for notice in sheets.notices_for(table.process.pk, "nb", Purpose):
        for part in notice.parts:
            assert part in page
    assert len(re.findall(r"<input[^>]* checked", page)) <= 1, "only «somebody else» for the witness"
    assert re.search(r'name="answer-[a-z-]+"[^>]* checked', page) is None


def test_what_was_said_counts_and_is_shown_to_the_person(table: Table) -> None:
    amina, client = table.people["citizen"], signed_in(table.people["host"])
    assert client.post(address(table), spoken(table, recording="yes", quotes="no")).status_code == 302
    assert says_yes(amina, Purpose.RECORDING, table.process)
    assert {e.method for e in events_of(amina, table.process)} == {Method.VOICE}
    page = signed_in(amina).get("/").text
    assert "Ja til lydopptak" in page
    assert "Skrevet inn av Randi" in page
    assert f"{SECRET} var vitne" in page
    (event,) = events_of(amina, table.process, "recording")
    signed_in(amina).post(f"/meg/samtykke/{event.pk}/ikke-sagt/")
    assert not says_yes(amina, Purpose.RECORDING, table.process)


def test_a_no_that_was_not_said_leads_to_answering_oneself(table: Table) -> None:
    amina = table.people["citizen"]
    signed_in(table.people["host"]).post(address(table), spoken(table, quotes="no"))
    (event,) = events_of(amina, table.process, "quotes")
    answer = signed_in(amina).post(f"/meg/samtykke/{event.pk}/ikke-sagt/")
    assert answer["Location"] == "/meg/ja/"
    assert len(events_of(amina, table.process, "quotes")) == 1
    assert "Nei til ordene mine som sitat" not in signed_in(amina).get("/").text


def test_an_own_answer_since_is_not_taken_back_by_saying_that_an_old_one_was_wrong(table: Table) -> None:
    from tests.consent.helpers import say_no, say_yes

    amina = table.people["citizen"]
    signed_in(table.people["host"]).post(address(table), spoken(table, recording="yes"))
    (event,) = events_of(amina, table.process, "recording")
    say_no(amina, Purpose.RECORDING, table.process)
    say_yes(amina, Purpose.RECORDING, table.process)
    signed_in(amina).post(f"/meg/samtykke/{event.pk}/ikke-sagt/")
    assert says_yes(amina, Purpose.RECORDING, table.process)


def test_a_member_as_witness(table: Table) -> None:
    amina, client = table.people["citizen"], signed_in(table.people["host"])
    data = {
        **spoken(table, recording="yes"),
        "witness": str(table.people["citizen-2"].pk),
        "witness_name": "",
    }
    assert client.post(address(table), data).status_code == 302
    assert "Bjarne var vitne" in signed_in(amina).get("/").text


@pytest.mark.parametrize("who", ["host", "citizen", "citizen-other-group", "employee"])
def test_not_the_host_nor_the_person_nor_somebody_one_does_not_meet(table: Table, who: str) -> None:
    client = signed_in(table.people["host"])
    data = {**spoken(table, recording="yes"), "witness": str(table.people[who].pk), "witness_name": ""}
    answer = client.post(address(table), data)
    assert answer.status_code == 422
    assert events_of(table.people["citizen"], table.process) == []


def test_a_second_click_adds_nothing(table: Table) -> None:
    client, data = signed_in(table.people["host"]), spoken(table, recording="yes", photo="no")
    for _ in range(2):
        assert client.post(address(table), data).status_code == 302
    said = events_of(table.people["citizen"], table.process)
    assert len(said) == len({e.purpose for e in said})
    assert Witness.objects.unrestricted(TEST).count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"witness_name": ""}, "Velg hvem som var vitne"),
        ({"read_aloud": ""}, "Les tekstene høyt først"),
        ({"answer-recording": ""}, "Velg ja, nei takk eller ikke svart"),
        ({"once": ""}, "Prøv en gang til"),
    ],
)
def test_wrong_input_loses_nothing(table: Table, change: dict[str, str], words: str) -> None:
    data = {**spoken(table, recording="yes", photo="no"), **change}
    answer = signed_in(table.people["host"]).post(address(table), data)
    assert answer.status_code == 422
    assert words in answer.text
    if "witness_name" not in change:
        assert SECRET in answer.text
    assert answer.text.count('value="no" id="id_answer-photo_1" class="ds-input" checked') == 1 or re.search(
        r'name="answer-photo"[^>]*value="no"[^>]*checked|value="no"[^>]*name="answer-photo"[^>]*checked',
        answer.text,
    )
    assert events_of(table.people["citizen"], table.process) == []


def test_a_text_that_changed_while_it_was_read(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    data, client = spoken(table, recording="yes"), signed_in(table.people["host"])
    new_substance(monkeypatch, Purpose.RECORDING, version="1.1")
    answer = client.post(address(table), data)
    assert answer.status_code == 422
    assert "Teksten ble endret mens du leste" in answer.text
    assert SECRET in answer.text
    assert events_of(table.people["citizen"], table.process) == []
    shown = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', answer.text)
    assert shown is not None
    assert client.post(address(table), {**data, "shown": shown[1]}).status_code == 302


def test_the_witness_s_name_is_sealed_and_told_to_nobody_else(table: Table) -> None:
    host = signed_in(table.people["host"])
    host.post(address(table), spoken(table, recording="yes"))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT name FROM consent_witness")
        for (stored,) in cursor.fetchall():
            assert SECRET.encode() not in bytes(stored)
    row = Membership.objects.unrestricted(TEST).get(person=table.people["citizen"])
    there = f"/s/{table.process.slug}/samtykker/"
    for name in ("host", "coordinator", "citizen-2", "researcher", "leader", "operator"):
        client = signed_in(table.people[name])
        for page in ("/", "/meg/", there, f"{there}{row.pk}/", address(table)):
            assert SECRET not in client.get(page).text, (name, page)
    for event in Event.objects.all():
        assert SECRET not in str(event.__dict__)
    with pytest.raises(Witness.DoesNotExist):
        Witness.objects.visible_to(table.actor("host")).get()
    assert Witness.objects.visible_to(table.actor("citizen")).count() == 1


def test_others_do_not_ask(table: Table) -> None:
    for name in (
        "employee",
        "leader",
        "researcher",
        "citizen",
        "citizen-2",
        "host-other-group",
        "host-waiting",
    ):
        client = signed_in(table.people[name])
        assert client.get(address(table)).status_code == 404, name
        assert client.post(address(table), spoken(table, recording="yes")).status_code == 404, name
    assert events_of(table.people["citizen"], table.process) == []
