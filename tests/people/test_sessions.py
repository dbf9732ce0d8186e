"""Sessions: their limits, seeing and ending one's own, and giving back what was sent too late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from langbord.base import clock
from langbord.people.models import OwnSession, Person, Rescued
from langbord.people.signin import links
from langbord.people.signin.rescue import rescued_for
from tests.cast import TEST, Table
from tests.signin import signed_in

from .test_cards import PIN, issue, take_in_use
from .test_links import path_of

WORDS = "Jeg skrev lenge på dette, og det handler om huset vårt."


@pytest.fixture
def example(settings: Any) -> None:
    """Links without PIN or second factor, for tests of what comes after."""
    settings.EXAMPLE_DATA = True


def come_in(table: Table, name: str, **more: Any) -> Client:
    client = Client(
        headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148"}
    )
    assert client.post(path_of(table, name, for_example=True), more).status_code == 302
    return client


def test_at_work_twenty_minutes_without_doing_anything(table: Table, example: None) -> None:
    with clock.frozen(clock.now()) as now:
        client = come_in(table, "employee")
        for _step in range(5):
            now.move(timedelta(minutes=19))
            assert client.get(reverse("me")).status_code == 200
        now.move(timedelta(minutes=21))
        response = client.get(reverse("me-cards"))
        assert response.url == reverse("sign-in") + "?next=%2Fmeg%2Fkort%2F"
        page = client.get(response.url).content.decode()
        assert "Du var borte en stund" in page


def test_at_work_ten_hours_in_all(table: Table, example: None) -> None:
    with clock.frozen(clock.now()) as now:
        client = come_in(table, "employee")
        for _step in range(40):
            now.move(timedelta(minutes=15))
            assert client.get(reverse("me")).status_code == 200
        now.move(timedelta(minutes=1))
        assert client.get(reverse("me")).status_code == 302


def test_a_new_key_at_sign_in(table: Table, example: None) -> None:
    client = Client()
    client.post(reverse("set-text-size"), {"text_size": "large"})
    before = client.session.session_key
    client.post(path_of(table, "citizen", for_example=True))
    assert client.session.session_key != before
    assert client.session["text_size"] == "large"


def test_keys_of_sessions_are_stored_as_digests(table: Table, example: None) -> None:
    client = come_in(table, "citizen")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_ownsession")
        assert str(client.session.session_key) not in repr(cursor.fetchall())


def test_seeing_and_ending_ones_own(table: Table, example: None) -> None:
    here, there, other = come_in(table, "citizen"), come_in(table, "citizen"), come_in(table, "citizen-2")
    page = here.get(reverse("me-sessions")).content.decode()
    assert page.count("En telefon") == 2
    assert "her du er nå" in page
    mine = OwnSession.objects.visible_to(table.actor("citizen"))
    from langbord.people.signin.codes import look_up

    target = mine.get(key_lookup=look_up("session", str(there.session.session_key)))
    theirs = OwnSession.objects.visible_to(table.actor("citizen-2")).get()
    assert here.post(reverse("session-end", args=[theirs.pk])).status_code == 404
    assert other.get(reverse("me")).status_code == 200
    assert here.post(reverse("session-end", args=[target.pk])).status_code == 302
    assert there.get(reverse("me")).status_code == 302
    assert here.get(reverse("me")).status_code == 200
    third = come_in(table, "citizen")
    here.post(reverse("sessions-end"))
    assert third.get(reverse("me")).status_code == 302
    assert here.get(reverse("me")).status_code == 200


def test_signing_out_and_leaving(table: Table, example: None, settings: Any) -> None:
    client = come_in(table, "citizen")
    client.post(reverse("sign-out"))
    assert client.get(reverse("me")).status_code == 302
    client = come_in(table, "citizen")
    response = client.post(reverse("leave-page"))
    assert response.url == settings.NEUTRAL_SITE
    assert "Clear-Site-Data" in response.headers
    assert client.get(reverse("me")).status_code == 302
    assert not OwnSession.objects.visible_to(table.actor("citizen")).exists()
    assert Client().post(reverse("leave-page")).status_code == 302, "also for those who are not signed in"
    assert client.get(reverse("leave-page")).status_code == 405


def test_a_new_pin_ends_the_other_sessions(table: Table) -> None:
    printed = issue(table)
    here = take_in_use(printed)
    there = Client()
    there.post(reverse("sign-in-card"), {"code": printed.code})
    there.post(reverse("sign-in-pin"), {"pin": PIN})
    assert there.get(reverse("me")).status_code == 200
    wrong = here.post(reverse("me-pin"), {"old": "9999", "pin": "71934826", "again": "71934826"})
    assert wrong.status_code == 422
    assert "71934826" not in wrong.content.decode()
    assert (
        here.post(reverse("me-pin"), {"old": PIN, "pin": "71934826", "again": "71934826"}).status_code == 302
    )
    assert here.get(reverse("me")).status_code == 200
    assert there.get(reverse("me")).status_code == 302
    assert OwnSession.objects.visible_to(table.actor("citizen")).count() == 1


def late(table: Table, name: str = "employee", path: str = "", **fields: Any) -> tuple[Client, Any]:
    """A client whose form was sent after the session ran out, and the answer. The clock must be frozen by the caller."""
    client = come_in(table, name)
    return client, path or reverse("me-name")


def test_what_is_sent_too_late_is_given_back(table: Table, example: None) -> None:
    with clock.frozen(clock.now()) as now:
        client, path = late(table)
        now.move(timedelta(minutes=30))
        response = client.post(
            path, {"name": "Espen", "alias": WORDS, "pin": "59384716", "csrfmiddlewaretoken": "x"}
        )
        assert response.url == reverse("sign-in")
        assert "Det du skrev, er her ennå" in client.get(response.url).content.decode()
        assert client.get(reverse("me")).status_code == 302
        assert client.post(path_of(table, "employee", for_example=True)).url == reverse("rescued")
        page = client.get(reverse("rescued")).content.decode()
        assert WORDS in page
        assert "59384716" not in page
        kept = rescued_for(table.actor("employee"))[0]
        assert (
            client.post(kept.path, {"name": "Espen", "alias": "Esp", "rescued": str(kept.id)}).status_code
            == 302
        )
        assert rescued_for(table.actor("employee")) == []
        person = Person.objects.unrestricted(TEST).get(pk=table.people["employee"].pk)
        assert person.alias == "Esp"


def test_what_was_kept_is_sealed(table: Table, example: None) -> None:
    with clock.frozen(clock.now()) as now:
        client, path = late(table)
        now.move(timedelta(minutes=30))
        client.post(path, {"alias": WORDS})
        with connection.cursor() as cursor:
            cursor.execute("SELECT fields FROM people_rescued")
            assert WORDS.encode() not in bytes(cursor.fetchone()[0])
        assert WORDS not in repr(dict(client.session))


def test_another_person_on_the_same_machine_gets_nothing(table: Table, example: None) -> None:
    with clock.frozen(clock.now()) as now:
        client, path = late(table)
        now.move(timedelta(minutes=30))
        client.post(path, {"alias": WORDS})
        assert client.post(path_of(table, "leader", for_example=True)).url == reverse("home")
        assert WORDS not in client.get(reverse("rescued")).content.decode()
        kept = Rescued.objects.unrestricted(TEST).get()
        client.post(reverse("rescued-throw-away", args=[kept.pk]))
        assert Rescued.objects.unrestricted(TEST).exists()


def test_nothing_is_kept_of_an_empty_form_or_for_nobody(table: Table, example: None) -> None:
    with clock.frozen(clock.now()) as now:
        client, path = late(table)
        now.move(timedelta(minutes=30))
        client.post(path, {"alias": "  ", "csrfmiddlewaretoken": "x"})
        Client().post(path, {"alias": WORDS})
        assert not Rescued.objects.unrestricted(TEST).exists()


def test_what_was_kept_can_be_thrown_away(table: Table, example: None) -> None:
    with clock.frozen(clock.now()) as now:
        client, path = late(table)
        now.move(timedelta(minutes=30))
        client.post(path, {"alias": WORDS})
        client.post(path_of(table, "employee", for_example=True))
        kept = rescued_for(table.actor("employee"))[0]
        client.post(reverse("rescued-throw-away", args=[kept.id]))
        assert not Rescued.objects.unrestricted(TEST).exists()


def test_on_a_new_cards_first_day_nothing_older_is_given_back(table: Table) -> None:
    from langbord.people.signin import rescue

    with clock.frozen(clock.now()) as now:
        request = Client().get("/inn/").wsgi_request
        request.POST = request.POST.copy()
        request.POST["body"] = WORDS
        request.path = "/meg/navn/"
        assert rescue.keep(request, table.people["citizen"]) is not None
        now.move(timedelta(minutes=5))
        client = take_in_use(issue(table))
        assert WORDS not in client.get(reverse("rescued")).content.decode()


def test_htmx_is_sent_on_too(table: Table, example: None) -> None:
    with clock.frozen(clock.now()) as now:
        client, path = late(table)
        now.move(timedelta(minutes=30))
        response = client.post(path, {"alias": WORDS}, headers={"hx-request": "true"})
        assert response.headers["HX-Redirect"] == reverse("sign-in")


def test_queries_of_me(table: Table, django_assert_max_num_queries: Any) -> None:
    client = signed_in(table.people["citizen"])
    client.get(reverse("me"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("me")).status_code == 200


def test_link_of_another_process_needs_its_people(table: Table) -> None:
    from langbord.base.errors import NotAllowed

    with pytest.raises(NotAllowed):
        links.make_link(
            person=table.people["citizen-other-process"], minutes=5, actor=table.actor("coordinator")
        )
