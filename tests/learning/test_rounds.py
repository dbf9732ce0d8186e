"""Reflection: mine alone, then on the table without a name, and a picture only where nobody can be worked out."""

from __future__ import annotations

import re
from datetime import timedelta

from langbord.access.actor import actor_of
from langbord.base import clock
from langbord.learning import rounds, sheets
from langbord.learning.enums import Outcome
from langbord.learning.models import Laid, OwnMarks, Round
from langbord.people.models import Person
from tests.cast import TEST, Table
from tests.learning.helpers import (
    CORNERS,
    SHEET,
    colleagues,
    first_day,
    key,
    laid,
    opened,
    posted,
    room,
    stops,
)
from tests.signin import signed_in

TOKEN = re.compile(r'"[A-Za-z0-9]{64}"')
WORDS = "Jeg tror vi gjemmer oss bak loven"


def page_of(table: Table, round_: Round, name: str = "employee") -> str:
    found = signed_in(table.people[name]).get(f"/s/{table.process.slug}/laering/runde/{round_.pk}/")
    assert found.status_code == 200
    return found.content.decode()


def closed(table: Table, round_: Round) -> Round:
    return rounds.close(actor=table.actor("coordinator"), round_=round_)


def test_every_sheet_can_be_marked_alone_and_drawn(table: Table) -> None:
    client = signed_in(table.people["employee"])
    assert len(sheets.all_sheets()) >= 4
    for sheet in sheets.all_sheets():
        marks = {q.key: q.choices[-1].key for q in sheets.questions_of(sheet)}
        path = f"/laering/refleksjon/{sheet.key}/"
        sent = {"m-" + k.replace(".", "--"): v for k, v in marks.items()}
        assert client.post(path, {**sent, "words": WORDS}).status_code == 302
        page = client.get(path).content.decode()
        assert page.count("<svg viewBox") == len(marks)
        assert WORDS in page
        for name in ("coordinator", "leader", "host-service", "outsider"):
            assert WORDS not in signed_in(table.people[name]).get(path).content.decode()


def test_later_marks_stand_beside_the_earlier_ones(table: Table) -> None:
    sheet = sheets.find(SHEET)
    assert sheet is not None
    actor = table.actor("employee")
    rounds.keep_own(actor=actor, sheet=sheet, marks={"place.now": "rules"}, words="først")
    rounds.keep_own(actor=actor, sheet=sheet, marks={"place.now": "results"}, words="straks etter")
    with clock.frozen(clock.now() + timedelta(days=60)):
        rounds.keep_own(actor=actor, sheet=sheet, marks={"place.now": "together"}, words="senere")
        assert [str(m.words) for m in rounds.own(actor, sheet)] == ["senere", "straks etter"]


def test_what_is_not_on_the_sheet_is_not_kept(table: Table) -> None:
    sheet = sheets.find(SHEET)
    assert sheet is not None
    kept = rounds.keep_own(
        actor=table.actor("employee"), sheet=sheet, marks={"place.now": "tull", "x": "y"}, words=""
    )
    assert rounds.read(str(kept.marks)) == {}


def test_while_it_is_open_nobody_sees_who_or_how_many(table: Table) -> None:
    round_ = opened(table)
    before = page_of(table, round_, "coordinator")
    for person in colleagues(table, 5):
        laid(round_, person, "rules", words=WORDS)
    after = page_of(table, round_, "coordinator")
    assert WORDS not in after
    assert len(Laid.objects.visible_to(table.actor("coordinator"))) == 0
    assert TOKEN.sub("", before) == TOKEN.sub("", after)


def test_from_five_the_picture_is_shown_without_names(table: Table) -> None:
    round_ = opened(table)
    people = colleagues(table, 6)
    for number, person in enumerate(people):
        laid(round_, person, CORNERS[number % 3], CORNERS[number % 2], words=WORDS if number == 2 else "")
    assert closed(table, round_).outcome == Outcome.SHOWN
    page = page_of(table, round_)
    assert "<svg viewBox" in page
    assert WORDS in page
    assert "6 la merkene sine på bordet" in page
    assert "Kollega" not in page
    assert all(not row.marks for row in Laid.objects.unrestricted(TEST).all()), "only the counts are left"
    assert str(people[0].pk) not in str(Round.objects.unrestricted(TEST).get().result)


