"""The persons of the example, for whoever tries the product from outside."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from langbord.base.errors import NotAllowed
from langbord.people.actions import name_persona
from tests.cast import Table


def personas() -> list[dict[str, str]]:
    out = StringIO()
    call_command("personas", "--json", stdout=out)
    found: list[dict[str, str]] = json.loads(out.getvalue())
    return found


def test_real_data_refuses(table: Table) -> None:
    with pytest.raises(CommandError):
        personas()
    with pytest.raises(NotAllowed):
        name_persona(key="citizen-1", person=table.people["citizen"])


@pytest.mark.parametrize("name", ["citizen", "coordinator", "operator", "withdrawn", "researcher"])
def test_each_signs_in_with_one_form(table: Table, settings: Any, name: str) -> None:
    settings.EXAMPLE_DATA = True
    slug = table.process.slug
    name_persona(key="one", person=table.people[name], process_slug=slug, track="peer", role="citizen")
    name_persona(key="one", person=table.people[name], process_slug=slug, track="joint", role=name)
    first, second = personas()[0], personas()[0]
    assert set(first) == {"key", "name", "role", "process", "track", "url"}
    assert (first["key"], first["process"], first["track"]) == ("one", slug, "joint")
    assert first["url"] != second["url"], "made fresh at each call"
    client = Client()
    page = client.get(urlsplit(first["url"]).path).content.decode()
    assert len(re.findall("<form", page)) == 1
    assert client.post(urlsplit(first["url"]).path).url == reverse("home")
    assert client.get(reverse("me")).status_code == 200
