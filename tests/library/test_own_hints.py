"""Office words that an organisation added: on its shelf, in search, and where its people look over what they write."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from langbord.base.errors import NotAllowed
from langbord.base.models import Event
from langbord.library import actions, overrides, shelves
from langbord.library.models import OwnText
from langbord.words import hints
from tests.signin import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

SAID = {"title": "ferjemøte", "forms": "ferjemøter, ferjemøtekomi*", "instead": "prat om bord, møte på ferja"}


def add(table: Any, by: str = "coordinator", **more: str) -> Any:
    return actions.add_word(actor=table.actor(by), organisation=table.municipality, said={**SAID, **more})


def looked_over(client: Client, text: str, language: str = "nb") -> str:
    return client.post(reverse("word-check"), {"text": text, "language": language}).content.decode()


def test_a_word_is_added_once_on_the_page_and_met_by_their_own(table: Any, client: Client) -> None:
    coordinator = signed_in(table.people["coordinator"])
    new = reverse("library-own-new", args=[table.municipality.pk]) + "?ord="
    assert 'name="section"' not in coordinator.get(new).content.decode()
    sent = {"once": str(uuid4()), **SAID}
    assert coordinator.post(new, sent).status_code == 302
    assert coordinator.post(new, sent).status_code == 302
    row = OwnText.objects.get()
    assert (row.kind, row.section) == ("word", "words")
    employee, shelf = signed_in(table.people["employee"]), reverse("library-words")
    assert "prat om bord, møte på ferja" in employee.get(shelf).content.decode()
    page = client.get(shelf).content.decode()
    assert "ferjemøte" not in page
    assert f"?kommune={table.municipality.pk}" in page
    assert "ferjemøte" in client.get(shelf, {"kommune": table.municipality.pk}).content.decode()
    found = employee.get(reverse("library-search"), {"q": "ferjemøte"}).content.decode()
    assert f"{shelf}#ferjemote" in found
    chosen = {"q": "ferjemøte", "kommune": table.municipality.pk}
    hits = client.get(reverse("library-search"), chosen).content.decode()
    assert f"{shelf}?kommune={table.municipality.pk}#ferjemote" in hits
    own = reverse("library-own", args=[table.municipality.pk])
    assert "Eget ord" in coordinator.get(own).content.decode()
    at = reverse("library-own-point", args=[table.municipality.pk, f"ord_{row.key}"])
    changed = coordinator.post(at, {**SAID, "instead": "en tur", "seen": "1"})
    assert changed.status_code == 302
    assert "en tur" in employee.get(shelf).content.decode()
    assert coordinator.post(at, {**SAID, "instead": "", "seen": "2"}).status_code == 422
    back = reverse("library-own-back", args=[table.municipality.pk, f"ord_{row.key}"])
    assert "Ta bort ordet?" in coordinator.get(back).content.decode()
    coordinator.post(back)
    assert not OwnText.objects.exists()


def test_who_writes_there_is_reminded_of_it_and_nobody_else(table: Any, client: Client) -> None:
    add(table)
    text = "Vi inviterer til ferjemøter og ferjemøtekomiteen."
    for name in ("employee", "coordinator"):
        page = looked_over(signed_in(table.people[name]), text)
        assert page.count("prat om bord") == 2, name
    for other in (client, signed_in(table.people["outsider"])):
        assert "prat om bord" not in looked_over(other, text)
    plan = reverse("gathering-new", args=[table.process.slug, table.rooms["service"].pk])
    answer = signed_in(table.people["coordinator"]).post(plan, {"title": text, "look_over": "1"})
    assert "prat om bord" in answer.content.decode()


def test_theirs_counts_over_ours(table: Any) -> None:
    ours = next(hint for hint in hints.hints("nb") if hint.word == "fasilitere")
    add(table, title="Fasilitere", forms="fasiliter*", instead="dekke bordet")
    (known,) = [h for h in shelves.words(table.municipality.pk) if h.word.casefold() == "fasilitere"]
    assert known.instead == ("dekke bordet",)
    page = looked_over(signed_in(table.people["employee"]), "Vi skal fasilitere og fasiliterer.")
    assert "dekke bordet" in page
    assert ours.instead[0] not in page


def test_a_word_in_bokmal_stands_for_nynorsk_and_not_for_english(table: Any) -> None:
    row = add(table)
    rows = overrides.of(table.municipality.pk)
    assert overrides.own_hints(rows, "nn", only=True)[0].word == "ferjemøte"
    assert overrides.own_hints(rows, "en", only=True) == ()
    actions.say_differently(
        actor=table.actor("coordinator"),
        organisation=table.municipality,
        key=row.key,
        kind="word",
        language="nn",
        said={"instead": "prat på ferja"},
        seen=1,
    )
    assert overrides.own_hints(overrides.of(table.municipality.pk), "nn", only=True)[0].instead == (
        "prat på ferja",
    )


def test_a_star_alone_does_not_stand_for_every_word(table: Any) -> None:
    add(table, forms="*, a*, , (.*), ferje (*)")
    page = looked_over(signed_in(table.people["employee"]), "Alle er velkomne til å være med oss.")
    assert "prat om bord" not in page
    assert "prat om bord" in looked_over(signed_in(table.people["employee"]), "Et ferjemøte.")


def test_only_those_who_set_up_there_may_and_something_must_be_said(table: Any) -> None:
    for name in ("citizen", "employee", "leader", "researcher", "host", "outsider", "anonymous"):
        with pytest.raises(NotAllowed):
            add(table, by=name)
    for wrong in ({"title": ""}, {"instead": " "}):
        with pytest.raises(NotAllowed):
            add(table, **wrong)
    assert not OwnText.objects.exists()
    add(table, by="operator")
    event = Event.objects.get(verb="library.word_added")
    assert "ferjemøte" not in str(vars(event))
