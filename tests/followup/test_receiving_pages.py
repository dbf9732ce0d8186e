"""Received by the authority, in the browser and out to the archive."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from langbord.base.errors import NotAllowed
from langbord.base.models import Event
from langbord.followup import archive, receiving
from langbord.followup.models import Received
from tests.cast import TEST, Table
from tests.followup.helpers import QUOTE, said, taken
from tests.followup.receiving import WHY, ask, given, received
from tests.signin import signed_in

# -- pages


def page(table: Table, who: str, path: str) -> str:
    response = signed_in(table.people[who]).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_from_the_question_to_the_copy_in_the_browser(table: Table) -> None:
    case = said(table)
    at = f"/s/{table.process.slug}/tavla/{case.pk}/"
    kari, amina = signed_in(table.people["coordinator"]), signed_in(table.people["citizen"])
    assert at + "til-arkivet/" in page(table, "coordinator", at)
    empty = kari.post(at + "til-arkivet/", {"once": str(uuid4()), "reason": ""})
    assert empty.status_code == 422
    assert kari.post(at + "til-arkivet/", {"once": str(uuid4()), "reason": WHY}).status_code == 302
    assert at + "ja-eller-nei/" in page(table, "citizen", "/")
    assert at + "ja-eller-nei/" not in page(table, "citizen-2", "/")
    told = page(table, "citizen", at + "ja-eller-nei/")
    for words in (
        WHY,
        "Fjordvik kommune",
        "Kopien blir der",
        "Andre kan be om å få lese den",
        "koster deg ingenting",
    ):
        assert words in told
    assert amina.post(at + "ja-eller-nei/", {"answer": "kanskje"}).status_code == 422
    for _click in range(2):
        assert amina.post(at + "ja-eller-nei/", {"answer": "yes"}).status_code == 302
    assert at + "ja-eller-nei/" not in page(table, "citizen", "/")
    for name in ("citizen", "citizen-2", "partner", "leader", "researcher"):
        assert "Mottatt av kommunen" in page(table, name, at), name
    copy = received(case)
    assert copy is not None
    own = f"/s/{table.process.slug}/mottatt/{copy.pk}/"
    assert QUOTE in page(table, "citizen", own)
    assert signed_in(table.people["citizen-2"]).get(own).status_code == 404
    assert kari.post(own + "arkiv/", {"reference": "x" * 90}).status_code == 422
    assert kari.post(own + "arkiv/", {"reference": "2026/12-3"}).status_code == 302
    assert "2026/12-3" in page(table, "coordinator", f"/s/{table.process.slug}/mottatt/")


def test_the_question_about_a_case_that_somebody_answers_for(table: Table) -> None:
    case = taken(table, "employee", said(table, signed=True))
    ask(table, case, "employee")
    told = page(table, "citizen", f"/s/{table.process.slug}/tavla/{case.pk}/ja-eller-nei/")
    assert "Espen spør og skriver" in told
    assert "Fornavnet ditt følger med" in told


def test_the_empty_list_helps(table: Table) -> None:
    assert "Ingenting er mottatt ennå" in page(table, "coordinator", f"/s/{table.process.slug}/mottatt/")


# -- out to the archive


def test_the_file_for_the_archive(table: Table, tmp_path: Any) -> None:
    _case, copy = given(table)
    receiving.set_reference(
        actor=table.actor("coordinator"),
        received=Received.objects.visible_to(table.actor("coordinator")).get(),
        reference=" 2026/1 ",
    )
    response = signed_in(table.people["coordinator"]).post(f"/s/{table.process.slug}/mottatt/fil/")
    assert response["Content-Type"] == "application/zip"
    assert (
        Event.objects.filter(verb="received.exported", actor_id=table.people["coordinator"].pk).count() == 1
    )
    file = tmp_path / "ut.zip"
    call_command("export", "received", process=table.process.slug, out=str(file))
    assert file.read_bytes() == response.content
    assert file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(io.BytesIO(response.content)) as zipped:
        index = json.loads(zipped.read("innhold.json"))
        (facts,) = index["received"]
        assert zipped.read(facts["file"]).decode() == QUOTE + "\n"
        assert json.loads(zipped.read(facts["file"][:-4] + ".json")) == facts
    assert (facts["archive_reference"], facts["said_by"]) == ("2026/1", "fra en innbygger")
    assert facts["id"] == str(copy.pk)


def test_words_that_can_t_be_opened_are_said_to_be_so(table: Table) -> None:
    _case, copy = given(table)
    Received.objects.unrestricted(TEST).filter(pk=copy.pk).update(sealed_by=uuid4())
    with zipfile.ZipFile(io.BytesIO(archive.export_by_operator(table.process))) as zipped:
        (facts,) = json.loads(zipped.read("innhold.json"))["received"]
        assert facts["file"] is None
        assert not [name for name in zipped.namelist() if name.endswith(".txt")]


def test_only_the_coordinator_takes_it_out(table: Table) -> None:
    given(table)
    for name in ("employee", "leader", "citizen", "coordinator-other-process", "operator"):
        with pytest.raises(NotAllowed):
            archive.export(actor=table.actor(name), process=table.process)
