"""Sheets in an organisation's own words: said differently or added, met by its own people, kept when ours changes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from langbord.base.errors import NotAllowed
from langbord.base.models import Event
from langbord.library import actions, content, kinds, overrides, saying
from langbord.library.models import OwnText
from langbord.people.actions import register_organisation
from tests.signin import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

SECRET = "Slik gjør vi det ved ferja i Fjordvik"
OWN = {"section": "agendas", "title": "Møte på ferja", "part-1_text": f"{SECRET}\n\n- Kaffe først"}


@pytest.fixture
def sheet() -> Any:
    return content.sheet("first-peer-gathering")


def item_of(sheet: Any) -> str:
    """The name of the first line of the sheet that is a point."""
    part = next(part for part in sheet.parts if part.items)
    return f"{part.key}_{part.items[0].key}_text"


def say(table: Any, key: str, by: str = "coordinator", seen: int = 0, **more: Any) -> Any:
    return actions.say_differently(
        actor=table.actor(by),
        organisation=table.municipality,
        key=key,
        kind="sheet",
        said=more.pop("said"),
        seen=seen,
        **more,
    )


def theirs(table: Any, key: str) -> content.Sheet:
    """The sheet as people of the municipality meet it."""
    found = content.sheet(key, table.municipality.pk)
    assert found is not None
    return found


def read(client: Client, key: str, **query: Any) -> str:
    return client.get(reverse("library-sheet", args=[key]), query).content.decode()


def at(table: Any, key: str, name: str = "library-own-point") -> str:
    return reverse(name, args=[table.municipality.pk, saying.address("sheet", key)])


def test_a_sheet_is_said_differently_and_met_by_their_own(table: Any, sheet: Any, client: Client) -> None:
    say(table, sheet.key, said={"title": "Kvelden ved ferja", item_of(sheet): SECRET})
    for name in ("employee", "citizen"):
        page = read(signed_in(table.people[name]), sheet.key)
        assert SECRET in page, name
        assert str(sheet.parts[0].title) in page, "the rest stands as ours"
    assert SECRET not in read(client, sheet.key)
    assert SECRET not in read(signed_in(table.people["outsider"]), sheet.key)
    assert SECRET in read(client, sheet.key, kommune=table.municipality.pk)
    shelf = reverse("library-shelf", args=["agendas"])
    assert "Kvelden ved ferja" in signed_in(table.people["citizen"]).get(shelf).content.decode()
    chosen = client.get(shelf, {"kommune": table.municipality.pk}).content.decode()
    assert "Kvelden ved ferja" in chosen
    assert reverse("library-sheet", args=[sheet.key]) + f"?kommune={table.municipality.pk}" in chosen


def test_the_choice_stands_on_the_shelf_where_they_wrote_something(
    table: Any, sheet: Any, client: Client
) -> None:
    say(table, sheet.key, said={"title": "Kvelden ved ferja"})
    choice = f"?kommune={table.municipality.pk}"
    assert choice in client.get(reverse("library-shelf", args=["agendas"])).content.decode()
    assert choice not in client.get(reverse("library-shelf", args=["rules"])).content.decode()
    assert choice not in client.get(reverse("library-guide")).content.decode()
    assert (
        choice
        not in signed_in(table.people["employee"])
        .get(reverse("library-shelf", args=["agendas"]))
        .content.decode()
    )


def test_only_those_who_set_up_there_may(table: Any, sheet: Any) -> None:
    for name in ("citizen", "employee", "leader", "researcher", "host", "outsider", "anonymous"):
        with pytest.raises(NotAllowed):
            say(table, sheet.key, by=name, said={"title": SECRET})
        with pytest.raises(NotAllowed):
            actions.add_sheet(
                actor=table.actor(name),
                organisation=table.municipality,
                shelf="agendas",
                said={"title": "a", "part-1_text": "b"},
            )
        with pytest.raises(NotAllowed):
            actions.take_back(
                actor=table.actor(name), organisation=table.municipality, key=sheet.key, kind="sheet"
            )
    other = register_organisation(
        actor=table.actor("operator"), name="Sund kommune", kind="municipality", first_unit="NAV"
    )
    client = signed_in(table.people["coordinator"])
    for name in ("library-own-point", "library-own-back"):
        assert client.get(reverse(name, args=[other.pk, f"ark_{sheet.key}"])).status_code == 404
    assert client.post(
        reverse("library-own-new", args=[other.pk]) + "?hylle=", {"once": str(uuid4()), **OWN}
    ).status_code in (403, 404)
    assert not OwnText.objects.exists()


def test_the_page_writes_shows_both_and_takes_back(table: Any, sheet: Any, client: Client) -> None:
    coordinator = signed_in(table.people["coordinator"])
    name = item_of(sheet)
    page = coordinator.get(at(table, sheet.key)).content.decode()
    assert f'name="{name}"' in page
    said = {name: texts.nb for name, texts in saying.texts_of(sheet)}
    sent = {**said, name: SECRET, "seen": "0"}
    assert coordinator.post(at(table, sheet.key), sent).status_code == 302
    row = OwnText.objects.get()
    assert (row.kind, set(row.texts), row.based_on) == ("sheet", {name}, sheet.version)
    both = coordinator.get(at(table, sheet.key)).content.decode()
    assert SECRET in both
    assert "Vår" in both
    again = coordinator.post(at(table, sheet.key), {**sent, name: "Noe annet"})
    assert again.status_code == 422
    assert "Noe annet" in again.content.decode()
    assert "Noen andre har endret" in again.content.decode()
    back = at(table, sheet.key, "library-own-back")
    assert "Ta tilbake" in coordinator.get(back).content.decode()
    assert OwnText.objects.exists()
    coordinator.post(back)
    coordinator.post(back)
    assert not OwnText.objects.exists()
    assert SECRET not in read(signed_in(table.people["employee"]), sheet.key)


def test_a_point_and_a_sheet_with_the_same_key_are_two_things(table: Any) -> None:
    key = "ending-well"
    assert content.point(key) is not None
    assert content.sheet(key) is not None
    say(table, key, said={"title": SECRET})
    assert theirs(table, key).title.nb == SECRET
    assert content.point(key, table.municipality.pk) == content.point(key)
    actions.take_back(actor=table.actor("coordinator"), organisation=table.municipality, key=key)
    assert OwnText.objects.count() == 1


def test_their_bokmal_stands_where_they_wrote_no_nynorsk(table: Any, sheet: Any) -> None:
    say(table, sheet.key, said={"lead": SECRET})
    client = signed_in(table.people["employee"])
    client.cookies["language"] = "nn"
    assert SECRET in read(client, sheet.key)
    coordinator = signed_in(table.people["coordinator"])
    page = coordinator.get(at(table, sheet.key) + "?sprak=nn").content.decode()
    assert 'name="lead"' in page
    assert 'name="title"' not in page
    coordinator.post(at(table, sheet.key) + "?sprak=nn", {"lead": "Slik gjer vi det", "seen": "1"})
    assert theirs(table, sheet.key).lead.nn == "Slik gjer vi det"


def test_the_log_says_that_it_was_done_and_never_what(table: Any, sheet: Any) -> None:
    say(table, sheet.key, said={"title": SECRET})
    add(table)
    for verb in ("library.said_differently", "library.sheet_added"):
        event = Event.objects.get(verb=verb)
        assert event.actor_id == table.people["coordinator"].pk
        assert SECRET not in str(vars(event))


def add(table: Any, **more: str) -> Any:
    return actions.add_sheet(
        actor=table.actor("coordinator"),
        organisation=table.municipality,
        shelf="agendas",
        said={"title": OWN["title"], "part-1_text": OWN["part-1_text"], **more},
    )


def test_a_sheet_of_their_own_is_added_once_and_found(table: Any, client: Client) -> None:
    coordinator = signed_in(table.people["coordinator"])
    new = reverse("library-own-new", args=[table.municipality.pk]) + "?hylle=agendas"
    assert 'value="agendas" selected' in coordinator.get(new).content.decode()
    sent = {"once": str(uuid4()), **OWN}
    assert coordinator.post(new, sent).status_code == 302
    assert coordinator.post(new, sent).status_code == 302
    row = OwnText.objects.get()
    employee, shelf = signed_in(table.people["employee"]), reverse("library-shelf", args=["agendas"])
    page = read(employee, row.key)
    assert SECRET in page
    assert "<li>Kaffe først</li>" in page
    assert "Skrevet av kommunen selv" in page
    assert OWN["title"] in employee.get(shelf).content.decode()
    assert OWN["title"] not in client.get(shelf).content.decode()
    assert client.get(reverse("library-sheet", args=[row.key])).status_code == 404
    found = reverse("library-sheet", args=[row.key])
    search = reverse("library-search")
    assert found in employee.get(search, {"q": "ferja"}).content.decode()
    assert found not in client.get(search, {"q": "ferja"}).content.decode()


def test_a_sheet_of_their_own_grows_and_shrinks_by_parts(table: Any) -> None:
    row = add(table)
    coordinator = signed_in(table.people["coordinator"])
    own = at(table, row.key)
    assert 'name="part-2_text"' in coordinator.get(own).content.decode()
    sent = {"seen": "1", "title": OWN["title"], "part-1_text": SECRET, "part-2_text": "Så mat"}
    assert coordinator.post(own, sent).status_code == 302
    assert [p.key for p in theirs(table, row.key).parts] == ["part-1", "part-2"]
    coordinator.post(own, {**sent, "seen": "2", "part-1_text": ""})
    assert [p.key for p in theirs(table, row.key).parts] == ["part-2"]
    empty = coordinator.post(own, {**sent, "seen": "3", "part-1_text": "", "part-2_text": ""})
    assert empty.status_code == 422
    with pytest.raises(NotAllowed):
        say(table, row.key, seen=3, said={"title": "", "part-2_text": "x"})
    assert "Ta bort arket" in coordinator.get(own).content.decode()
    coordinator.post(at(table, row.key, "library-own-back"))
    assert not OwnText.objects.exists()


def test_what_is_missing_or_too_long_is_told_plainly_and_nothing_typed_is_lost(table: Any) -> None:
    coordinator = signed_in(table.people["coordinator"])
    new = reverse("library-own-new", args=[table.municipality.pk]) + "?hylle="
    sent = {"once": str(uuid4()), **OWN}
    for wrong in ({"title": ""}, {"part-1_text": "", "lead": SECRET}, {"section": "no-such-shelf"}):
        answer = coordinator.post(new, {**sent, **wrong})
        assert answer.status_code == 422, wrong
        assert SECRET in answer.content.decode()
    long = coordinator.post(new, {**sent, "lead": "ord " * 2000})
    assert "Her er det plass til 4000 tegn" in long.content.decode()
    assert not OwnText.objects.exists()


def test_nothing_of_theirs_is_html(table: Any, sheet: Any) -> None:
    row = add(table, **{"part-1_text": '<script>alert("x")</script>\n\n- <b>fet</b>', "lead": "<i>skrå</i>"})
    say(table, sheet.key, said={"title": "<u>strek</u>", item_of(sheet): "<img src=x>"})
    client = signed_in(table.people["coordinator"])
    for page in (
        read(client, row.key),
        read(client, sheet.key),
        client.get(reverse("library-shelf", args=["agendas"])).content.decode(),
        client.get(at(table, sheet.key)).content.decode(),
        client.get(at(table, row.key)).content.decode(),
        client.get(reverse("library-own", args=[table.municipality.pk])).content.decode(),
    ):
        for tag in ("<script>alert", "<b>fet", "<i>skrå", "<u>strek", "<img src=x"):
            assert tag not in page


def test_what_people_answer_on_is_changed_with_files_only(table: Any) -> None:
    """A tick, or a mark that is counted, would stand at other words than those it was set at."""
    client = signed_in(table.people["coordinator"])
    page = client.get(reverse("library-own", args=[table.municipality.pk])).content.decode()
    assert at(table, "ending-well") in page
    answered = [s.key for s in content.sheets("reflection") if any(part.marks for part in s.parts)]
    assert answered
    for key in ("first-meeting", *answered):
        assert at(table, key) not in page
        assert client.get(at(table, key)).status_code == 404
        with pytest.raises(NotAllowed):
            say(table, key, by="operator", said={"title": SECRET})
        OwnText.objects.create(
            organisation=table.municipality, kind="sheet", key=key, texts={"title": {"nb": SECRET}}
        )
        assert content.sheet(key, table.municipality.pk) == content.sheet(key)


def test_what_no_longer_fits_is_pointed_out_and_kept(table: Any, sheet: Any, monkeypatch: Any) -> None:
    say(table, sheet.key, said={"title": "Kvelden ved ferja", item_of(sheet): SECRET})
    OwnText.objects.create(
        organisation=table.municipality, kind="sheet", key="no-such-sheet", texts={"lead": {"nb": "Borte"}}
    )
    client = signed_in(table.people["coordinator"])
    own = reverse("library-own", args=[table.municipality.pk])
    page = client.get(own).content.decode()
    assert page.count("Stedet det sto, finnes ikke lenger") == 1
    assert "Vår tekst er endret" not in page
    assert "Borte" in client.get(at(table, "no-such-sheet")).content.decode()
    real = kinds.entries
    fewer = tuple(part.model_copy(update={"items": ()}) for part in sheet.parts)
    newer = tuple(
        s.model_copy(update={"parts": fewer, "version": 9}) if s.key == sheet.key else s
        for s in real("sheet")
    )
    monkeypatch.setattr(kinds, "entries", lambda name: newer if name == "sheet" else real(name))
    page = client.get(own).content.decode()
    assert "Vår tekst er endret" in page
    assert "Noe av det har ikke lenger noe sted å stå" in page
    both = client.get(at(table, sheet.key)).content.decode()
    assert "Vår tekst er endret siden" in both
    assert SECRET in both
    (laid,) = overrides.sheets_laid_over(
        [s for s in newer if s.key == sheet.key], overrides.of(table.municipality.pk), "methods"
    )
    assert (laid.title.nb, [part.items for part in laid.parts]) == (
        "Kvelden ved ferja",
        [()] * len(laid.parts),
    )
    assert OwnText.objects.count() == 2


def test_pages_with_their_sheets_cost_little(table: Any, django_assert_max_num_queries: Any) -> None:
    for shelf in ("agendas", "lists", "methods"):
        for sheet in content.sheets(shelf):
            if saying.sayable(sheet):
                say(table, sheet.key, said={"title": SECRET})
    for _number in range(3):
        add(table)
    client = signed_in(table.people["citizen"])
    for address in (
        reverse("library"),
        reverse("library-shelf", args=["agendas"]),
        reverse("library-sheet", args=["first-peer-gathering"]),
        reverse("library-search") + "?q=ferja",
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
    client = signed_in(table.people["coordinator"])
    for address in (
        reverse("library-own", args=[table.municipality.pk]),
        at(table, "first-peer-gathering"),
    ):
        with django_assert_max_num_queries(12):
            client.get(address)


def test_a_letter_is_begun_in_the_words_of_those_who_answer_for_the_process(
    table: Any, client: Client
) -> None:
    ours = saying.ours("letter", "adults")
    actions.say_differently(
        actor=table.actor("coordinator"),
        organisation=table.municipality,
        key="adults",
        kind="letter",
        said={"title": "Til naboen", "need_text": SECRET},
    )
    coordinator = signed_in(table.people["coordinator"])
    letters = reverse("letters", args=[table.process.slug])
    assert "Til naboen" in coordinator.get(letters).content.decode()
    sent = {"once": str(uuid4()), "kind": "adults", "language": "nb", "caller": "Kari", "phone": "12345678"}
    begun = coordinator.post(letters, sent, follow=True)
    assert SECRET in begun.content.decode()
    shelf = reverse("library-letters")
    assert SECRET in signed_in(table.people["employee"]).get(shelf).content.decode()
    assert SECRET in client.get(shelf, {"kommune": table.municipality.pk}).content.decode()
    page = client.get(shelf).content.decode()
    assert SECRET not in page
    assert f"?kommune={table.municipality.pk}" in page
    own = reverse("library-own-point", args=[table.municipality.pk, "brev_adults"])
    both = coordinator.get(own).content.decode()
    assert SECRET in both
    assert ours.parts[0].text.nb in both
    assert "{question}" in both
    coordinator.post(reverse("library-own-back", args=[table.municipality.pk, "brev_adults"]))
    assert SECRET not in signed_in(table.people["employee"]).get(shelf).content.decode()
    assert SECRET in coordinator.get(begun.redirect_chain[-1][0]).content.decode(), (
        "a letter that is begun stays"
    )


def test_a_letter_of_their_own_has_no_place(table: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.say_differently(
            actor=table.actor("coordinator"),
            organisation=table.municipality,
            key="no-such-letter",
            kind="letter",
            said={"title": SECRET},
        )
    client = signed_in(table.people["coordinator"])
    for at_ in ("brev_no-such-letter", "ukjent_adults", "brev_"):
        assert client.get(reverse("library-own-point", args=[table.municipality.pk, at_])).status_code == 404


def test_the_shelf_is_one_press_from_where_it_is_needed(table: Any) -> None:
    """Rules to begin with from a group's own rules, agendas from a gathering that is planned: in their own words."""
    say(table, "peer-group", said={"title": "Reglene fra ferja"})
    add(table)
    pages = {
        ("citizen", "rules"): reverse("rules", args=[table.process.slug, table.rooms["peer"].pk]),
        ("host", "agendas"): reverse("gathering-new", args=[table.process.slug, table.rooms["peer"].pk]),
    }
    for (name, shelf), address in pages.items():
        client = signed_in(table.people[name])
        at_ = reverse("library-shelf", args=[shelf])
        assert f'href="{at_}"' in client.get(address).content.decode(), shelf
    rules = reverse("library-shelf", args=["rules"])
    assert "Reglene fra ferja" in signed_in(table.people["citizen"]).get(rules).content.decode()
