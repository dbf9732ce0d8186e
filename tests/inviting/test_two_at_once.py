"""Two people at the same letter or list, an asker who changes, a no that comes while a seat is given, and a form sent again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from langbord.access.enums import CasePower
from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.inviting import actions, forgetting, letters, taking_part
from langbord.inviting.actions import Name
from langbord.inviting.enums import Step
from langbord.inviting.models import Invitee, Letter, TakingPart, WhoToAsk
from langbord.people.models import Contact, Person
from langbord.processes.models import Membership
from langbord.vault.lookup import digest
from tests.cast import TEST, Table
from tests.inviting.test_asking import fresh, noted
from tests.signin import signed_in

SECRET = "Redd for eksen"


def hidden(answer: Any, name: str) -> str:
    """The value of a hidden field on the page."""
    field = next(
        tag for tag in re.findall(r"<input[^>]*>", answer.content.decode()) if f'name="{name}"' in tag
    )
    found = re.search(r'value="([^"]*)"', field)
    return found[1] if found else ""


def asked_by(table: Table, who: str, invitee: Invitee) -> None:
    actions.describe(
        actor=table.actor("coordinator"),
        invitee=fresh(invitee),
        name="Zahra",
        contact="",
        language="nb",
        young=False,
        guardian_yes_on=None,
        asker_id=table.people[who].pk,
    )


def test_whoever_takes_over_the_asking_does_not_read_what_was_said_to_the_one_before(table: Table) -> None:
    kari, randi = table.actor("coordinator"), table.actor("host")
    (made,) = noted(table, "host", "Zahra")
    taking_part.write_for(invitee=made, actor=randi, words={"hard": SECRET, "food": "Suppe-først"})
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/{made.pk}/"
    sent = {"name": "Zahra", "contact": "", "language": "nb", "asker": str(kari.person_id)}
    assert client.post(address, sent).status_code == 302
    assert fresh(made).asker_id == kari.person_id
    page = client.get(address).content.decode()
    assert SECRET not in page
    assert not TakingPart.objects.visible_to(kari).exists()
    # Nor does the earlier asker read on, when they ask no more.
    assert not TakingPart.objects.visible_to(randi).exists()
    # What is said from now on is for the one who asks now, also when it comes by the letter.
    taking_part.write_for(
        invitee=fresh(made), actor=None, words={"hard": "Bussen-nå", "companion": "En nabo"}
    )
    page = client.get(address).content.decode()
    assert "Bussen-nå" in page
    assert SECRET not in page
    # Back to the first: their own words again, and not those said to the other.
    asked_by(table, "host", made)
    assert [str(row.hard) for row in TakingPart.objects.visible_to(randi)] == [SECRET]
    # All of it is the person's own from the day they sit here.
    actions.set_step(invitee=fresh(made), step=Step.YES, actor=randi)
    person = taking_part.seat(actor=randi, invitee=fresh(made), room=table.room("peer"))
    agreed = TakingPart.objects.unrestricted(TEST).get()
    assert (agreed.person_id, agreed.invitee_id, agreed.sealed_by) == (person.pk, None, person.sealed_by)
    assert str(agreed.hard) == f"{SECRET}\nBussen-nå"
    assert (str(agreed.food), str(agreed.companion)) == ("Suppe-først", "En nabo")


def test_words_keyed_in_from_an_old_page_are_not_told_to_the_new_asker(table: Table) -> None:
    (made,) = noted(table, "host", "Zahra")
    stale = fresh(made)
    asked_by(table, "coordinator", made)
    with pytest.raises(NotAllowed):
        taking_part.write_for(invitee=stale, actor=table.actor("host"), words={"hard": SECRET})
    assert not TakingPart.objects.unrestricted(TEST).exists()


def test_nobody_is_seated_against_a_no_that_came_meanwhile(table: Table) -> None:
    kari = table.actor("coordinator")
    (made,) = noted(table, "coordinator", "Zahra")
    actions.set_step(invitee=made, step=Step.YES, actor=kari)
    stale = fresh(made)
    actions.set_step(invitee=fresh(made), step=Step.NO, actor=None)
    with pytest.raises(NotNow, match="ikke sagt ja"):
        taking_part.seat(actor=kari, invitee=stale, room=table.room("peer"))
    assert not Person.objects.unrestricted(TEST).filter(pk=made.pk).exists()
    assert fresh(made).step == Step.NO


def test_a_guardians_yes_taken_back_meanwhile_counts(table: Table) -> None:
    kari = table.actor("coordinator")
    (made,) = noted(table, "coordinator", "Sami")
    actions.set_step(invitee=made, step=Step.YES, actor=kari)
    stale = fresh(made)
    actions.describe(
        actor=kari, invitee=fresh(made), name="Sami", contact="", language="nb", young=True, guardian_yes_on=None
    )  # fmt: skip
    with pytest.raises(NotNow, match="under 16"):
        taking_part.seat(actor=kari, invitee=stale, room=table.room("peer"))
    assert not Person.objects.unrestricted(TEST).filter(pk=made.pk).exists()


def test_a_letter_saved_by_two_loses_neither(table: Table) -> None:
    kari = table.actor("coordinator")
    made = letters.begin(
        actor=kari, process_id=table.process.pk, kind="families", language="nb", question=None, caller="Kari",
        phone="99 00 00 00",
    )  # fmt: skip
    address = f"/s/{table.process.slug}/invitere/brev/{made.pk}/"
    one, two = signed_in(table.people["coordinator"]), signed_in(table.people["host"])
    seen = hidden(one.get(address), "seen")
    said = {"caller": "Kari", "phone": "99 00 00 00", "do": "save", "seen": seen}
    first = {**said, "text": "Den første skrev dette."}
    assert one.post(address, first).status_code == 302
    assert one.post(address, first).status_code == 302  # the second click of the same
    answer = two.post(address, {**said, "text": "Den andre skrev dette."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Noen andre har endret brevet" in page
    assert "Den første skrev dette." in page
    assert "Den andre skrev dette." in page.partition("<textarea")[2].partition("</textarea")[0]
    assert Letter.objects.unrestricted(TEST).get(pk=made.pk).text == "Den første skrev dette."
    # Looked at, it is saved by pressing once more; without having seen anything it is not.
    again = {**said, "seen": hidden(answer, "seen"), "text": "Begge skrev dette."}
    assert two.post(address, {**again, "seen": ""}).status_code == 422
    assert two.post(address, again).status_code == 302
    assert Letter.objects.unrestricted(TEST).get(pk=made.pk).text == "Begge skrev dette."


def test_lists_saved_by_two_lose_neither(table: Table) -> None:
    address = f"/s/{table.process.slug}/invitere/hvem/"
    one, two = signed_in(table.people["coordinator"]), signed_in(table.people["host"])
    seen = hidden(one.get(address), "seen")
    first = {"lives_with": "Nye i byen", "seldom_asked": "", "not_here": "", "seen": seen}
    assert one.post(address, first).status_code == 302
    assert one.post(address, first).status_code == 302
    answer = two.post(address, {**first, "lives_with": "Alenefedre"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Noen andre har endret listene" in page
    assert "Nye i byen" in page
    assert "Alenefedre" in page.partition("<textarea")[2].partition("</textarea")[0]
    assert WhoToAsk.objects.unrestricted(TEST).get().lives_with == "Nye i byen"
    both = {**first, "seen": hidden(answer, "seen"), "lives_with": "Nye i byen\r\nAlenefedre"}
    assert two.post(address, both).status_code == 302
    assert "Alenefedre" in str(WhoToAsk.objects.unrestricted(TEST).get().lives_with)


@pytest.fixture
def known(table: Table) -> Person:
    """Espen, who signs in here with his e-mail already."""
    person = table.people["employee"]
    Contact.objects.unrestricted(TEST).filter(person=person).delete()
    Contact.objects.create(
        person=person,
        sealed_by=person.sealed_by,
        email="espen@eksempel.no",
        email_lookup=digest("email", "espen@eksempel.no"),
    )
    return person


def said_yes(table: Table, **words: str) -> Invitee:
    kari = table.actor("coordinator")
    (made,) = noted(table, "coordinator", "Espen", side="service")
    actions.describe(
        actor=kari, invitee=made, name="Espen", contact="espen@eksempel.no", language="nb", young=False,
        guardian_yes_on=None,
    )  # fmt: skip
    taking_part.write_for(invitee=made, actor=None, words=words)
    actions.set_step(invitee=made, step=Step.YES, actor=kari)
    return fresh(made)


def seat_page(client: Client, table: Table, made: Invitee) -> Any:
    sent = {"side": "service", "people": str(made.pk), "case_power": CasePower.NONE}
    return client.post(f"/s/{table.process.slug}/invitere/plass/", sent)


def test_a_known_colleague_invited_twice_keeps_the_words_of_both(table: Table, known: Person) -> None:
    client = signed_in(table.people["coordinator"])
    first = said_yes(table, hard="Bussen", companion="En nabo")
    assert seat_page(client, table, first).status_code == 302
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        second = said_yes(table, hard="Trapper", companion="En nabo", channel="sms")
        assert seat_page(client, table, second).status_code == 302
    row = TakingPart.objects.unrestricted(TEST).get()
    assert row.person_id == known.pk
    assert (str(row.hard), str(row.companion), str(row.channel)) == ("Bussen\nTrapper", "En nabo", "sms")
    assert not Invitee.objects.unrestricted(TEST).exists()
    # The second click, for both of them.
    for made in (first, second):
        again = seat_page(client, table, made)
        assert again.status_code == 302
        assert "har fått plass" in client.get(again["Location"]).content.decode()
    held = Membership.objects.unrestricted(TEST).filter(process=table.process, person=known, role="employee")
    assert held.count() == 1
    # Somebody else's click, and one for whom nobody gave a seat, is still none.
    assert seat_page(signed_in(table.people["coordinator"]), table, Invitee(pk=uuid4())).status_code == 422


@pytest.mark.parametrize("how", ["forgotten", "seated"])
def test_names_sent_again_after_they_went_from_the_list_make_nothing_new(table: Table, how: str) -> None:
    kari, once = table.actor("coordinator"), uuid4()
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/navn/"
    sent = {"names": "Zahra\nYusuf", "side": "citizen", "asker": str(kari.person_id), "once": str(once)}
    assert client.post(address, sent).status_code == 302
    made = list(Invitee.objects.unrestricted(TEST))
    assert len(made) == 2
    if how == "forgotten":
        forgetting.forget(actor=kari, invitees=made)
    else:
        for row in made:
            actions.set_step(invitee=row, step=Step.YES, actor=kari)
            taking_part.seat(actor=kari, invitee=fresh(row), room=table.room("peer"))
    answer = client.post(address, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "er skrevet opp før" in page
    assert "Yusuf" in page
    assert not Invitee.objects.unrestricted(TEST).exists()
    # Pressed once more on the page that says so, they are on the list, once.
    renewed = {**sent, "once": hidden(answer, "once")}
    assert client.post(address, renewed).status_code == 302
    assert client.post(address, renewed).status_code == 302
    assert Invitee.objects.unrestricted(TEST).count() == 2


def test_names_sent_again_when_one_of_them_went_give_those_who_are_left(table: Table) -> None:
    kari, once = table.actor("coordinator"), uuid4()
    more: dict[str, Any] = {
        "actor": kari,
        "process_id": table.process.pk,
        "households": [[Name("Zahra", False)], [Name("Yusuf", False)]],
        "side": "citizen",
        "once": once,
    }
    gone, left = actions.note(**more)
    forgetting.forget(actor=kari, invitees=[gone])
    assert actions.note(**more) == [left]
