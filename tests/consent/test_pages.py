"""One's own pages: reached from Meg, one thing at a time, taken back in three taps, nothing lost on wrong input."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from langbord.consent import actions, setup, texts
from langbord.consent.enums import AgeBand, Purpose
from langbord.consent.models import ConsentEvent
from tests.cast import TEST, Table
from tests.consent import helpers as h
from tests.signin import signed_in


def ask_url(table: Table, purpose: str) -> str:
    return reverse("consent-ask", args=[table.process.pk, purpose])


def answer(client: Client, table: Table, purpose: str, said: str, **more: Any) -> Any:
    data = {"once": str(uuid4()), "shown": texts.notice(purpose, "nb").sha256, "answer": said, **more}  # type: ignore[union-attr]
    return client.post(ask_url(table, purpose), data)


def test_being_asked_one_thing_after_another(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    client = signed_in(amina)
    page = client.get(reverse("consents"))
    assert "Vi spør deg om 10 ting" in page.text
    age = reverse("consent-age", args=[process.pk])
    assert f"{age}?rekke=1" in page.text
    answered = client.post(f"{age}?rekke=1", {"band": "adult", "on": "1"})
    assert answered["Location"] == f"{ask_url(table, Purpose.TAKING_PART)}?rekke=1"
    question = client.get(answered["Location"])
    assert "Spørsmål 1 av 10" in question.text
    on = answer(client, table, Purpose.TAKING_PART, "yes", on="1")
    assert on["Location"].endswith("/minutes/?rekke=1")
    later = answer(client, table, Purpose.MINUTES, "later", on="1")
    assert later["Location"].endswith("/recording/?rekke=1")
    page = client.get(reverse("consents"))
    assert "Du sa ja" in page.text
    assert "Vi spør deg om 8 ting" in page.text
    assert h.says_yes(amina, Purpose.TAKING_PART, process)
    assert not h.says_yes(amina, Purpose.MINUTES, process)


def test_the_last_one_leads_back_to_the_list(table: Table) -> None:
    client = signed_in(table.people["citizen"])
    for purpose in Purpose.values:
        last = answer(client, table, purpose, "no", on="1")
    assert last["Location"] == reverse("consents")
    assert "Begynn" not in client.get(reverse("consents")).text


def test_nothing_is_chosen_beforehand_and_yes_and_no_are_alike(table: Table) -> None:
    page = signed_in(table.people["citizen"]).get(ask_url(table, Purpose.PHOTO)).text
    main = page[page.index("<main") : page.index("</main")]
    assert "checked" not in main
    assert 'aria-pressed="true"' not in main
    kinds = {
        value: kind for kind, value in re.findall(r'data-kind="(\w+)" name="answer" value="(\w+)"', main)
    }
    assert kinds["yes"] == kinds["no"] == "second"
    assert set(kinds) == {"yes", "no", "later"}, "no way to say yes to everything at once"
    assert 'data-listen="samtykketekst"' in main


def test_three_taps_from_home_to_taken_back(table: Table) -> None:
    """Meg, the list, Ta tilbake: three, and it has effect at once."""
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.QUOTES, process)
    client = signed_in(amina)
    taps = 0
    home = client.get("/").text
    assert f'href="{reverse("me")}"' in home
    me = client.get(reverse("me")).text
    taps += 1
    assert f'href="{reverse("consents")}"' in me
    page = client.get(reverse("consents")).text
    taps += 1
    back = reverse("consent-back", args=[process.pk, Purpose.QUOTES])
    form = page[page.index(f'action="{back}"') :]
    once = re.search(r'name="once" value="([^"]+)"', form)
    assert once is not None
    done = client.post(back, {"once": once[1]}, follow=True)
    taps += 1
    assert taps == 3
    assert not h.says_yes(amina, Purpose.QUOTES, process)
    assert "Du har tatt det tilbake" in done.text
    assert "Sitatene dine tas ut av alt som ikke er gitt ut ennå." in done.text
    # And back again, from the page one came to.
    assert "Si ja igjen" in done.text
    client.post(back, {"once": once[1]})
    answer(client, table, Purpose.QUOTES, "yes")
    assert h.says_yes(amina, Purpose.QUOTES, process)
    assert [e.kind for e in h.events_of(amina, process)] == ["given", "withdrawn", "given"]


def test_taking_back_works_without_a_key_too(table: Table) -> None:
    h.say_yes(table.people["citizen"], Purpose.QUOTES, table.process)
    client = signed_in(table.people["citizen"])
    client.post(reverse("consent-back", args=[table.process.pk, Purpose.QUOTES]), {"once": "noe rart"})
    assert not h.says_yes(table.people["citizen"], Purpose.QUOTES, table.process)


def test_the_home_page_asks_once_and_is_quiet_then(table: Table) -> None:
    client = signed_in(table.people["citizen"])
    assert "Vi spør deg om 10 ting" in client.get("/").text
    for purpose in Purpose.values:
        answer(client, table, purpose, "later" if purpose != Purpose.PHOTO else "no")
    assert "Vi spør deg om" not in client.get("/").text
    assert "Vi spør deg om" not in signed_in(table.people["coordinator"]).get("/").text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"answer": ""},
        {"answer": "kanskje"},
        {"answer": "yes", "once": "x"},
        {"answer": "yes", "shown": "0" * 64},
    ],
)
def test_wrong_input_stores_nothing_and_says_what_to_do(table: Table, data: dict[str, str]) -> None:
    client = signed_in(table.people["citizen"])
    page = client.post(ask_url(table, Purpose.PHOTO), {"once": str(uuid4()), **data})
    assert page.status_code == 422
    assert "<title>Feil:" in page.text
    assert "Vi tar bilder når vi lager mat" in page.text
    assert not ConsentEvent.objects.unrestricted(TEST).exists()


@pytest.mark.parametrize("address", ["alt", "photo-1", "RESEARCH"])
def test_a_purpose_that_is_none_is_not_found(table: Table, address: str) -> None:
    client = signed_in(table.people["citizen"])
    for url in (ask_url(table, address), ask_url(table, address) + "ta-tilbake/"):
        assert client.post(url, {"answer": "yes"}).status_code == 404
    assert client.get(ask_url(table, address)).status_code == 404


def test_what_is_not_asked_here_is_not_found(table: Table) -> None:
    setup.choose_purposes(actor=table.actor("coordinator"), process_id=table.process.pk, used=["research"])
    client = signed_in(table.people["citizen"])
    assert client.get(ask_url(table, Purpose.PHOTO)).status_code == 404
    assert client.get(ask_url(table, Purpose.RESEARCH)).status_code == 200
    assert "Bilder av meg" not in client.get(reverse("consents")).text


def test_the_age_in_four_words(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    client = signed_in(amina)
    address = reverse("consent-age", args=[process.pk])
    nothing = client.post(address, {})
    assert nothing.status_code == 422
    assert "Du kan også la være å si det." in nothing.text
    client.post(address, {"band": "under_16"})
    assert h.record_of(amina, process).age_band == AgeBand.UNDER_16
    page = client.get(reverse("consents")).text
    assert "Begge må si ja" in page
    assert "Vi har ikke spurt noen ennå" in page
    answer(client, table, Purpose.PHOTO, "yes")
    assert "Vi spør en voksen også" in client.get(reverse("consents")).text
    assert not h.says_yes(amina, Purpose.PHOTO, process)
    client.post(address, {"band": "from_16"})
    assert h.says_yes(amina, Purpose.PHOTO, process)


def test_an_employee_is_not_asked_for_an_age(table: Table) -> None:
    page = signed_in(table.people["employee"]).get(reverse("consents")).text
    assert f'href="{reverse("consent-age", args=[table.process.pk])}?' not in page
    assert ask_url(table, Purpose.TAKING_PART) in page


def test_all_i_answered_on_paper(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.PHOTO, process)
    h.say_no(amina, Purpose.QUOTES, process)
    h.take_back(amina, Purpose.PHOTO, process)
    page = signed_in(amina).get(reverse("consents-print")).text
    for words in ("Du sa ja", "Du sa nei", "Du tok det tilbake", "1.0, Bokmål", "Fjordvik kommune"):
        assert words in page
    assert "Vi tar bilder når vi lager mat" in page, "the text as it was"
    assert page.count('data-label="Svar"') == 3, "on a narrow phone each answer stands below its date"
    other = signed_in(table.people["citizen-2"]).get(reverse("consents-print")).text
    assert "Du sa ja" not in other


def test_somebody_in_nothing_gets_a_page_that_helps(table: Table) -> None:
    page = signed_in(table.people["outsider"]).get(reverse("consents"))
    assert page.status_code == 200
    assert "Ingen spør deg om noe nå" in page.text


def test_nobody_else_meets_what_somebody_answered(table: Table) -> None:
    """Own pages show one's own; others in the same rooms see no sign of it."""
    amina = table.people["citizen"]
    h.say_no(amina, Purpose.RESEARCH, table.process)
    pages = [
        "/",
        reverse("me"),
        reverse("consents"),
        reverse("consents-print"),
        ask_url(table, Purpose.RESEARCH),
    ]
    for name in ("citizen-2", "leader", "partner", "employee"):
        client = signed_in(table.people[name])
        for url in pages:
            page = client.get(url).text
            assert "sa nei" not in page, (name, url)
    assert "Du sa nei" in signed_in(amina).get(reverse("consents")).text


