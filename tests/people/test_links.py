"""One-time links: nothing happens before a POST, and then exactly once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse

from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.people.actions import register_person
from langbord.people.models import OneTimeLink
from langbord.people.signin import links, pins
from tests.cast import TEST, Table

PIN = "5938"


def path_of(table: Table, name: str = "citizen", minutes: int = 15, **more: Any) -> str:
    return urlsplit(links.make_link(person=table.people[name], minutes=minutes, actor=None, **more)).path


def test_only_the_digest_of_the_token_is_stored(table: Table) -> None:
    token = path_of(table).split("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_onetimelink")
        assert token not in repr(cursor.fetchall())


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing(table: Table, method: str) -> None:
    path = path_of(table)
    for _preview in range(3):
        response = getattr(Client(), method)(path)
        assert response.status_code == 200
        assert not response.cookies.get("langbord")
    assert OneTimeLink.objects.unrestricted(TEST).get().used_at is None
    assert Client().post(path).status_code == 302


def test_an_unknown_link_looks_the_same_until_it_is_used(table: Table) -> None:
    known, unknown = Client(), Client()
    first = known.get(path_of(table)).content
    second = unknown.get("/l/" + "x" * 32 + "/").content
    assert bare(first) == bare(second)
    assert unknown.post("/l/" + "x" * 32 + "/").status_code == 422


def bare(page: bytes) -> bytes:
    """Without what is new in every answer: the token of the forms."""
    import re

    page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page)
    return re.sub(rb"hx-headers:inherited='[^']*'", b"", page)


def test_a_link_works_once(table: Table) -> None:
    pins.set_pin(table.people["citizen"], PIN)
    path = path_of(table)
    client = Client()
    assert client.post(path).url == reverse("sign-in-pin")
    assert client.post(reverse("sign-in-pin"), {"pin": PIN}).status_code == 302
    assert client.get(reverse("me")).status_code == 200
    again = Client().post(path)
    assert again.status_code == 422
    page = again.content.decode().partition("<main")[2]
    assert "brukt før" in page
    assert reverse("sign-in") in page
    assert "Gå inn" not in page, "pressing once more would not help"


def test_a_link_gets_old(table: Table) -> None:
    path = path_of(table, minutes=10)
    with clock.frozen(clock.now() + timedelta(minutes=10, seconds=1)):
        assert Client().post(path).status_code == 422


def test_two_who_hold_the_same_link(table: Table) -> None:
    token = path_of(table).split("/")[2]
    first, second = links.link_by_token(token), links.link_by_token(token)
    assert first is not None
    assert second is not None
    assert links.consume(first)
    assert not links.consume(second)


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_eight_at_once_and_one_gets_in() -> None:
    person = register_person(name="Amina", actor=None)
    token = urlsplit(links.make_link(person=person, minutes=10, actor=None)).path.split("/")[2]
    start = Barrier(8)

    def consume(_number: int) -> bool:
        try:
            link = links.link_by_token(token)
            start.wait(timeout=120)
            return link is not None and links.consume(link)
        except OperationalError:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(consume, range(8))) == [False] * 7 + [True]


def test_who_may_make_links_for_whom(table: Table) -> None:
    amina = table.people["citizen"]
    for by in ("coordinator", "host", "citizen"):
        assert links.make_link(person=amina, minutes=5, actor=table.actor(by))
    for by in ("employee", "citizen-2", "leader", "host-other-group", "outsider", "anonymous"):
        with pytest.raises(NotAllowed):
            links.make_link(person=amina, minutes=5, actor=table.actor(by))
    with pytest.raises(NotAllowed):
        links.make_link(person=table.people["leader"], minutes=5, actor=table.actor("coordinator"))


def test_links_without_a_pin_are_for_the_example_only(table: Table, settings: Any) -> None:
    pins.set_pin(table.people["citizen"], PIN)
    with pytest.raises(NotAllowed):
        path_of(table, for_example=True)
    settings.EXAMPLE_DATA = True
    path = path_of(table, for_example=True)
    settings.EXAMPLE_DATA = False
    assert Client().post(path).status_code == 422, "moved to a real folder it opens nothing"
    settings.EXAMPLE_DATA = True
    client = Client()
    assert client.post(path).url == reverse("home")
    assert client.get(reverse("me")).status_code == 200


def test_where_they_were_going_is_one_of_our_pages(table: Table, settings: Any) -> None:
    from langbord.people.signin.steps import safe_next

    request = Client().get(reverse("sign-in")).wsgi_request
    assert safe_next(request, "/meg/kort/") == "/meg/kort/"
    for bad in ("//evil.example/", "https://evil.example/", "/\\evil.example", "/nowhere/", "/ut/", "", None):
        assert safe_next(request, bad) == ""
