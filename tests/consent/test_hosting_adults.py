"""Young people and the adults beside them: both must say yes, apart; the young person decides who is asked."""

from __future__ import annotations

from uuid import uuid4

from langbord.base.models import Event
from langbord.consent import guardians
from langbord.consent.enums import AgeBand, Method, Purpose
from langbord.consent.hosting import adults
from langbord.consent.hosting.models import Sheet
from langbord.consent.models import Guardianship
from langbord.processes.models import Membership
from tests.cast import TEST, Table
from tests.consent.helpers import events_of, guardian_for, record_of, say_yes, says_yes, under_16
from tests.consent.test_hosting_paper import SOME, filled, key_in
from tests.consent.test_hosting_voice import address as aloud
from tests.consent.test_hosting_voice import spoken
from tests.signin import signed_in

MOTHER = "Ingrid Sølvberg"


def of(table: Table, name: str = "citizen", rest: str = "") -> str:
    row = Membership.objects.unrestricted(TEST).get(person=table.people[name])
    return f"/s/{table.process.slug}/samtykker/{row.pk}/{rest}"


def named(table: Table, child: str = "citizen") -> Guardianship:
    """A host writes the name of an adult, through the form."""
    once = uuid4()
    answer = signed_in(table.people["host"]).post(
        of(table, child, "voksen/"), {"once": once, "adult_name": MOTHER}
    )
    assert answer.status_code == 302, answer.text[:2000]
    found = Guardianship.objects.unrestricted(TEST).filter(record__person=table.people[child])
    return found.latest("made_at")


def test_the_age_band_is_written_down_and_never_a_date(table: Table) -> None:
    client = signed_in(table.people["host"])
    assert "Ikke spurt ennå" in client.get(of(table)).text
    for _ in range(2):
        assert client.post(of(table, rest="alder/"), {"band": "under_16"}).status_code == 302
    assert record_of(table.people["citizen"], table.process).age_band == AgeBand.UNDER_16
    assert "Voksne ved siden av" in client.get(of(table)).text
    said = Event.objects.filter(verb="consent.age-said")
    assert said.count() == 1, "the log is told that it was said, not what"
    for wrong in ({}, {"band": "12"}, {"band": ""}):
        answer = client.post(of(table, rest="alder/"), wrong)
        assert answer.status_code == 422
    assert (
        signed_in(table.people["employee"]).post(of(table, rest="alder/"), {"band": "adult"}).status_code
        == 404
    )


def test_an_adult_by_name_is_sealed_and_shown_to_host_and_young_person_only(table: Table) -> None:
    held = named(table)
    assert MOTHER in signed_in(table.people["host"]).get(of(table)).text
    assert MOTHER in signed_in(table.people["citizen"]).get("/meg/ja/").text
    for name in ("citizen-2", "citizen-3", "researcher", "leader", "employee", "operator"):
        for page in ("/", "/meg/ja/", of(table), f"/s/{table.process.slug}/samtykker/"):
            assert MOTHER not in signed_in(table.people[name]).get(page).text, name
    assert MOTHER not in str(Event.objects.filter(object_id=held.pk).values())


def test_wrong_input_for_an_adult(table: Table) -> None:
    client = signed_in(table.people["host"])
    under_16(table.people["citizen"], table.process)
    bjarne = str(table.people["citizen-2"].pk)
    for data, words in [
        ({}, "Velg en som er med her, eller skriv et navn"),
        ({"adult": bjarne, "adult_name": MOTHER}, "Velg én av dem"),
        ({"adult": str(table.people["citizen"].pk)}, "Dette valget finnes ikke lenger"),
        ({"adult": str(table.people["employee"].pk)}, "Dette valget finnes ikke lenger"),
    ]:
        answer = client.post(of(table, rest="voksen/"), {"once": uuid4(), **data})
        assert answer.status_code == 422
        assert words in answer.text
        if "adult_name" in data:
            assert MOTHER in answer.text
    assert not Guardianship.objects.unrestricted(TEST).exists()


def test_both_must_say_yes_on_two_sheets(table: Table) -> None:
    """The adult's sheet is printed with the young person's; each answers on their own."""
    amina = table.people["citizen"]
    under_16(amina, table.process)
    held = named(table)
    once, client = uuid4(), signed_in(table.people["host"])
    printed = client.post(
        f"/s/{table.process.slug}/samtykker/ark/",
        {"once": once, "people": [str(amina.pk)], "purposes": SOME},
        follow=True,
    )
    both = {s.guardianship_id: s for s in Sheet.objects.unrestricted(TEST)}
    own, beside = both[None], both[held.pk]
    page = printed.text
    assert f"Til {MOTHER}, som er voksen for Amina" in page
    assert "Du ser aldri hva den unge skriver" in page
    assert "Begge må si ja" in page
    assert own.code != beside.code
    keyed = key_in(table, beside, filled(beside, recording="yes"))
    assert keyed.status_code == 302
    assert "neste innlogging" not in client.get(keyed["Location"]).text, "she may never sign in"
    assert not says_yes(amina, Purpose.RECORDING, table.process), "the adult's yes is not the young person's"
    assert key_in(table, own, filled(own, recording="yes", photo="yes")).status_code == 302
    assert says_yes(amina, Purpose.RECORDING, table.process)
    assert not says_yes(amina, Purpose.PHOTO, table.process), "the young person's yes alone is not enough"
    assert key_in(table, beside, filled(beside, recording="no")).status_code == 302
    assert not says_yes(amina, Purpose.RECORDING, table.process), "taken back on paper, at once"


