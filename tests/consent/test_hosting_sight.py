"""What each role may know of others' consents: hosts what they must act on, the coordinator yes or no, a researcher the
research purposes under pseudonyms, and everybody else nothing."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from langbord.access.enums import Role
from langbord.consent.enums import Purpose
from langbord.consent.hosting import sight
from langbord.consent.hosting.sight import Answer
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from tests.cast import TEST, Table
from tests.consent.helpers import guardian_for, say_no, say_yes, say_yes_to_all, take_back, under_16
from tests.signin import signed_in

ACTED_ON = {"recording", "photo", "contact", "later-gatherings"}
ALL = {p.value for p in Purpose}
RESEARCH = {"research", "quotes", "recording"}
BY_HAND: dict[str, set[str]] = {
    "host": ACTED_ON,
    "daily_leader": ACTED_ON,
    "coordinator": ALL,
    "researcher": RESEARCH,
    "citizen": set(),
    "paid": set(),
    "employee": set(),
    "partner": set(),
    "leader": set(),
    "mentor": set(),
}
"""The row *consents* of the walls, written by hand: every role has a line."""


def desk(table: Table, name: str) -> str:
    process = table.other if name in ("daily-leader", "coordinator-other-process") else table.process
    answer = signed_in(table.people[name]).get(f"/s/{process.slug}/samtykker/")
    return answer.text if answer.status_code == 200 else ""


def test_the_walls_row() -> None:
    assert {role.value for role in Role} == set(BY_HAND)
    assert {role: {p.value for p in sight.SEES.get(role, ())} for role in BY_HAND} == BY_HAND


def heads(page: str) -> list[str]:
    return [
        re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)
    ]


def test_a_host_sees_what_there_is_to_act_on_about_their_own_group(table: Table) -> None:
    say_yes_to_all(table.people["citizen"], table.process)
    say_no(table.people["citizen-2"], Purpose.RECORDING, table.process)
    page = desk(table, "host")
    assert set(heads(page)) == {
        "Navn",
        "Lydopptak",
        "Bilder av meg",
        "SMS og e-post",
        "Senere samlinger",
    }
    assert "Amina" in page
    assert "Dina" not in page, "she sits in another group"
    assert "Ta ikke opp lyd når alle er der" in page
    actor = table.actor("host")
    found = sight.table(actor, table.process.pk, sight.people(actor, table.process.pk))
    answers = {line.name: dict(zip(found.purposes, line.answers, strict=True)) for line in found.lines}
    assert answers["Amina"][Purpose.RECORDING] == Answer.YES
    assert answers["Bjarne"][Purpose.RECORDING] == Answer.NO
    assert answers["Celine"][Purpose.RECORDING] == Answer.NONE


def test_the_coordinator_sees_yes_or_no_for_those_they_invite(table: Table) -> None:
    say_yes(table.people["citizen-other-group"], Purpose.QUOTES, table.process)
    page = desk(table, "coordinator")
    theirs = signed_in(table.people["citizen"]).get("/meg/ja/").text
    for head in heads(page)[1:]:
        assert head in theirs, "each thing has the name it has where people answer"
        assert f'data-label="{head}"' in page, "a narrow screen has no room for a head above"
    assert "Ordene mine som sitat" in heads(page)
    assert "Dina" in page
    for name in ("Espen", "Leif", "Frida", "Randi"):
        assert f">{name}</a>" not in page, "the coordinator's page is about citizens"
    assert "Pål" not in page, "he takes part in another process"


def test_a_researcher_sees_research_purposes_under_pseudonyms(table: Table) -> None:
    say_yes(table.people["citizen"], Purpose.RESEARCH, table.process)
    say_no(table.people["citizen-2"], Purpose.QUOTES, table.process)
    say_yes(table.people["citizen-3"], Purpose.PHOTO, table.process)
    page = desk(table, "researcher")
    assert set(heads(page)) == {
        "Person",
        "Lydopptak",
        "Ordene mine i forskning",
        "Ordene mine som sitat",
    }
    for name, person in table.people.items():
        assert person.shown_name not in re.sub(r"(?s)<footer.*|<header.*?</header>", "", page), name
        assert str(person.pk) not in page
    research = sight.research_table(table.actor("researcher"), table.process.pk)
    assert research is not None
    shown = [line.name for line in research.lines]
    assert shown == sorted(shown)
    assert len(shown) == 2, "who has answered nothing about research is not there"
    assert all(re.fullmatch("[A-Z]{4}", name) for name in shown)
    assert all(line.membership is None for line in research.lines)


def test_a_pseudonym_is_of_one_process(table: Table) -> None:
    amina = table.people["citizen"].pk
    here, there = sight.pseudonym(amina, table.process.pk), sight.pseudonym(amina, table.other.pk)
    assert here == sight.pseudonym(amina, table.process.pk)
    assert here != there


NOBODY = ["employee", "leader", "partner", "citizen", "host-service", "host-waiting", "operator", "outsider"]


@pytest.mark.parametrize("name", NOBODY)
def test_others_get_the_same_page_as_for_nothing(table: Table, name: str) -> None:
    say_yes_to_all(table.people["citizen"], table.process)
    client = signed_in(table.people[name])
    membership = Membership.objects.unrestricted(TEST).get(person=table.people["citizen"])
    for there, missing in (
        (f"/s/{table.process.slug}/samtykker/", "/s/finnes-ikke/samtykker/"),
        (f"/s/{table.process.slug}/samtykker/ark/", "/s/finnes-ikke/samtykker/ark/"),
        (
            f"/s/{table.process.slug}/samtykker/{membership.pk}/",
            f"/s/{table.process.slug}/samtykker/{uuid4()}/",
        ),
    ):
        one, other = client.get(there), client.get(missing)
        assert one.status_code == other.status_code == 404
        assert _plain(one.text, there) == _plain(other.text, missing)
    assert sight.purposes_for(table.actor(name), table.process.pk) == frozenset()
    assert sight.research_table(table.actor(name), table.process.pk) is None
    assert sight.people(table.actor(name), table.process.pk) == []


def _plain(page: str, path: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "token", page).replace(path, "/adressen/")


def test_a_role_does_not_reach_into_another_process(table: Table) -> None:
    for name in ("coordinator-other-process", "daily-leader"):
        client = signed_in(table.people[name])
        assert client.get(f"/s/{table.process.slug}/samtykker/").status_code == 404


def test_it_is_gone_at_once(table: Table) -> None:
    amina = table.people["citizen"]
    say_yes(amina, Purpose.RECORDING, table.process)
    actor = table.actor("host")

    def told() -> Answer:
        found = sight.table(actor, table.process.pk, sight.people(actor, table.process.pk))
        line = next(line for line in found.lines if line.name == "Amina")
        return line.answers[found.purposes.index(Purpose.RECORDING)]

    assert told() == Answer.YES
    take_back(amina, Purpose.RECORDING, table.process)
    assert told() == Answer.NO
    row = Membership.objects.unrestricted(TEST).get(person=amina)
    end_membership(membership=row, actor=table.actor("citizen"))
    assert "Amina" not in desk(table, "host")


def test_nothing_tells_that_an_adult_said_no(table: Table) -> None:
    """A host learns that the answer is no; never whose no it is, nor that the young person said yes."""
    under_16(table.people["citizen"], table.process)
    beside = guardian_for(table)
    say_yes(table.people["citizen"], Purpose.RECORDING, table.process)
    from langbord.consent.actions import answer_as_guardian

    answer_as_guardian(
        actor=table.actor("citizen-2"), guardianship=beside, purpose=Purpose.RECORDING, yes=False
    )
    page = desk(table, "host")
    assert "voksen" not in re.sub(r"(?s)<footer.*", "", page).lower()


# -- when a gathering is planned


def test_the_host_is_told_before_planning(table: Table) -> None:
    address = f"/s/{table.process.slug}/rom/{table.rooms['peer'].pk}/ny-samling/"
    client = signed_in(table.people["host"])
    assert "Ikke alle har svart om opptak" in client.get(address).text
    for name in ("citizen", "citizen-2", "citizen-3"):
        say_yes(table.people[name], Purpose.RECORDING, table.process)
        say_yes(table.people[name], Purpose.PHOTO, table.process)
    assert "Alle har sagt ja til opptak og bilder" in client.get(address).text
    say_no(table.people["citizen-2"], Purpose.RECORDING, table.process)
    page = client.get(address).text
    assert "Minst én sier nei til opptak. Ta ikke opp lyd." in page
    assert "Bjarne" not in page


def test_whoever_waits_for_the_group_is_told_nothing(table: Table) -> None:
    say_no(table.people["citizen-2"], Purpose.RECORDING, table.process)
    address = f"/s/{table.process.slug}/rom/{table.rooms['peer'].pk}/ny-samling/"
    answer = signed_in(table.people["host-waiting"]).get(address)
    assert answer.status_code == 200
    assert "opptak" not in answer.text


def test_the_way_there_stands_for_those_who_need_it(table: Table) -> None:
    room = f"/s/{table.process.slug}/rom/{table.rooms['peer'].pk}/"
    there = f"/s/{table.process.slug}/samtykker/"
    assert there in signed_in(table.people["host"]).get(room).text
    assert there not in signed_in(table.people["citizen"]).get(room).text
    for name, shown in [("coordinator", True), ("researcher", True), ("employee", False), ("leader", False)]:
        page = signed_in(table.people[name]).get(f"/s/{table.process.slug}/").text
        assert (there in page) is shown, name


def test_an_empty_group_gets_a_page_that_helps(table: Table) -> None:
    for name in ("citizen", "citizen-2", "citizen-3"):
        row = Membership.objects.unrestricted(TEST).get(person=table.people[name])
        end_membership(membership=row, actor=table.actor(name))
    assert "Ingen sitter i gruppa ennå" in desk(table, "host")