def test_a_yes_to_what_is_not_used_now_can_still_be_taken_back(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.PHOTO, process)
    setup.choose_purposes(actor=table.actor("coordinator"), process_id=process.pk, used=["research"])
    client = signed_in(amina)
    page = client.get(reverse("consents")).text
    assert "Vi bruker ikke dette nå. Du har sagt ja før." in page
    assert "Lydopptak" not in page
    assert answer(client, table, Purpose.PHOTO, "yes").status_code == 422
    client.post(reverse("consent-back", args=[process.pk, Purpose.PHOTO]), {"once": str(uuid4())})
    assert "Du har sagt ja før" not in client.get(reverse("consents")).text
    setup.choose_purposes(actor=table.actor("coordinator"), process_id=process.pk, used=list(Purpose.values))
    assert not h.says_yes(amina, Purpose.PHOTO, process), "what was taken back does not come back"


# -- the coordinator


def test_what_a_process_asks_about(table: Table) -> None:
    client = signed_in(table.people["coordinator"])
    address = reverse("consent-setup", args=[table.process.slug])
    assert "Ordene mine i forskning" in client.get(address).text
    saved = client.post(address, {"used": ["research", "minutes"], "contact": "personvern@fjordvik.example"})
    assert saved.status_code == 302
    page = signed_in(table.people["citizen"]).get(reverse("consents")).text
    assert "personvern@fjordvik.example" in page
    assert "Vi spør deg om 3 ting" in page
    wrong = client.post(address, {"used": ["alt"], "contact": "x" * 300})
    assert wrong.status_code == 422
    assert setup.contact_of(table.process.organisation_id) == "personvern@fjordvik.example"


