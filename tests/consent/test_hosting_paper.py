"""Paper: printed with exactly the texts that count, keyed in from the sheet that came back, taken back on the screen."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from langbord.base import clock
from langbord.consent import texts
from langbord.consent.enums import Purpose
from langbord.consent.models import Sheet
from langbord.people.actions import set_preferences
from tests.cast import TEST, Table
from tests.consent.helpers import events_of
from tests.signin import signed_in

SOME = [Purpose.RECORDING.value, Purpose.PHOTO.value, Purpose.RESEARCH.value]


def address(table: Table, rest: str = "") -> str:
    return f"/s/{table.process.slug}/samtykker/{rest}"


def printed_for(
    table: Table, *names: str, by: str = "host", purposes: list[str] | None = None
) -> list[Sheet]:
    """Printed through the form; the sheets in order of the names."""
    once = uuid4()
    ids = [str(table.people[name].pk) for name in names]
    answer = signed_in(table.people[by]).post(
        address(table, "ark/"), {"once": once, "people": ids, "purposes": purposes or SOME}
    )
    assert answer.status_code == 302, answer.text[:2000]
    batch = answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    made = {str(s.person_id): s for s in Sheet.objects.unrestricted(TEST).filter(batch=batch)}
    return [made[pk] for pk in ids]


def filled(sheet: Sheet, **answers: str) -> dict[str, Any]:
    """The form as a host fills it in from the paper: `recording="yes"`; the rest is not answered."""
    data: dict[str, Any] = {
        "once": uuid4(),
        "code": sheet.shown_code,
        "signed_on": clock.today().isoformat(),
    }
    for purpose, _version, _sha in sheet.texts:
        data[f"answer-{purpose}"] = answers.get(purpose.replace("-", "_"), "none")
    return data


def key_in(table: Table, sheet: Sheet, data: dict[str, Any], by: str = "host") -> Any:
    return signed_in(table.people[by]).post(address(table, f"ark/{sheet.pk}/"), data)


# -- the sheet


def new_substance(monkeypatch: pytest.MonkeyPatch, purpose: str, version: str = "2.0") -> None:
    real_notice, real_version = texts.notice, texts.version_now
    monkeypatch.setattr(texts, "version_now", lambda p: version if p == purpose else real_version(p))

    def notice(p: str, code: str) -> texts.Notice | None:
        found = real_notice(p, code)
        if found is None or p != purpose:
            return found
        return texts.Notice(p, version, code, (*found.parts[:-1], "Noe nytt."))

    monkeypatch.setattr(texts, "notice", notice)


def test_the_sheet_names_person_purposes_boxes_code_and_the_way_back(table: Table) -> None:
    (sheet,) = printed_for(table, "citizen")
    page = signed_in(table.people["host"]).get(address(table, f"ark/til-utskrift/{sheet.batch}/")).text
    assert "Til Amina" in page
    for purpose in SOME:
        notice = texts.notice(purpose, "nb")
        assert notice is not None
        for part in notice.parts:
            assert part in page
        assert f"{purpose} {notice.version} · {notice.sha256[:8]}" in page
    assert page.count('class="box"') == 2 * len(SOME)
    assert "Nei takk" in page
    assert sheet.shown_code in page
    assert "Du kan ta tilbake et ja når du vil" in page
    assert "makulert" in page
    assert "checked" not in page


def test_the_hash_on_the_paper_is_that_of_the_text(table: Table) -> None:
    (sheet,) = printed_for(table, "citizen")
    for purpose, version, sha in sheet.texts:
        notice = texts.notice(purpose, "nb")
        assert notice is not None
        assert (version, sha) == (notice.version, notice.sha256)
    assert sheet.code == sheet.computed_code()
    assert re.fullmatch("[A-HJ-NP-Z2-9]{8}", sheet.code)
    changed = Sheet(
        pk=sheet.pk, language=sheet.language, texts=[*sheet.texts[:-1], ["photo", "1.1", "0" * 64]]
    )
    assert changed.computed_code() != sheet.code


def test_each_gets_the_sheet_in_their_own_language(table: Table) -> None:
    set_preferences(actor=table.actor("citizen-2"), language="en")
    bokmal, english = printed_for(table, "citizen", "citizen-2")
    assert (bokmal.language, english.language) == ("nb", "en")
    page = signed_in(table.people["host"]).get(address(table, f"ark/til-utskrift/{english.batch}/")).text
    notice = texts.notice(Purpose.RECORDING, "en")
    assert notice is not None
    assert notice.named["question"] in page
    assert "You can take back a yes whenever you want." in page


def test_a_second_click_prints_nothing_new(table: Table) -> None:
    client, once = signed_in(table.people["host"]), uuid4()
    data = {"once": once, "people": [str(table.people["citizen"].pk)], "purposes": SOME}
    for _ in range(2):
        assert client.post(address(table, "ark/"), data).status_code == 302
    assert Sheet.objects.unrestricted(TEST).count() == 1
    other = signed_in(table.people["host-other-group"])
    data = {**data, "people": [str(table.people["citizen-other-group"].pk)]}
    # The id in the form gives nobody another host's sheets: these are new.
    assert other.post(address(table, "ark/"), data).status_code == 302
    assert len(set(Sheet.objects.unrestricted(TEST).values_list("batch", flat=True))) == 2


def test_printing_asks_nobody_and_changes_no_answer(table: Table) -> None:
    printed_for(table, "citizen")
    assert events_of(table.people["citizen"], table.process) == []


def test_nobody_chosen_and_nothing_to_ask(table: Table) -> None:
    client = signed_in(table.people["host"])
    page = client.post(address(table, "ark/"), {"once": uuid4()})
    assert page.status_code == 422
    assert "Velg minst én." in page.text
    assert "Velg minst ett spørsmål." in page.text


def test_only_those_one_may_ask(table: Table) -> None:
    """A host for their own group, the coordinator for those they invite; never an employee, nor oneself."""
    for by, name, allowed in [
        ("host", "citizen", True),
        ("coordinator", "citizen-other-group", True),
        ("host", "citizen-other-group", False),
        ("host", "host", False),
        ("coordinator", "employee", False),
    ]:
        answer = signed_in(table.people[by]).post(
            address(table, "ark/"),
            {"once": uuid4(), "people": [str(table.people[name].pk)], "purposes": SOME},
        )
        assert answer.status_code == (302 if allowed else 422), (by, name)


def test_a_text_without_translation_is_left_out_and_said(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_preferences(actor=table.actor("citizen"), language="nn")
    real = texts.notice
    monkeypatch.setattr(
        texts, "notice", lambda p, code: None if (p, code) == (Purpose.PHOTO, "nn") else real(p, code)
    )
    (sheet,) = printed_for(table, "citizen")
    assert [text[0] for text in sheet.texts] == [Purpose.RECORDING, Purpose.RESEARCH]
    page = signed_in(table.people["host"]).get(address(table, f"ark/til-utskrift/{sheet.batch}/")).text
    assert "finnes ikke på språket til Amina" in page
    monkeypatch.setattr(texts, "notice", lambda p, code: None)
    answer = signed_in(table.people["host"]).post(
        address(table, "ark/"),
        {"once": uuid4(), "people": [str(table.people["citizen"].pk)], "purposes": SOME},
    )
    assert answer.status_code == 422
    assert "Ingenting er skrevet ut." in answer.text
