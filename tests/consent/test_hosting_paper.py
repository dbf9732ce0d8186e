"""Paper: printed with exactly the texts that count, keyed in from the sheet that came back, taken back on the screen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from langbord.base import clock
from langbord.base.models import Event
from langbord.consent import asking, texts
from langbord.consent.enums import EventKind, Method, Purpose
from langbord.consent.hosting import sheets
from langbord.consent.models import Sheet
from langbord.people.actions import set_preferences
from tests.cast import TEST, Table
from tests.consent.helpers import events_of, say_no, say_yes, says_yes, take_back
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
    made = {str(s.person_id): s for s in Sheet.objects.unrestricted(TEST).filter(batch=once)}
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
    assert Sheet.objects.unrestricted(TEST).filter(batch=once).count() == 1
    other = signed_in(table.people["host-other-group"])
    data = {**data, "people": [str(table.people["citizen-other-group"].pk)]}
    assert other.post(address(table, "ark/"), data).status_code == 404


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


# -- keying in


def test_nothing_is_filled_in_beforehand(table: Table) -> None:
    say_yes(table.people["citizen"], Purpose.RECORDING, table.process)
    (sheet,) = printed_for(table, "citizen")
    page = signed_in(table.people["host"]).get(address(table, f"ark/{sheet.pk}/")).text
    assert "checked" not in page
    assert sheet.shown_code not in page
    assert sheet.code not in page
    assert f'value="{clock.today().isoformat()}"' not in page


def test_paper_is_keyed_in_and_taken_back_on_the_screen(table: Table) -> None:
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen")
    answer = key_in(table, sheet, filled(sheet, recording="yes", photo="no"))
    assert answer.status_code == 302, answer.text[:3000]
    assert says_yes(amina, Purpose.RECORDING, table.process)
    assert not says_yes(amina, Purpose.PHOTO, table.process)
    assert not says_yes(amina, Purpose.RESEARCH, table.process)
    by_purpose = {e.purpose: e for e in events_of(amina, table.process)}
    assert {e.method for e in by_purpose.values()} == {Method.PAPER}
    assert by_purpose["recording"].kind == EventKind.GIVEN
    assert by_purpose["photo"].kind == EventKind.REFUSED
    assert by_purpose["research"].kind == EventKind.ASKED
    assert {e.recorded_by for e in by_purpose.values()} == {table.people["host"].pk}
    for purpose, version, sha in sheet.texts:
        assert (by_purpose[purpose].notice_version, by_purpose[purpose].notice_sha256) == (version, sha)
    take_back(amina, Purpose.RECORDING, table.process)
    assert not says_yes(amina, Purpose.RECORDING, table.process)


def test_a_second_click_adds_nothing(table: Table) -> None:
    (sheet,) = printed_for(table, "citizen")
    data = filled(sheet, recording="yes", photo="no")
    for _ in range(2):
        assert key_in(table, sheet, data).status_code == 302
    assert len(events_of(table.people["citizen"], table.process)) == 3


def test_a_slip_is_corrected_by_a_new_event(table: Table) -> None:
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen")
    key_in(table, sheet, filled(sheet, recording="yes", photo="yes", research="yes"))
    before = [e.own_hash for e in events_of(amina, table.process)]
    page = signed_in(table.people["host"]).get(address(table, f"ark/{sheet.pk}/")).text
    assert "Retter du en tastefeil" in page
    assert key_in(table, sheet, filled(sheet, recording="no", photo="yes")).status_code == 302
    after = events_of(amina, table.process)
    assert [e.own_hash for e in after[: len(before)]] == before
    assert [(e.purpose, e.kind) for e in after[len(before) :]] == [
        ("recording", EventKind.WITHDRAWN),
        ("research", EventKind.WITHDRAWN),
    ]
    assert says_yes(amina, Purpose.PHOTO, table.process)
    assert not says_yes(amina, Purpose.RESEARCH, table.process)


def test_the_last_answer_counts_though_the_sheet_comes_late(table: Table) -> None:
    """Signed, then taken back on the screen, then keyed in: the sheet does not overrule the person."""
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen")
    say_no(amina, Purpose.RECORDING, table.process)
    answer = key_in(table, sheet, filled(sheet, recording="yes", photo="yes"))
    assert answer.status_code == 422
    assert "Det siste svaret gjelder" in answer.text
    assert not says_yes(amina, Purpose.RECORDING, table.process)
    assert not says_yes(amina, Purpose.PHOTO, table.process), "nothing is recorded until it is put right"
    assert key_in(table, sheet, filled(sheet, photo="yes")).status_code == 302
    assert says_yes(amina, Purpose.PHOTO, table.process)
    assert not says_yes(amina, Purpose.RECORDING, table.process)


def test_a_slip_does_not_touch_what_the_person_has_said_since(table: Table) -> None:
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen")
    key_in(table, sheet, filled(sheet, recording="no", photo="yes"))
    say_yes(amina, Purpose.RECORDING, table.process)
    assert key_in(table, sheet, filled(sheet)).status_code == 302
    assert says_yes(amina, Purpose.RECORDING, table.process)
    assert not says_yes(amina, Purpose.PHOTO, table.process)


def test_an_older_sheet_does_not_overrule_a_newer(table: Table) -> None:
    amina = table.people["citizen"]
    (older,) = printed_for(table, "citizen")
    with clock.frozen(clock.now() + timedelta(days=3)):
        (newer,) = printed_for(table, "citizen")
        key_in(table, newer, filled(newer, recording="no"))
        late = {
            **filled(older, recording="yes"),
            "signed_on": (clock.today() - timedelta(days=2)).isoformat(),
        }
        answer = key_in(table, older, late)
        assert answer.status_code == 422
        assert not says_yes(amina, Purpose.RECORDING, table.process)


# -- wrong input: plain words, nothing recorded, nothing lost


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"signed_on": (clock.today() + timedelta(days=1)).isoformat()}, "Denne dagen har ikke vært ennå"),
        (
            {"signed_on": (clock.today() - timedelta(days=9)).isoformat()},
            "Det kan ikke være skrevet under før det",
        ),
        ({"signed_on": "31.02.2026"}, "Skriv en dag som finnes"),
        ({"signed_on": ""}, "Velg en dag"),
        ({"answer-recording": ""}, "Velg ja, nei takk eller ikke svart."),
        ({"answer-recording": "kanskje"}, "Dette valget finnes ikke lenger"),
        ({"code": "AAAA-AAAA"}, "Koden hører ikke til dette arket"),
        ({"code": ""}, "Skriv koden som står nederst på arket."),
    ],
)
def test_wrong_input(table: Table, change: dict[str, str], said: str) -> None:
    (sheet,) = printed_for(table, "citizen")
    data = {**filled(sheet, recording="yes", photo="no"), **change}
    answer = key_in(table, sheet, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert answer.text.count("checked") == sum(data[f"answer-{p}"] in ("yes", "no", "none") for p in SOME)
    assert events_of(table.people["citizen"], table.process) == []


def test_the_code_of_another_person_s_sheet(table: Table) -> None:
    mine, other = printed_for(table, "citizen", "citizen-2")
    answer = key_in(table, mine, {**filled(mine, recording="yes"), "code": other.shown_code})
    assert answer.status_code == 422
    assert "Koden hører ikke til dette arket" in answer.text
    assert events_of(table.people["citizen"], table.process) == []
    assert events_of(table.people["citizen-2"], table.process) == []


def test_the_code_may_be_written_as_people_write_it(table: Table) -> None:
    (sheet,) = printed_for(table, "citizen")
    data = {**filled(sheet, recording="yes"), "code": " " + sheet.code.lower() + " "}
    assert key_in(table, sheet, data).status_code == 302


def new_substance(monkeypatch: pytest.MonkeyPatch, purpose: str, version: str = "2.0") -> None:
    real_notice, real_version = texts.notice, texts.version_now
    monkeypatch.setattr(texts, "version_now", lambda p: version if p == purpose else real_version(p))

    def notice(p: str, code: str) -> texts.Notice | None:
        found = real_notice(p, code)
        if found is None or p != purpose:
            return found
        return texts.Notice(p, version, code, (*found.parts[:-1], "Noe nytt."))

    monkeypatch.setattr(texts, "notice", notice)


def test_a_text_that_changed_in_substance_is_not_recorded(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen")
    new_substance(monkeypatch, Purpose.RECORDING)
    page = signed_in(table.people["host"]).get(address(table, f"ark/{sheet.pk}/")).text
    assert "Noen av tekstene er endret" in page
    answer = key_in(table, sheet, filled(sheet, recording="yes", photo="yes"))
    assert answer.status_code == 422
    assert "Teksten er endret siden arket ble skrevet ut" in answer.text
    assert answer.text.count("checked") == 3
    assert events_of(amina, table.process) == []
    assert key_in(table, sheet, filled(sheet, photo="yes")).status_code == 302
    assert says_yes(amina, Purpose.PHOTO, table.process)
    batch = signed_in(table.people["host"]).get(address(table, f"ark/til-utskrift/{sheet.batch}/"))
    assert "Lag dem på nytt" in batch.text
    assert sheet.shown_code not in batch.text


def test_a_text_that_was_only_put_better_counts_as_it_stood_on_the_paper(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen")
    new_substance(monkeypatch, Purpose.RECORDING, version="1.1")
    assert key_in(table, sheet, filled(sheet, recording="yes")).status_code == 302
    assert says_yes(amina, Purpose.RECORDING, table.process)
    (event,) = events_of(amina, table.process, "recording")
    assert (event.notice_version, event.notice_sha256) == ("1.0", sheet.texts[0][2])


def test_who_needs_a_new_sheet_is_shown(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    say_yes(table.people["citizen"], Purpose.MINUTES, table.process)
    client = signed_in(table.people["host"])
    assert "Amina trenger et nytt ark" not in client.get(address(table)).text
    new_substance(monkeypatch, Purpose.MINUTES)
    page = client.get(address(table)).text
    assert "Amina trenger et nytt ark" in page
    assert "Bjarne trenger et nytt ark" not in page
    assert "Ikke spurt ennå: Bjarne, Celine." in page


# -- walls and log


def test_others_meet_the_same_page_as_for_nothing(table: Table) -> None:
    (sheet,) = printed_for(table, "citizen")
    nothing = uuid4()
    for name in (
        "employee",
        "leader",
        "partner",
        "host-other-group",
        "host-waiting",
        "host-service",
        "citizen",
    ):
        client = signed_in(table.people[name])
        for there, missing in (
            (f"ark/{sheet.pk}/", f"ark/{nothing}/"),
            (f"ark/til-utskrift/{sheet.batch}/", f"ark/til-utskrift/{nothing}/"),
        ):
            one, other = client.get(address(table, there)), client.get(address(table, missing))
            assert one.status_code == other.status_code == 404, name
            assert _plain(one.text) == _plain(other.text)
        assert (
            client.post(address(table, f"ark/{sheet.pk}/"), filled(sheet, recording="yes")).status_code == 404
        )
    assert events_of(table.people["citizen"], table.process) == []


def _plain(page: str) -> str:
    page = re.sub(r"[0-9a-f-]{36}", "id", page)
    return re.sub(r"[A-Za-z0-9]{64}", "token", page)


def test_the_log_holds_no_answer(table: Table) -> None:
    (sheet,) = printed_for(table, "citizen")
    key_in(table, sheet, filled(sheet, recording="yes"))
    keyed = Event.objects.get(verb="consent.sheet-keyed")
    assert (keyed.actor_id, keyed.object_id) == (table.people["host"].pk, sheet.pk)
    assert sheet.code not in str(list(Event.objects.values_list("verb", flat=True)))


def test_the_actions_check_again(table: Table) -> None:
    from langbord.base.errors import NotAllowed

    (sheet,) = printed_for(table, "citizen")
    for name in ("employee", "citizen", "leader", "host-other-group"):
        with pytest.raises(NotAllowed):
            sheets.key_in(
                actor=table.actor(name), sheet=sheet, signed_on=clock.today(), answers={"recording": "yes"}
            )
        with pytest.raises(NotAllowed):
            sheets.print_sheets(
                actor=table.actor(name),
                process_id=table.process.pk,
                people=[table.people["citizen"]],
                purposes=SOME,
                once=uuid4(),
            )
    with pytest.raises(NotAllowed):
        sheets.key_in(
            actor=table.actor("host"),
            sheet=sheet,
            signed_on=clock.today() + timedelta(days=1),
            answers={"recording": "yes"},
        )


# -- what the person sees at the next sign-in


def test_the_person_sees_what_was_keyed_in_and_takes_it_back_in_one_tap(table: Table) -> None:
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen")
    key_in(table, sheet, filled(sheet, recording="yes", photo="no"))
    client = signed_in(amina)
    page = client.get("/").text
    assert "Noen har skrevet inn svar for deg" in page
    assert "Ja til lydopptak" in page
    assert "Nei til bilder" in page
    assert "Skrevet inn av Randi" in page
    assert "Fra papir." in page
    (event,) = events_of(amina, table.process, "recording")
    assert client.post(f"/meg/samtykke/{event.pk}/ikke-sagt/").status_code == 302
    assert not says_yes(amina, Purpose.RECORDING, table.process)
    assert asking.state(amina.pk, Purpose.RECORDING, table.process.pk).own is asking.Said.NO
    page = client.get("/").text
    assert "Ja til lydopptak" not in page
    assert "Nei til bilder" in page


def test_when_all_is_right_it_is_quiet(table: Table) -> None:
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen")
    key_in(table, sheet, filled(sheet, recording="yes", photo="no"))
    client = signed_in(amina)
    ids = re.findall(r'name="event" value="([0-9a-f-]{36})"', client.get("/").text)
    assert len(ids) == 2
    for _ in range(2):
        assert client.post("/meg/samtykke/stemmer/", {"event": [*ids, "tull"]}).status_code == 302
    assert "Noen har skrevet inn svar" not in client.get("/").text
    assert says_yes(amina, Purpose.RECORDING, table.process)
    assert Event.objects.filter(verb="consent.said-right").count() == 2


def test_nobody_says_it_for_another(table: Table) -> None:
    (sheet,) = printed_for(table, "citizen")
    key_in(table, sheet, filled(sheet, recording="yes"))
    (event,) = events_of(table.people["citizen"], table.process, "recording")
    for name in ("citizen-2", "host", "coordinator", "operator"):
        client: Client = signed_in(table.people[name])
        assert client.post(f"/meg/samtykke/{event.pk}/ikke-sagt/").status_code == 404
        assert client.post("/meg/samtykke/stemmer/", {"event": [str(event.pk)]}).status_code == 302
        assert "Ja til lydopptak" not in client.get("/").text
    assert says_yes(table.people["citizen"], Purpose.RECORDING, table.process)
    assert not Event.objects.filter(verb="consent.said-right").exists()
    assert isinstance(event.pk, UUID)