def test_four_get_no_picture_and_fill_in_one_sheet_together(table: Table) -> None:
    round_ = opened(table)
    for person in colleagues(table, 4):
        laid(round_, person, "rules", words=WORDS)
    round_ = closed(table, round_)
    assert round_.outcome == Outcome.FEW
    page = page_of(table, round_)
    assert "<svg viewBox" not in page
    assert WORDS not in page
    assert not any(row.marks or row.words for row in Laid.objects.unrestricted(TEST).all())
    path = f"/s/{table.process.slug}/laering/runde/{round_.pk}/sammen/"
    sent = posted("middle", "together", "Vi er uenige om køen")
    assert signed_in(table.people["employee"]).post(path, sent).status_code == 404
    assert signed_in(table.people["coordinator"]).post(path, sent).status_code == 302
    assert "Vi er uenige om køen" in page_of(table, round_)


def test_a_later_round_without_one_of_them_is_not_shown(table: Table) -> None:
    """It would tell what the one who stayed away had answered."""
    people = colleagues(table, 6)
    first = opened(table)
    for number, person in enumerate(people):
        laid(first, person, CORNERS[number % 3], CORNERS[number % 2])
    closed(table, first)
    second = opened(table)
    for number, person in enumerate(people[:5]):
        laid(second, person, CORNERS[number % 3], CORNERS[number % 2])
    second = closed(table, second)
    assert second.outcome == Outcome.ALIKE
    page = page_of(table, second)
    assert "<svg viewBox" not in page
    assert "Nesten de samme" in page
    third = opened(table)
    for number, person in enumerate(people):
        laid(third, person, CORNERS[(number + 1) % 3], CORNERS[number % 2])
    assert closed(table, third).outcome == Outcome.SHOWN
    assert "Forrige gang" in page_of(table, third)


def test_somebody_who_has_left_still_counts_among_those_who_laid(table: Table) -> None:
    """Their row is gone, and the next round must not think that the rest are the same people."""
    people = colleagues(table, 6)
    first = opened(table)
    for number, person in enumerate(people):
        laid(first, person, CORNERS[number % 3], CORNERS[number % 2])
    closed(table, first)
    Laid.objects.unrestricted(TEST).filter(person=people[5]).delete()
    second = opened(table)
    for number, person in enumerate(people[:5]):
        laid(second, person, CORNERS[number % 3], CORNERS[number % 2])
    assert closed(table, second).outcome == Outcome.ALIKE


def test_one_lays_by_choice_changes_it_and_takes_it_back(table: Table) -> None:
    round_ = opened(table)
    path = f"/s/{table.process.slug}/laering/runde/{round_.pk}/"
    client = signed_in(table.people["employee"])
    assert client.post(path + "legg/", {"words": WORDS}).status_code == 422
    assert not Laid.objects.unrestricted(TEST).exists()
    for now in ("rules", "together"):
        assert client.post(path + "legg/", posted(now, "", WORDS)).status_code == 302
    row = Laid.objects.unrestricted(TEST).get()
    assert rounds.read(str(row.marks)) == {"place.now": "together"}
    client.post(path + "ta-tilbake/")
    assert not Laid.objects.unrestricted(TEST).exists()


def test_after_closing_nothing_more_is_laid_and_words_can_still_go(table: Table) -> None:
    round_ = opened(table)
    people = colleagues(table, 5)
    for number, person in enumerate(people):
        laid(round_, person, CORNERS[number % 3], CORNERS[number % 2], words=WORDS if number == 0 else "")
    closed(table, round_)
    assert WORDS in page_of(table, round_)
    path = f"/s/{table.process.slug}/laering/runde/{round_.pk}/"
    employee = signed_in(table.people["employee"])
    late = employee.post(path + "legg/", posted("rules", "rules", "Et langt strev"))
    assert late.status_code == 422
    assert "Runden er lukket" in late.content.decode()
    assert "Et langt strev" in late.content.decode(), "what was written is not lost"
    keeps = re.search(r'action="(/laering/refleksjon/[^"]+)"', late.content.decode())
    assert keeps is not None
    employee.post(keeps[1], posted("rules", "rules", "Et langt strev"))
    assert "Et langt strev" in employee.get(keeps[1]).content.decode()
    assert Laid.objects.unrestricted(TEST).count() == 5
    fresh = Person.objects.unrestricted(TEST).get(pk=people[0].pk)
    signed_in(fresh).post(path + "ta-tilbake/")
    assert WORDS not in page_of(table, round_)
    assert "<svg viewBox" in page_of(table, round_), "the counts stay: nobody can be found in them"


def test_two_open_rounds_on_one_sheet_are_refused_and_a_second_click_is_harmless(table: Table) -> None:
    client = signed_in(table.people["host-service"])
    path = f"/s/{table.process.slug}/laering/runde/ny/"
    sent = {"once": str(key()), "sheet": SHEET}
    for _click in range(2):
        assert client.post(path, sent).status_code == 302
    again = client.post(path, {"once": str(key()), "sheet": SHEET}, follow=True)
    assert "Det er allerede en åpen runde" in again.content.decode()
    assert Round.objects.unrestricted(TEST).count() == 1


