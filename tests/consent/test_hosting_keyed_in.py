"""What came back on paper, keyed in by a host: what is recorded, what is refused, what the person sees."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from langbord.base import clock
from langbord.base.models import Event
from langbord.consent import asking
from langbord.consent.enums import EventKind, Method, Purpose
from langbord.consent.hosting import sheets
from langbord.consent.hosting.recording import RESEARCH_BY_HOST
from langbord.processes.models import Membership
from langbord.rooms.seating import give_seat
from tests.cast import TEST, Table
from tests.consent.helpers import events_of, say_no, say_yes, says_yes, take_back
from tests.consent.test_hosting_paper import SOME, address, filled, key_in, new_substance, printed_for
from tests.signin import signed_in

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
    _purpose, printed, digest = sheet.texts[0]
    new_substance(monkeypatch, Purpose.RECORDING, version=f"{printed.partition('.')[0]}.99")
    assert key_in(table, sheet, filled(sheet, recording="yes")).status_code == 302
    assert says_yes(amina, Purpose.RECORDING, table.process)
    (event,) = events_of(amina, table.process, "recording")
    assert (event.notice_version, event.notice_sha256) == (printed, digest)


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


def test_a_coordinator_writes_down_no_yes_that_opens_what_they_do_not_read(table: Table) -> None:
    """They could say yes to research for a whole group, and read along as a researcher they made up."""
    amina = table.people["citizen"]
    (sheet,) = printed_for(table, "citizen", by="coordinator")
    answer = key_in(table, sheet, filled(sheet, photo="yes", research="yes"), by="coordinator")
    assert answer.status_code == 422
    assert str(RESEARCH_BY_HOST) in html.unescape(answer.text)
    assert not events_of(amina, table.process)
    assert (
        key_in(table, sheet, filled(sheet, photo="yes", research="no"), by="coordinator").status_code == 302
    )
    assert says_yes(amina, Purpose.PHOTO, table.process)
    assert not says_yes(amina, Purpose.RESEARCH, table.process)


def test_nor_does_a_host_of_another_group_where_somebody_was_seated_too(table: Table) -> None:
    """A room that a coordinator opened for it, with a host they made up."""
    kari, cecilie = table.actor("coordinator"), table.people["citizen-3"]
    member = Membership.objects.unrestricted(TEST).with_person().get(person=cecilie, process=table.process)
    give_seat(room=table.room("peer-2"), membership=member, actor=kari)
    (sheet,) = printed_for(table, "citizen-3", by="host-other-group")
    answer = key_in(table, sheet, filled(sheet, research="yes"), by="host-other-group")
    assert answer.status_code == 422
    assert not says_yes(cecilie, Purpose.RESEARCH, table.process)
    assert key_in(table, sheet, filled(sheet, photo="yes"), by="host-other-group").status_code == 302
