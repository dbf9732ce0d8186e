"""The record of processing is made from the registers, and says what is missing."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from langbord.access.walls import WALLS
from langbord.base import personal_data, retention
from langbord.consent.enums import Purpose
from langbord.web.privacy import facts
from langbord.web.privacy.record import FILE, record
from tests.cast import Table
from tests.signin import signed_in


def printed(**options: Any) -> str:
    out = StringIO()
    call_command("record_of_processing", stdout=out, **options)
    return out.getvalue()


def values(key: str) -> list[str]:
    return [v for part in record().parts for e in part.entries if e.key == key for v in e.values]


def test_everything_the_apps_hold_stands_in_some_activity(table: Table) -> None:
    told = set(values("data"))
    for _register, holding in personal_data.holdings():
        assert str(holding.what) in told, holding.model


def test_every_length_stands_in_some_activity() -> None:
    named = {kind for one in facts.content(FILE)["activities"] for kind in one["retention"]}
    # What research holds stands with the consent to research, whose end date drives it.
    assert set(retention.policies()) - named <= {"research"}
    assert named <= set(retention.policies())


def test_every_purpose_and_every_room_is_there(table: Table) -> None:
    found = record()
    assert {f"consent:{p}" for p in Purpose.values} <= {part.key for part in found.activities}
    (together,) = [part for part in found.activities if part.key == "together"]
    (recipients,) = [e for e in together.entries if e.key == "recipients"]
    assert len(recipients.values) == len([w for w in WALLS.values() if w.by_role or w.seated])
    assert "aldri den som" in recipients.values[0]


def test_what_is_missing_is_said_with_where_to_fill_it_in(table: Table, settings: Any) -> None:
    told = json.loads(printed(json=True))
    assert {"dpo", "hosting"} <= {one["key"] for one in told["missing"]}
    assert "ikke fylt ut" in printed()
    settings.LANGBORD_DPO_CONTACT, settings.LANGBORD_HOSTED_BY = "ombud@eksempel.no", "Drift AS"
    told = json.loads(printed(json=True))
    assert not {"dpo", "hosting"} & {one["key"] for one in told["missing"]}
    assert "ombud@eksempel.no" in printed()


def test_it_says_how_this_installation_is_set_up(table: Table, settings: Any) -> None:
    assert not [e for e in record().measures.entries if e.key == "https" and e.values]
    settings.HTTPS = True
    assert [e for e in record().measures.entries if e.key == "https" and e.values]


def test_an_empty_installation_says_so(db: None) -> None:
    assert record().controllers[0].entries[0].missing


def test_the_file_is_not_written_over(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "protokoll.json"
    printed(json=True, out=str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["format"] == "langbord-record-of-processing-1"
    with pytest.raises(CommandError):
        printed(out=str(file))


def test_in_three_languages(table: Table) -> None:
    assert "# Protokoll over behandling" in printed()
    for language in ("nn", "en"):
        assert facts.content(FILE)["activities"][0]["title"][language] in printed(language=language)


@pytest.mark.parametrize("who", ["coordinator", "operator"])
def test_the_page_and_its_files(table: Table, who: str) -> None:
    client = signed_in(table.people[who])
    assert 'href="/personvern/protokoll/"' in client.get("/personvern/").content.decode()
    told = client.get("/personvern/protokoll/").content.decode()
    assert "Fjordvik kommune" in told
    assert "Fylles ut her" in told
    for form, kind in (("json", "application/json"), ("md", "text/markdown")):
        response = client.get("/personvern/protokoll/", {"form": form})
        assert response["Content-Type"].startswith(kind)
        assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("who", ["citizen", "employee", "leader", "researcher", "host"])
def test_others_get_the_usual_404(table: Table, who: str) -> None:
    client = signed_in(table.people[who])
    assert client.get("/personvern/protokoll/").status_code == 404
    assert "/personvern/protokoll/" not in client.get("/personvern/").content.decode()
