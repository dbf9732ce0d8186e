"""What every page carries, for everybody: language, size of the text; and the page about me."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from langbord.people.models import Person
from tests.cast import TEST, Table
from tests.signin import signed_in


def fresh(table: Table, name: str) -> Person:
    found: Person = Person.objects.unrestricted(TEST).get(pk=table.people[name].pk)
    return found


def test_language_without_signing_in(table: Table) -> None:
    client = Client()
    response = client.post(reverse("set-language"), {"language": "nn", "next": "/inn/kort/"})
    assert response.url == "/inn/kort/"
    assert 'lang="nn"' in client.get("/inn/kort/").content.decode()
    client.post(reverse("set-language"), {"language": "xx"})
    assert 'lang="nn"' in client.get("/inn/kort/").content.decode()


def test_language_follows_the_person_to_another_machine(table: Table) -> None:
    signed_in(table.people["citizen"]).post(reverse("set-language"), {"language": "en", "next": "/meg/"})
    assert fresh(table, "citizen").language == "en"
    assert '<html lang="en"' in signed_in(fresh(table, "citizen")).get("/meg/").content.decode()


def test_text_size(table: Table) -> None:
    client = Client()
    client.post(reverse("set-text-size"), {"text_size": "largest", "next": "/inn/"})
    assert 'data-text-size="largest"' in client.get("/inn/").content.decode()
    signed_in(table.people["citizen"]).post(reverse("set-text-size"), {"text_size": "large"})
    assert fresh(table, "citizen").text_size == "large"


def test_nobody_is_sent_to_another_site(table: Table) -> None:
    for address in ("https://evil.example/", "//evil.example/", "/ut/"):
        assert Client().post(reverse("set-language"), {"language": "nn", "next": address}).url == "/"


@pytest.mark.parametrize("name", ["me", "me-name", "me-pin", "me-cards", "me-sessions", "rescued"])
def test_my_pages_are_for_those_who_are_signed_in(table: Table, name: str) -> None:
    assert Client().get(reverse(name)).url == f"{reverse('sign-in')}?next={reverse(name)}"
    for who in ("citizen", "coordinator", "outsider", "withdrawn"):
        response = signed_in(table.people[who]).get(reverse(name))
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/om/", 200), ("/personvern/", 200), ("/finnes/ikke/", 404), ("/bibliotek/", 200)],
)
def test_no_page_of_somebody_signed_in_is_kept_also_where_all_may_come(
    table: Table, address: str, status: int
) -> None:
    """Its frame says that they sit in a group: whoever presses *back* after *Forlat siden* must not meet it."""
    client = signed_in(table.people["citizen"])
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store, private"
    client.post(reverse("leave-page"))
    assert "no-store" not in client.get(address).headers.get("Cache-Control", "")


def test_the_page_that_says_a_form_is_too_old_is_not_kept(table: Table) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(table.people["citizen"])
    response = client.post("/fortell/", {"text": "Hei"})
    assert response.status_code == 403
    assert response.headers["Cache-Control"] == "no-store, private"


def test_my_name(table: Table) -> None:
    client = signed_in(table.people["citizen"])
    assert client.post(reverse("me-name"), {"name": "", "alias": "Mina"}).status_code == 422
    assert client.post(reverse("me-name"), {"name": "Amina", "alias": "Mina"}).status_code == 302
    assert fresh(table, "citizen").shown_name == "Mina"


@pytest.mark.parametrize("name", ["sign-in", "sign-in-card", "sign-in-email"])
def test_pages_of_signing_in_have_nothing_inline(table: Table, name: str) -> None:
    page = Client().get(reverse(name)).content.decode()
    assert "style=" not in page
    assert " onclick" not in page
    assert f'data-page="{name}"' in page


def test_steps_without_the_one_before_lead_to_the_beginning(table: Table) -> None:
    for name, to in (
        ("sign-in-pin", "sign-in"),
        ("sign-in-code", "sign-in-email"),
        ("second-factor", "sign-in"),
    ):
        assert Client().get(reverse(name)).url == reverse(to)


def test_what_is_out_of_date_is_removed(table: Table, settings: Any) -> None:
    from datetime import timedelta

    from langbord.base import clock
    from langbord.people.jobs import tidy
    from langbord.people.signin import throttle
    from langbord.people.signin.links import make_link

    make_link(person=table.people["citizen"], minutes=5, actor=None)
    throttle.take_try("pin", "x")
    assert tidy() == 0
    with clock.frozen(clock.now() + timedelta(days=40)):
        assert tidy() == 2


def test_checks_are_clean() -> None:
    call_command("check")


def test_whoever_has_a_letter_finds_the_way_from_signing_in_and_back(client: Client, db: None) -> None:
    assert reverse("invited") in client.get(reverse("sign-in")).content.decode()
    assert reverse("sign-in") in client.get(reverse("invited")).content.decode()
