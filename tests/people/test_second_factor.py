"""The second factor: before anything opens, for all who work here; once per code; waived on the example only."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from langbord.base import clock
from langbord.base.models import Event
from langbord.people.models import Contact, SecondFactor
from langbord.people.signin import factor
from langbord.vault.lookup import digest
from tests.cast import TEST, Table

from .test_cards import issue, take_in_use

AT_WORK = [
    "employee",
    "partner",
    "coordinator",
    "leader",
    "researcher",
    "operator",
    "daily-leader",
    "host-service",
]


def give_email(table: Table, name: str) -> str:
    email = f"{name}@fjordvik.example"
    person = table.people[name]
    Contact.objects.create(
        person=person, sealed_by=person.pk, email=email, email_lookup=digest("email", email)
    )
    return email


def by_email(table: Table, name: str) -> Client:
    from .test_email import ask, sent_code

    client = Client()
    ask(client, give_email(table, name))
    client.post(reverse("sign-in-code"), {"code": sent_code()})
    return client


def set_up(client: Client) -> tuple[pyotp.TOTP, list[str]]:
    client.post(reverse("second-factor-begin"))
    page = client.get(reverse("second-factor-setup")).content.decode()
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found is not None
    assert "<svg" in page
    totp = pyotp.TOTP(found.group(1))
    response = client.post(reverse("second-factor-setup"), {"code": totp.at(clock.now())})
    codes = re.findall(r"<code>([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})</code>", response.content.decode())
    assert len(codes) == 8
    return totp, codes


@pytest.mark.parametrize("name", AT_WORK)
def test_nothing_opens_before_it_is_set_up(table: Table, name: str) -> None:
    client = by_email(table, name)
    assert client.session["_auth_user_id"] == str(table.people[name].pk)
    for address in ("me", "me-sessions", "home", "rescued"):
        response = client.get(reverse(address))
        assert (response.status_code, response.url) == (302, reverse("second-factor-setup")), address
    set_up(client)
    assert client.get(reverse("me")).status_code == 200


def test_citizens_and_hosts_without_email_need_none(table: Table) -> None:
    for name in ("citizen", "host"):
        client = take_in_use(issue(table, name))
        assert client.get(reverse("me")).status_code == 200


def test_it_is_asked_for_at_the_next_sign_in_and_each_code_works_once(table: Table) -> None:
    from .test_email import ask, sent_code

    with clock.frozen(clock.now()) as now:
        first = by_email(table, "leader")
        totp, _codes = set_up(first)
        now.move(timedelta(minutes=2))
        client = Client()
        ask(client, "leader@fjordvik.example")
        assert client.post(reverse("sign-in-code"), {"code": sent_code()}).url == reverse("second-factor")
        assert client.get(reverse("me")).status_code == 302
        assert "_auth_user_id" not in client.session
        assert client.post(reverse("second-factor"), {"code": "000000"}).status_code == 422
        code = totp.at(now.at)
        assert client.post(reverse("second-factor"), {"code": code}).url == reverse("home")
        assert client.get(reverse("me")).status_code == 200
        person = table.people["leader"]
        assert factor.check(person, code) == (False, None), "used before"
        now.move(timedelta(seconds=30))
        assert factor.check(person, totp.at(now.at))[0]


def test_recovery_codes_work_once(table: Table) -> None:
    client = by_email(table, "leader")
    _totp, codes = set_up(client)
    person = table.people["leader"]
    assert factor.check(person, codes[0].lower()) == (True, None)
    assert factor.check(person, codes[0]) == (False, None)
    assert factor.check(table.people["coordinator"], codes[1]) == (False, None), "another's code"


def test_guessing_is_slowed_down(table: Table) -> None:
    client = by_email(table, "leader")
    totp, _codes = set_up(client)
    with clock.frozen(clock.now() + timedelta(hours=1)) as now:
        person = table.people["leader"]
        for _wrong in range(5):
            assert factor.check(person, "000000") == (False, None)
        right, wait = factor.check(person, totp.at(now.at))
        assert not right
        assert wait == now.at + timedelta(minutes=1)


def test_the_secret_is_sealed_and_codes_are_digests(table: Table) -> None:
    client = by_email(table, "leader")
    totp, codes = set_up(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_secondfactor")
        stored = repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchall()[0]])
        cursor.execute("SELECT * FROM people_recoverycode")
        stored += repr(cursor.fetchall())
    assert totp.secret not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_one_that_counts_is_not_replaced_by_whoever_is_signed_in(table: Table) -> None:
    client = by_email(table, "leader")
    totp, _codes = set_up(client)
    client.post(reverse("second-factor-begin"))
    row = SecondFactor.objects.unrestricted(TEST).get(person_id=table.people["leader"].pk)
    assert row.secret == totp.secret
    assert row.confirmed_at is not None


def test_a_role_given_later_asks_for_it_in_the_running_session(table: Table) -> None:
    from langbord.access.enums import Role
    from langbord.rooms.seating import take_in

    client = take_in_use(issue(table))
    assert client.get(reverse("me")).status_code == 200
    take_in(
        process_id=table.process.pk,
        person=table.people["citizen"],
        role=Role.RESEARCHER,
        actor=table.actor("coordinator"),
    )
    assert client.get(reverse("me")).url == reverse("second-factor-setup")


def test_waived_on_the_example_only(table: Table, settings: Any) -> None:
    client = by_email(table, "leader")
    settings.EXAMPLE_DATA = True
    assert client.get(reverse("me")).status_code == 200
    settings.EXAMPLE_DATA = False
    assert client.get(reverse("me")).status_code == 302


def test_an_operator_can_reset_it(table: Table) -> None:
    client = by_email(table, "leader")
    set_up(client)
    call_command("second_factor_reset", "leader@fjordvik.example")
    assert factor.of(table.people["leader"]) is None
    told = Event.objects.get(verb="second-factor.reset")
    assert (told.actor_id, told.object_type, told.object_id) == (
        None,
        "people.Person",
        table.people["leader"].pk,
    )
    with pytest.raises(CommandError):
        call_command("second_factor_reset", "ingen@fjordvik.example")