def test_who_arranges_opens_and_closes(table: Table) -> None:
    round_ = opened(table)
    base = f"/s/{table.process.slug}/laering/runde/"
    for name in ("employee", "partner", "leader", "citizen", "mentor", "coordinator-other-process"):
        client = signed_in(table.people[name])
        assert client.post(base + "ny/", {"once": str(key()), "sheet": SHEET}).status_code == 404, name
        assert client.post(f"{base}{round_.pk}/lukk/").status_code == 404, name
    assert Round.objects.unrestricted(TEST).get().closed_at is None


def test_own_marks_are_thrown_away_by_oneself_alone(table: Table) -> None:
    sheet = sheets.find(SHEET)
    assert sheet is not None
    own = rounds.keep_own(
        actor=actor_of(table.people["employee"]), sheet=sheet, marks={"place.now": "rules"}, words=""
    )
    path = f"/laering/merker/{own.pk}/kast/"
    assert signed_in(table.people["coordinator"]).post(path).status_code == 404
    assert signed_in(table.people["employee"]).post(path).status_code == 302
    assert not OwnMarks.objects.unrestricted(TEST).exists()
    assert room(table).kind == "service"


def test_words_kept_for_oneself_do_not_slip_onto_the_table(table: Table) -> None:
    """The marks one set alone stand there to begin with; the words beside them do not, before one has laid some."""
    sheet = sheets.find(SHEET)
    assert sheet is not None
    employee = table.people["employee"]
    rounds.keep_own(actor=actor_of(employee), sheet=sheet, marks={"place.now": "rules"}, words=WORDS)
    round_ = opened(table)
    page = page_of(table, round_)
    assert re.search(r'value="rules"[^>]*checked', page)
    assert WORDS not in page
    laid(round_, employee, "rules", words="Bare dette")
    page = page_of(table, round_)
    assert "Bare dette" in page
    assert WORDS not in page


def test_whoever_has_stopped_takes_back_what_they_laid(table: Table) -> None:
    """Words of a closed round are read on in the room; marks of an open one would be counted. Both are still theirs."""
    first = opened(table)
    for number, person in enumerate([*colleagues(table, 4), table.people["employee"]]):
        laid(first, person, CORNERS[number % 3], CORNERS[number % 2], words=WORDS if number == 4 else "")
    closed(table, first)
    second = opened(table)
    laid(second, table.people["employee"], "rules", words="Nye ord")
    stops(table, "employee")
    client = signed_in(table.people["employee"])
    assert client.get(f"/s/{table.process.slug}/laering/runde/{first.pk}/").status_code == 404
    assert WORDS in page_of(table, first, "coordinator")
    page = client.get("/laering/").content.decode()
    assert WORDS in page
    found = re.findall(r'action="(/laering/lagt/[^"]+)"', page)
    assert len(found) == 2
    for name in ("coordinator", "partner", "outsider"):
        assert WORDS not in signed_in(table.people[name]).get("/laering/").content.decode()
        assert signed_in(table.people[name]).post(found[0]).status_code == 404
    for path in found:
        assert client.post(path).headers["Location"] == "/laering/"
    assert WORDS not in page_of(table, first, "coordinator")
    assert not Laid.objects.unrestricted(TEST).filter(round=second).exists()


def test_the_first_day_of_a_card_shows_and_changes_nothing_that_was_laid_before(table: Table) -> None:
    round_ = opened(table)
    laid(round_, table.people["employee"], "rules", words=WORDS)
    path = f"/s/{table.process.slug}/laering/runde/{round_.pk}/"
    client = first_day(table.people["employee"])
    assert client.get(path).status_code == 404
    assert client.post(path + "legg/", posted("together", "", "Andre ord")).status_code == 404
    assert client.post(path + "ta-tilbake/").status_code == 404
    row = Laid.objects.unrestricted(TEST).get()
    assert row.words == WORDS
    assert rounds.read(str(row.marks))["place.now"] == "rules"


def test_in_a_process_that_is_over_no_round_is_closed(table: Table) -> None:
    round_ = opened(table)
    table.process.ended_at = clock.now()
    table.process.save(update_fields=["ended_at"])
    path = f"/s/{table.process.slug}/laering/runde/{round_.pk}/lukk/"
    page = signed_in(table.people["coordinator"]).post(path, follow=True).content.decode()
    assert "avsluttet" in page
    assert Round.objects.unrestricted(TEST).get().closed_at is None