def test_an_adult_answers_aloud_and_takes_it_back_for_that_child_only(table: Table) -> None:
    amina, celine = table.people["citizen"], table.people["citizen-3"]
    host = signed_in(table.people["host"])
    held = {}
    for name, person in (("citizen", amina), ("citizen-3", celine)):
        under_16(person, table.process)
        held[name] = named(table, name)
        say_yes(person, Purpose.RECORDING, table.process)
        there = f"{aloud(table, name)}?voksen={held[name].pk}"
        assert host.post(there, spoken(table, recording="yes")).status_code == 302
        assert says_yes(person, Purpose.RECORDING, table.process)
    assert "som er voksen for Amina" in host.get(f"{aloud(table)}?voksen={held['citizen'].pk}").text
    assert (
        host.post(f"{aloud(table)}?voksen={held['citizen'].pk}", spoken(table, recording="no")).status_code
        == 302
    )
    assert not says_yes(amina, Purpose.RECORDING, table.process)
    assert says_yes(celine, Purpose.RECORDING, table.process)
    assert events_of(amina, table.process, "recording")[-1].method == Method.VOICE
    assert host.get(f"{aloud(table)}?voksen={held['citizen-3'].pk}").status_code == 404, (
        "another child's adult"
    )
    assert host.get(f"{aloud(table)}?voksen=tull").status_code == 404


def test_the_young_person_objects_and_the_host_sees_it(table: Table) -> None:
    amina = table.people["citizen"]
    under_16(amina, table.process)
    held = named(table)
    young = signed_in(amina).get("/meg/ja/").text
    assert MOTHER in young
    assert "Den voksne ser aldri det du skriver eller sier her" in young
    say_yes(amina, Purpose.RECORDING, table.process)
    host = signed_in(table.people["host"])
    host.post(f"{aloud(table)}?voksen={held.pk}", spoken(table, recording="yes"))
    assert says_yes(amina, Purpose.RECORDING, table.process)
    guardians.object_to(actor=table.actor("citizen"), guardianship=held)
    assert not says_yes(amina, Purpose.RECORDING, table.process)
    page = host.get(of(table)).text
    assert "Amina vil ikke at denne voksne svarer" in page
    assert host.get(f"{aloud(table)}?voksen={held.pk}").status_code == 404
    once = uuid4()
    host.post(
        f"/s/{table.process.slug}/samtykker/ark/",
        {"once": once, "people": [str(amina.pk)], "purposes": SOME},
    )
    assert Sheet.objects.unrestricted(TEST).get().guardianship_id is None


def test_the_host_sees_that_a_young_person_has_turned_16(table: Table) -> None:
    """Both are asked until the adult is not asked any more; else somebody of 16 waits for an adult for good."""
    amina, host = table.people["citizen"], signed_in(table.people["host"])
    under_16(amina, table.process)
    named(table)
    told = "Den unge sier 16 år eller eldre."
    assert told not in host.get(of(table)).text
    signed_in(amina).post(f"/meg/ja/{table.process.pk}/", {"band": AgeBand.FROM_16})
    assert record_of(amina, table.process).age_band == AgeBand.FROM_16
    assert told in host.get(of(table)).text


def test_one_of_two_is_needed_and_neither_says_that_it_may_be_left(table: Table) -> None:
    under_16(table.people["citizen"], table.process)
    host = signed_in(table.people["host"])
    for address in (of(table), aloud(table)):
        assert "(hvis du vil)" not in host.get(address).text, address


def test_an_adult_who_is_not_asked_any_more(table: Table) -> None:
    under_16(table.people["citizen"], table.process)
    held = named(table)
    there = f"/s/{table.process.slug}/samtykker/voksen/{held.pk}/slutt/"
    for name in ("employee", "citizen", "citizen-2", "host-other-group", "leader"):
        assert signed_in(table.people[name]).post(there).status_code == 404, name
    assert signed_in(table.people["host"]).post(there).status_code == 302
    assert MOTHER not in signed_in(table.people["host"]).get(of(table)).text
    assert adults.adults_of(table.actor("host"), table.process.pk, table.people["citizen"].pk) == []


def test_a_signed_in_adult_answers_for_themself_and_nobody_keys_in_their_child(table: Table) -> None:
    """The adult is a member: they see their child's questions, and cannot key anything in."""
    under_16(table.people["citizen"], table.process)
    guardian_for(table)
    page = signed_in(table.people["host"]).get(of(table)).text
    assert "Svarer selv når han eller hun logger inn" in page
    bjarne = signed_in(table.people["citizen-2"])
    assert bjarne.get(of(table)).status_code == 404
    assert "Amina" in bjarne.get("/meg/ja/").text
