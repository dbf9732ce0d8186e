"""The pages: what each of the two meets, wrong input, a second click, paper, the file."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from langbord.base import clock
from langbord.firstmeeting import actions
from langbord.firstmeeting.enums import Kind
from langbord.firstmeeting.models import Entry, Meeting
from tests.cast import TEST, Table
from tests.signin import signed_in

from .helpers import PLAN, SAID, a_list, at, html, say, write_plan


def test_from_nothing_to_a_list_for_two(table: Table) -> None:
    """The adviser begins and makes a code; the citizen types it; both meet the same seven things."""
    adviser, citizen = signed_in(table.people["employee"]), signed_in(table.people["citizen"])
    assert "Du har ingen liste ennå" in html(citizen, "/forste-mote/")
    once = str(uuid4())
    for _click in range(2):
        began = adviser.post("/forste-mote/ny/", {"once": once, "called": "Espen", "label": "torsdag"})
        assert began.status_code == 302
    assert Meeting.objects.unrestricted(TEST).count() == 1
    shown = adviser.post(began["Location"] + "kode/").content.decode()
    code = re.search(r'class="list-code">([A-Z2-9-]+)<', shown)
    assert code is not None
    joined = citizen.post("/forste-mote/bli-med/", {"code": code[1].lower(), "called": "Amina"})
    assert joined.status_code == 302
    for client, other in ((citizen, "Espen"), (adviser, "Amina")):
        page = html(client, joined["Location"])
        assert other in page
        assert page.count("har begge krysset av") == 7


def test_a_code_from_a_qr_is_filled_in_and_opening_it_uses_nothing(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    code = actions.make_code(actor=table.actor("employee"), meeting=meeting)
    citizen = signed_in(table.people["citizen"])
    for _time in range(3):
        assert f'value="{code}"' in html(citizen, f"/forste-mote/bli-med/{code}/")
    assert citizen.post("/forste-mote/bli-med/", {"code": code, "called": "A"}).status_code == 302


@pytest.mark.parametrize("code", ["", "KORT", "AAAA-AAAA"])
def test_a_wrong_code_is_said_beside_the_field_and_the_name_stays(table: Table, code: str) -> None:
    answer = signed_in(table.people["citizen"]).post(
        "/forste-mote/bli-med/", {"code": code, "called": "Amina her"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Amina her" in page
    assert 'id="feil"' in page


def test_ticking_on_the_page(table: Table) -> None:
    meeting = a_list(table)
    citizen, adviser = signed_in(table.people["citizen"]), signed_in(table.people["employee"])
    where = at(meeting, "om/find-each-other/")
    answer = citizen.post(where + "kryss/", {"point": "who-we-are", "do": "on"})
    assert answer["Location"] == where + "#who-we-are"
    assert "Amina: ja" in html(adviser, where)
    assert "Espen: ikke ennå" in html(adviser, where)
    for wrong in ({"point": "who-we-are", "do": "nonsense"}, {"point": "said-back", "do": "on"}):
        assert citizen.post(where + "kryss/", wrong).status_code == 404


def test_a_comment_that_is_half_written_stands_while_one_ticks(table: Table) -> None:
    meeting, half = a_list(table), "Kan vi møtes på biblio"
    for name, shown in (("citizen", "Amina: ja"), ("employee", "Espen: ja")):
        client, where = signed_in(table.people[name]), at(meeting, "om/find-each-other/")
        page = html(client, where)
        ticks = re.findall(r'<button[^>]*name="do"[^>]*>', page)
        assert len(ticks) == 4
        assert all('form="skriv"' in tick for tick in ticks)
        assert page.index('form="skriv"') < page.index('name="do"'), "Enter ticks nothing"
        answer = client.post(where + "kryss/", {"do": "on:who-we-are", "text": half})
        kept = answer.content.decode()
        assert answer.status_code == 200
        assert f">\n{half}</textarea>" in kept
        assert shown in kept
        assert f'hx-get="{where}?' in kept
    assert not Entry.objects.unrestricted(TEST).exists(), "nothing is said before it is pressed"


def test_the_telephone_stays_in_the_hand_until_the_adviser_says_otherwise(table: Table) -> None:
    meeting = a_list(table)
    adviser, where = signed_in(table.people["employee"]), at(meeting, "om/find-each-other/")
    for do in ("on:who-we-are", "phone-on:who-we-are"):
        ticked = adviser.post(where + "kryss/", {"do": do, "telefon": "1"})
        assert ticked["Location"] == where + "?telefon=1#who-we-are"
    said = adviser.post(where, {"once": str(uuid4()), "text": "Hun vil ha mora med.", "telefon": "1"})
    assert said["Location"] == where + "?telefon=1#sagt"
    page = html(adviser, where + "?telefon=1")
    assert '<input type="hidden" name="telefon" value="1">' in page
    assert f'href="{at(meeting, "om/what-matters-now/")}?telefon=1"' in page
    assert 'name="telefon"' not in html(adviser, where)


def test_the_telephone_on_both_pages(table: Table) -> None:
    meeting = a_list(table)
    citizen, adviser = signed_in(table.people["citizen"]), signed_in(table.people["employee"])
    where = at(meeting, "om/find-each-other/")
    assert "Innbyggeren sier ja i telefonen" not in html(adviser, where)
    assert "Innbyggeren sier ja i telefonen" in html(adviser, where + "?telefon=1")
    adviser.post(where + "kryss/", {"point": "who-we-are", "do": "phone-on"})
    assert "Rådgiveren din har skrevet noe på lista for deg." in html(citizen, "/meg/")
    assert "Skrevet for deg i telefonen" in html(citizen, at(meeting))
    page = html(citizen, where)
    assert "Amina: ja, sagt i telefonen" in page
    assert "Dette stemmer ikke" in page
    citizen.post(where + "kryss/", {"point": "who-we-are", "do": "wrong"})
    assert "Amina: sier at dette ikke stemmer" in html(adviser, where)
    assert "Skrevet for deg i telefonen" not in html(citizen, at(meeting))


def test_what_was_said_on_the_telephone_is_put_right_also_when_the_list_is_put_away(table: Table) -> None:
    meeting = a_list(table)
    citizen, adviser = signed_in(table.people["citizen"]), signed_in(table.people["employee"])
    where = at(meeting, "om/find-each-other/")
    adviser.post(where + "kryss/", {"do": "phone-on:who-we-are"})
    adviser.post(where, {"once": str(uuid4()), "text": "Hun vil ha mora med.", "by_phone": "on"})
    adviser.post(where, {"once": str(uuid4()), "text": "Jeg hørte en hund."})
    by_phone, own = Entry.objects.unrestricted(TEST).order_by("-by_phone")
    adviser.post(at(meeting, "legg-bort/"))
    assert "trykker du «Dette stemmer ikke»" in html(citizen, at(meeting))
    page = html(citizen, where)
    assert page.count("Dette stemmer ikke") == 2, "the tick and the words, and nothing else"
    assert "Kryss av for meg" not in page
    citizen.post(where + "kryss/", {"point": "who-we-are", "do": "wrong"})
    right = {"once": str(uuid4()), "text": "Jeg vil ha søstera mi med."}
    assert citizen.post(at(meeting, f"ord/{by_phone.pk}/rett/"), right).status_code == 302
    page = html(adviser, where)
    assert "sier at dette ikke stemmer" in page
    assert "Jeg vil ha søstera mi med." in page
    late = citizen.post(
        at(meeting, f"ord/{own.pk}/rett/"), {"once": str(uuid4()), "text": "Nei"}, follow=True
    )
    assert "Lista er lagt bort." in late.content.decode()


def test_a_promise_needs_a_day_that_comes_and_keeps_the_words(table: Table) -> None:
    meeting = a_list(table)
    citizen = signed_in(table.people["citizen"])
    for due in ("", "2001-01-01", "i morgen"):
        answer = citizen.post(
            at(meeting, "lofter/"), {"once": str(uuid4()), "text": "Jeg sender papirene", "due_on": due}
        )
        assert answer.status_code == 422
        assert "Jeg sender papirene" in answer.content.decode()
    good = {"once": str(uuid4()), "text": "Jeg sender papirene", "due_on": clock.today().isoformat()}
    for _click in range(2):
        assert citizen.post(at(meeting, "lofter/"), good).status_code == 302
    assert Entry.objects.unrestricted(TEST).filter(kind=Kind.PROMISE).count() == 1


def test_the_plan_page_gives_back_what_was_written_over(table: Table) -> None:
    """Two screens: the second gets their words back, with the newer text beside; saved once more they count."""
    meeting = a_list(table)
    citizen = signed_in(table.people["citizen"])
    write_plan(table, meeting)
    answer = citizen.post(at(meeting, "plan/"), {"text": "Fra en gammel side", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Fra en gammel side" in page
    assert PLAN in page
    assert 'name="version" value="1"' in page
    assert (
        citizen.post(at(meeting, "plan/"), {"text": "Fra en gammel side", "version": "1"}).status_code == 302
    )
    adviser = html(signed_in(table.people["employee"]), at(meeting, "plan/"))
    assert "Fra en gammel side" in adviser
    assert 'name="version"' not in adviser


def test_a_closed_list_takes_no_words_and_gives_them_back(table: Table) -> None:
    meeting = a_list(table)
    citizen = signed_in(table.people["citizen"])
    actions.close(actor=table.actor("employee"), meeting=meeting)
    answer = citizen.post(at(meeting, "enige/"), {"once": str(uuid4()), "text": SAID})
    assert answer.status_code == 422
    assert "Lista er lagt bort" in html(citizen, at(meeting))


def test_a_page_that_asks_by_itself_gets_nothing_until_something_is_new(table: Table) -> None:
    meeting = a_list(table)
    adviser = signed_in(table.people["employee"])
    page = html(adviser, at(meeting, "om/my-plan/"))
    asked = re.search(r'hx-get="([^"]+)"', page)
    assert asked is not None
    assert 'hx-trigger="every 20s"' in page
    assert adviser.get(asked[1], headers={"x-langbord-waits": "1"}).status_code == 204
    say(table, "citizen", meeting, SAID, thing="my-plan")
    again = adviser.get(asked[1], headers={"x-langbord-waits": "1"})
    assert SAID in again.content.decode()


def test_waiting_is_no_sign_of_life(table: Table) -> None:
    """A desktop left open with a list on it is signed out in the end."""
    from langbord.people.signin import sessions

    meeting = a_list(table)
    client = signed_in(table.people["employee"])
    session = client.session
    session[sessions.SEEN] = clock.now().isoformat()
    session[sessions.STARTED] = clock.now().isoformat()
    session.save()
    with clock.frozen(clock.now()) as now:
        for _minute in range(25):
            now.move(timedelta(minutes=1))
            answer = client.get(at(meeting), headers={"x-langbord-waits": "1"})
        assert answer.status_code == 302


def test_on_paper_and_as_a_file(table: Table) -> None:
    meeting = a_list(table)
    write_plan(table, meeting)
    say(table, "employee", meeting, "Jeg ringer huseieren.", Kind.PROMISE, due_on=clock.today())
    citizen, adviser = signed_in(table.people["citizen"]), signed_in(table.people["employee"])
    for client in (citizen, adviser):
        assert "Jeg ringer huseieren." in html(client, at(meeting, "papir/"))
    blank = html(citizen, "/forste-mote/ark/")
    assert blank.count('class="paper-thing"') == 10
    assert blank.count('data-label="Innbygger"') == blank.count('data-label="Rådgiver"') > 0, (
        "on a narrow screen each box has its name beside it"
    )
    file = citizen.get(at(meeting, "fil/"))
    assert file["Content-Disposition"].startswith("attachment")
    assert PLAN in file.content.decode()
    assert "<script" not in file.content.decode()
    assert adviser.get(at(meeting, "fil/")).status_code == 404


def test_deleting_asks_first(table: Table) -> None:
    meeting = a_list(table)
    citizen = signed_in(table.people["citizen"])
    assert "Det kan ikke gjøres om." in html(citizen, at(meeting, "slett/"))
    assert Meeting.objects.unrestricted(TEST).exists()
    assert citizen.post(at(meeting, "slett/")).status_code == 302
    assert citizen.get(at(meeting)).status_code == 404
    assert signed_in(table.people["employee"]).get(at(meeting)).status_code == 404


def test_the_question_of_being_counted_is_asked_once(table: Table) -> None:
    meeting = a_list(table)
    citizen = signed_in(table.people["citizen"])
    assert "Vi spør bare denne ene gangen" not in html(citizen, at(meeting))
    actions.close(actor=table.actor("citizen"), meeting=meeting)
    assert "Vi spør bare denne ene gangen" in html(citizen, at(meeting))
    assert citizen.post(at(meeting, "telles/"), {}).status_code == 422
    citizen.post(at(meeting, "telles/"), {"answer": "no"})
    assert "Vi spør bare denne ene gangen" not in html(citizen, at(meeting))
    assert "Lista di telles ikke med. Endre" in html(citizen, at(meeting))


def test_an_adviser_alone_at_the_list_is_not_told_to_suggest(table: Table) -> None:
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    client = signed_in(table.people["employee"])
    assert "du kan foreslå" not in client.get(at(meeting)).content.decode()
    for kind in ("plan/", "notater/"):
        assert (
            "Planen kan ingen skrive før innbyggeren er med."
            in client.get(at(meeting, kind)).content.decode()
        )


def test_an_empty_seat_leaves_room_for_a_name_on_paper(table: Table) -> None:
    """«Innbygger: innbyggeren» is no name, and there is nowhere to write one."""
    meeting = actions.begin(actor=table.actor("employee"), called="Espen")
    adviser = signed_in(table.people["employee"])
    paper = html(adviser, at(meeting, "papir/"))
    names = paper.partition('class="names">')[2].partition("</p>")[0]
    assert "innbyggeren" not in names
    assert "Espen" in names
    thing = html(adviser, at(meeting, "om/must-and-may/"))
    assert "Innbyggeren: ikke ennå" in thing
    assert "Espen: ikke ennå" in thing