def test_a_blank_process_asks_about_less(table: Table) -> None:
    from langbord.consent import asking

    assert asking.unused("blank", None) >= {Purpose.RECORDING, Purpose.RESEARCH, Purpose.QUOTES}
    assert asking.unused("", None) == asking.unused("blank", None)
    assert asking.unused("likemenn-forst", None) == frozenset()
    assert Purpose.TAKING_PART not in asking.unused("blank", list(Purpose.values))


def test_say_age_is_for_members_and_real_bands(table: Table) -> None:
    from langbord.base.errors import NotAllowed

    for band in ("", "12", "gammel"):
        with pytest.raises(NotAllowed):
            actions.say_age(actor=table.actor("citizen"), process_id=table.process.pk, band=band)
    with pytest.raises(NotAllowed):
        actions.say_age(actor=table.actor("outsider"), process_id=table.process.pk, band="adult")


# -- when one is not to be asked, or not to be shown


def test_nobody_is_asked_while_silent_or_when_it_is_over(table: Table) -> None:
    """At rest nothing is asked for; what was answered can be taken back all the same."""
    from langbord.access.actor import actor_of
    from langbord.base import clock
    from langbord.consent import shown
    from langbord.consent.panel import on_home
    from langbord.processes.models import Membership, Pause, Process

    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.PHOTO, process)
    own = Membership.objects.unrestricted(TEST).get(person=amina, process=process)
    pause = Pause.objects.create(membership=own, started_at=clock.now())
    for _state in ("silent", "over"):
        actor = actor_of(amina)
        assert shown.parts(actor)[0].new == []
        assert on_home(actor).waiting == 0
        assert "Ta tilbake" in signed_in(amina).get(reverse("consents")).text
        if pause.pk is not None:
            pause.delete()
        Process.objects.unrestricted(TEST).filter(pk=process.pk).update(ended_at=clock.now())
    assert h.take_back(amina, Purpose.PHOTO, process) is not None


def test_a_new_card_shows_no_older_answers_on_its_first_day(table: Table) -> None:
    from langbord.access.middleware import READS_FROM
    from langbord.base import clock

    amina, process = table.people["citizen"], table.process
    h.say_no(amina, Purpose.QUOTES, process)
    h.say_yes(amina, Purpose.PHOTO, process)
    h.guardian_for(table)
    client = signed_in(amina)
    assert "Du sa nei" in client.get(reverse("consents")).text
    session = client.session
    session[READS_FROM] = clock.now().isoformat()
    session.save()
    for url in (reverse("consents"), reverse("consents-print"), ask_url(table, Purpose.QUOTES)):
        page = client.get(url).text
        for words in ("Du sa nei", "Du sa ja", "Ta tilbake", "Bjarne"):
            assert words not in page, (url, words)
        assert "Kortet ditt er nytt" in page or "Kan vi gjengi" in page
    # A no has effect on the first day, too.
    answer(client, table, Purpose.PHOTO, "no")
    assert not h.says_yes(amina, Purpose.PHOTO, process)


def test_a_no_counts_each_time_from_whatever_page(table: Table) -> None:
    """A browser that goes back brings the same page forth: what is pressed there then is no second click."""
    amina, process = table.people["citizen"], table.process
    client, back = signed_in(amina), reverse("consent-back", args=[process.pk, Purpose.QUOTES])
    ask, page = ask_url(table, Purpose.QUOTES), str(uuid4())
    client.post(ask, {"once": page, "answer": "yes"})
    assert h.says_yes(amina, Purpose.QUOTES, process)
    client.post(ask, {"once": page, "answer": "no"})
    assert not h.says_yes(amina, Purpose.QUOTES, process), "the same page, another button"
    client.post(ask, {"once": str(uuid4()), "answer": "yes"})
    for _click in range(2):
        client.post(ask, {"once": page, "answer": "no"})
    assert not h.says_yes(amina, Purpose.QUOTES, process), "the same page once more, after a yes"
    for _time in range(2):
        client.post(ask, {"once": str(uuid4()), "answer": "yes"})
        client.post(back, {"once": page})
        assert not h.says_yes(amina, Purpose.QUOTES, process)
    kinds = [event.kind for event in h.events_of(amina, process)]
    assert kinds == ["given", "withdrawn"] * 4
