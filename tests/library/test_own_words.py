"""What an organisation writes itself: read by its own people, kept when ours changes, never in another's guide."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from langbord.access.enums import Role
from langbord.base.errors import NotAllowed
from langbord.base.models import Event
from langbord.library import actions, content, kinds, pinning, saying
from langbord.library.models import OwnText
from langbord.people.actions import register_organisation, register_person
from langbord.processes.actions import join
from langbord.rooms.standing import load_actor
from tests.signin import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

SECRET = "Slik gjør vi det ved ferja i Fjordvik"


@pytest.fixture
def point() -> Any:
    return content.guide()[0].points[0]


def say(
    table: Any, key: str, by: str = "coordinator", seen: int = 0, language: str = "nb", **said: str
) -> Any:
    return actions.say_differently(
        actor=table.actor(by),
        organisation=table.municipality,
        key=key,
        said=said,
        language=language,
        seen=seen,
    )


def read(client: Client, key: str) -> str:
    return client.get(reverse("library-point", args=[key])).content.decode()


def test_an_organisation_says_it_its_own_way(table: Any, point: Any, client: Client) -> None:
    say(table, point.key, about=SECRET)
    assert SECRET in read(signed_in(table.people["employee"]), point.key)
    assert SECRET in read(signed_in(table.people["citizen"]), point.key)
    assert SECRET not in read(client, point.key)
    assert SECRET not in read(signed_in(table.people["outsider"]), point.key)
    assert str(point.why).split("\n")[0] in read(signed_in(table.people["employee"]), point.key).replace(
        "&#x27;", "'"
    ).replace("&quot;", '"')
    with_theirs = client.get(reverse("library-point", args=[point.key]), {"kommune": table.municipality.pk})
    assert SECRET in with_theirs.content.decode()
    choice = client.get(reverse("library-guide")).content.decode()
    assert f"?kommune={table.municipality.pk}" in choice


def test_only_those_who_set_up_there_may(table: Any, point: Any) -> None:
    for name in ("citizen", "employee", "leader", "researcher", "host", "outsider", "anonymous"):
        with pytest.raises(NotAllowed):
            say(table, point.key, by=name, about=SECRET)
        with pytest.raises(NotAllowed):
            actions.add_point(
                actor=table.actor(name),
                organisation=table.municipality,
                section=content.guide()[0].key,
                said={"title": "a", "about": "b"},
            )
        with pytest.raises(NotAllowed):
            actions.take_back(actor=table.actor(name), organisation=table.municipality, key=point.key)
    say(table, point.key, by="operator", about=SECRET)


def test_a_coordinator_writes_for_their_own_organisation_only(table: Any, point: Any) -> None:
    other = register_organisation(
        actor=table.actor("operator"), name="Sund kommune", kind="municipality", first_unit="NAV"
    )
    client = signed_in(table.people["coordinator"])
    for name in ("library-own", "library-own-new"):
        assert client.get(reverse(name, args=[table.municipality.pk])).status_code == 200
        assert client.get(reverse(name, args=[other.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.say_differently(
            actor=table.actor("coordinator"), organisation=other, key=point.key, said={"about": "x"}
        )


def test_their_bokmal_stands_where_they_wrote_no_nynorsk(table: Any, point: Any) -> None:
    say(table, point.key, about=SECRET)
    client = signed_in(table.people["employee"])
    client.cookies["language"] = "nn"
    assert SECRET in read(client, point.key)
    say(table, point.key, seen=1, language="nn", about="Slik gjer vi det")
    assert content.point(point.key, table.municipality.pk).about.nn == "Slik gjer vi det"  # type: ignore[union-attr]


def test_what_says_the_same_as_ours_is_ours_again(table: Any, point: Any) -> None:
    say(table, point.key, about=SECRET)
    assert say(table, point.key, seen=1, about=point.about.nb) is None
    assert not OwnText.objects.exists()


def test_the_page_writes_shows_both_and_takes_back(table: Any, point: Any) -> None:
    client = signed_in(table.people["coordinator"])
    at = reverse("library-own-point", args=[table.municipality.pk, point.key])
    page = client.get(at).content.decode()
    assert 'name="about"' in page
    said = {field: getattr(point, field).nb for field in saying.FIELDS}
    answer = client.post(at, {**said, "about": SECRET, "seen": "0"})
    assert answer.status_code == 302
    row = OwnText.objects.get()
    assert (set(row.texts), row.based_on) == ({"about"}, point.version)
    both = client.get(at).content.decode()
    assert SECRET in both
    assert "Vår" in both
    again = client.post(at, {**said, "about": "Noe annet", "seen": "0"})
    assert again.status_code == 422
    assert "Noe annet" in again.content.decode()
    assert "Noen andre har endret" in again.content.decode()
    back = reverse("library-own-back", args=[table.municipality.pk, point.key])
    assert "Ta tilbake" in client.get(back).content.decode()
    assert OwnText.objects.exists()
    client.post(back)
    client.post(back)
    assert not OwnText.objects.exists()
    assert SECRET not in read(client, point.key)


def test_the_log_says_that_it_was_done_and_never_what(table: Any, point: Any) -> None:
    say(table, point.key, about=SECRET)
    event = Event.objects.get(verb="library.said_differently")
    assert event.actor_id == table.people["coordinator"].pk
    assert SECRET not in str(vars(event))


def test_a_point_of_their_own_is_added_once_and_found(table: Any, client: Client) -> None:
    section = content.guide()[0]
    coordinator = signed_in(table.people["coordinator"])
    at = reverse("library-own-new", args=[table.municipality.pk])
    sent = {"once": str(uuid4()), "section": section.key, "title": "Ferja går sjelden", "about": SECRET}
    assert coordinator.post(at, sent).status_code == 302
    assert coordinator.post(at, sent).status_code == 302
    row = OwnText.objects.get()
    employee = signed_in(table.people["employee"])
    assert SECRET in read(employee, row.key)
    assert client.get(reverse("library-point", args=[row.key])).status_code == 404
    assert "Ferja går sjelden" in employee.get(reverse("library-guide")).content.decode()
    hits = employee.get(reverse("library-search"), {"q": "ferja"}).content.decode()
    assert reverse("library-point", args=[row.key]) in hits
    assert (
        reverse("library-point", args=[row.key])
        not in client.get(reverse("library-search"), {"q": "ferja"}).content.decode()
    )
    process = uuid4()
    pinning.pin_all(process, table.municipality.pk)
    kept = pinning.pinned(process, row.key, table.municipality.pk)
    assert kept is not None
    assert kept.about.nb == SECRET


def test_an_empty_title_is_asked_for_and_nothing_typed_is_lost(table: Any) -> None:
    coordinator = signed_in(table.people["coordinator"])
    at = reverse("library-own-new", args=[table.municipality.pk])
    sent = {"once": str(uuid4()), "section": content.guide()[0].key, "title": "", "about": SECRET}
    answer = coordinator.post(at, sent)
    assert answer.status_code == 422
    assert SECRET in answer.content.decode()


def test_what_no_longer_fits_is_pointed_out_and_kept(table: Any, point: Any, monkeypatch: Any) -> None:
    say(table, point.key, about=SECRET)
    gone = OwnText.objects.create(
        organisation=table.municipality, key="no-such-point", based_on=1, texts={"about": {"nb": "Borte"}}
    )
    client = signed_in(table.people["coordinator"])
    at = reverse("library-own", args=[table.municipality.pk])
    page = client.get(at).content.decode()
    assert "Stedet det sto, finnes ikke lenger" in page
    assert "Vår tekst er endret" not in page
    assert (
        "Borte"
        in client.get(reverse("library-own-point", args=[table.municipality.pk, gone.key])).content.decode()
    )
    newer = tuple(
        s.model_copy(update={"points": tuple(p.model_copy(update={"version": 9}) for p in s.points)})
        for s in content.guide()
    )
    real = kinds.entries
    monkeypatch.setattr(kinds, "entries", lambda name: newer if name == "guide" else real(name))
    assert "Vår tekst er endret" in client.get(at).content.decode()
    both = client.get(reverse("library-own-point", args=[table.municipality.pk, point.key])).content.decode()
    assert "Vår tekst er endret siden" in both
    assert SECRET in both
    assert OwnText.objects.count() == 2


def test_pages_with_their_words_cost_little(table: Any, django_assert_max_num_queries: Any) -> None:
    for section in content.guide():
        for point in section.points:
            say(table, point.key, about=SECRET)
    client = signed_in(table.people["citizen"])
    for address in (
        reverse("library"),
        reverse("library-guide"),
        reverse("library-point", args=[content.guide()[0].points[0].key]),
        reverse("library-search") + "?q=ferja",
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
    client = signed_in(table.people["coordinator"])
    with django_assert_max_num_queries(12):
        client.get(reverse("library-own", args=[table.municipality.pk]))


def test_a_colleague_whom_somebody_elsewhere_invented_writes_nothing_for_them(table: Any) -> None:
    """A coordinator may register anybody with any unit. For words in public, somebody in the organisation must vouch."""
    unit = table.people["employee"].unit
    points = [each.key for each in content.guide()[0].points]

    def made_by(actor: Any, with_unit: Any = unit) -> Any:
        person = register_person(name="Ny", actor=actor, unit=with_unit)
        join(
            process_id=table.process.pk,
            person=person,
            role=Role.COORDINATOR,
            actor=table.actor("coordinator"),
        )
        return person

    def may_write(person: Any) -> bool:
        client = signed_in(person)
        page = reverse("library-own", args=[table.municipality.pk])
        opened: bool = client.get(page).status_code == 200
        told = client.get(reverse("library-own-which"), follow=True)
        assert told.status_code == 200
        assert ("Du kan ikke skrive for dem" in told.content.decode()) is (not opened)
        try:
            actions.say_differently(
                actor=load_actor(person),
                organisation=table.municipality,
                key=points.pop(),
                said={"about": SECRET},
            )
        except NotAllowed:
            assert not opened
            return False
        assert opened
        return True

    invented = made_by(table.actor("host"))
    assert not may_write(invented)
    assert not may_write(made_by(load_actor(invented))), "one fake vouches for no other"
    assert not may_write(made_by(table.actor("citizen")))
    assert OwnText.objects.count() == 0
    colleague = made_by(table.actor("employee"))
    assert may_write(colleague)
    assert may_write(made_by(load_actor(colleague)))
    assert may_write(made_by(table.actor("operator")))
