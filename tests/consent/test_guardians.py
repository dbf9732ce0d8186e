"""An adult beside somebody under 16: who may name one, what the adult sees, the young person's own no, and the end."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from langbord.access.gate import GateClosed
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.personal_data import Fate
from langbord.consent import actions, asking, guardians, personal_data, shown, texts
from langbord.consent.enums import Purpose, Standing
from langbord.consent.models import Guardianship, Witness
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.consent import helpers as h
from tests.leaving.helpers import leave
from tests.signin import signed_in

CANARY = "kanarifugl-mormor"


def standing(table: Table, purpose: str = Purpose.PHOTO) -> str:
    return str(asking.state(table.people["citizen"].pk, purpose, table.process.pk).standing)


@pytest.fixture
def beside(table: Table) -> Guardianship:
    """Bjarne is the adult beside Amina."""
    return h.guardian_for(table)


def test_both_say_yes(table: Table, beside: Guardianship) -> None:
    amina, process = table.people["citizen"], table.process
    adult = table.actor("citizen-2")
    h.say_yes(amina, Purpose.PHOTO, process)
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN
    actions.answer_as_guardian(actor=adult, guardianship=beside, purpose=Purpose.PHOTO, yes=True)
    assert standing(table) == Standing.YES
    actions.withdraw_as_guardian(actor=adult, guardianship=beside, purpose=Purpose.PHOTO)
    assert standing(table) == Standing.NO
    assert asking.who_says_yes(Purpose.PHOTO, process.pk) == frozenset()
    last = h.events_of(amina, process)[-1]
    assert (last.by, last.recorded_by, last.guardianship_id) == ("guardian", adult.person_id, beside.pk)


@pytest.mark.parametrize("host", ["host", "coordinator"])
def test_who_may_name_an_adult(table: Table, host: str) -> None:
    h.guardian_for(table, host=host)
    for name in ("citizen", "citizen-2", "host-other-group", "employee", "leader", "researcher", "operator",
                 "coordinator-other-process", "outsider", "anonymous", "host-waiting"):  # fmt: skip
        with pytest.raises(NotAllowed):
            h.guardian_for(table, host=name)


def test_what_makes_no_sense_is_refused(table: Table) -> None:
    host, process, people = table.actor("host"), table.process.pk, table.people
    child = people["citizen"].pk

    def name(**who: Any) -> None:
        guardians.name_guardian(actor=host, process_id=process, **{"child_id": child, **who})

    for who in (
        {},
        {"guardian_name": "   "},
        {"guardian_id": people["citizen-2"].pk, "guardian_name": "Mor"},
        {"guardian_id": child},
        {"guardian_id": people["outsider"].pk},
        {"guardian_id": people["paid"].pk},
        {"guardian_id": uuid4()},
    ):
        with pytest.raises(NotNow):
            name(**who)
    for stranger in ("outsider", "paid", "withdrawn", "citizen-other-group"):
        with pytest.raises(NotAllowed):
            name(child_id=people[stranger].pk, guardian_name="Mor")
    assert not Guardianship.objects.unrestricted(TEST).exists()


def test_a_second_click_names_nobody_new(table: Table) -> None:
    once = uuid4()
    made = [
        guardians.name_guardian(
            actor=table.actor("host"),
            process_id=table.process.pk,
            child_id=table.people["citizen"].pk,
            guardian_name="Mormor",
            guardianship_id=once,
        )
        for _click in range(2)
    ]
    assert made[0].pk == made[1].pk == once
    assert h.guardian_for(table).pk == h.guardian_for(table).pk


def test_an_adult_that_is_named_takes_a_lone_yes_away(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.PHOTO, process)
    assert standing(table) == Standing.YES
    beside = h.guardian_for(table)
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN
    guardians.end_guardianship(actor=table.actor("host"), guardianship=beside, process_id=process.pk)
    guardians.end_guardianship(actor=table.actor("host"), guardianship=beside, process_id=process.pk)
    assert standing(table) == Standing.YES, "it was wrong: the age decides alone again"
    with pytest.raises(NotAllowed):
        guardians.end_guardianship(actor=table.actor("citizen"), guardianship=beside, process_id=process.pk)


def test_my_own_age_does_not_get_round_an_adult_who_was_named(table: Table, beside: Guardianship) -> None:
    amina, process = table.people["citizen"], table.process
    actions.say_age(actor=table.actor("citizen"), process_id=process.pk, band="adult")
    h.say_yes(amina, Purpose.PHOTO, process)
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN


def test_the_young_person_says_no_to_the_adult(table: Table, beside: Guardianship) -> None:
    amina, process = table.people["citizen"], table.process
    adult = table.actor("citizen-2")
    h.say_yes(amina, Purpose.PHOTO, process)
    actions.answer_as_guardian(actor=adult, guardianship=beside, purpose=Purpose.PHOTO, yes=True)
    client = signed_in(amina)
    assert "Bjarne" in client.get(reverse("consents")).text
    address = reverse("guardian-object", args=[beside.pk])
    client.post(address, {"objects": "yes"})
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN
    with pytest.raises(NotAllowed):
        actions.answer_as_guardian(actor=adult, guardianship=beside, purpose=Purpose.QUOTES, yes=True)
    assert signed_in(table.people["citizen-2"]).get(reverse("child", args=[beside.pk])).status_code == 404
    client.post(address, {"objects": "no"})
    assert standing(table) == Standing.YES
    for other in ("citizen-2", "host", "coordinator"):
        assert signed_in(table.people[other]).post(address, {"objects": "yes"}).status_code == 404
    assert standing(table) == Standing.YES


def test_the_adults_pages(table: Table, beside: Guardianship) -> None:
    """What the adult answers; nothing of what the young person answers or writes."""
    amina, process = table.people["citizen"], table.process
    h.say_no(amina, Purpose.RESEARCH, process)
    h.say_yes(amina, Purpose.QUOTES, process)
    client = signed_in(table.people["citizen-2"])
    assert "Amina" in client.get(reverse("consents")).text
    page = client.get(reverse("child", args=[beside.pk])).text
    assert "Du ser ikke hva Amina svarer" in page
    assert "sa nei" not in page
    assert "sa ja" not in page
    ask = reverse("child-ask", args=[beside.pk, Purpose.RESEARCH])
    text = client.get(ask).text
    notice = texts.notice(Purpose.RESEARCH, "nb")
    assert notice is not None
    assert notice.named["what"] in text
    assert "sa nei" not in text
    assert client.post(ask, {"once": str(uuid4()), "answer": "kanskje"}).status_code == 422
    assert client.post(ask, {"once": str(uuid4()), "answer": "later"}).status_code == 200
    client.post(ask, {"once": str(uuid4()), "shown": notice.sha256, "answer": "yes"})
    assert "Du sa ja" in client.get(reverse("child", args=[beside.pk])).text
    assert standing(table, Purpose.RESEARCH) == Standing.NO, "the young person's own no stands"
    back = client.post(reverse("child-back", args=[beside.pk, Purpose.RESEARCH]), follow=True)
    assert "Du har tatt det tilbake" in back.text
    assert client.get(reverse("child-ask", args=[beside.pk, "alt"])).status_code == 404


def test_an_adult_who_left_answers_for_nobody(table: Table, beside: Guardianship) -> None:
    from langbord.processes.actions import end_membership
    from langbord.processes.models import Membership

    adult = table.people["citizen-2"]
    own = Membership.objects.unrestricted(TEST).get(person=adult, process=table.process)
    end_membership(membership=own, actor=table.actor("citizen-2"))
    assert signed_in(adult).get(reverse("child", args=[beside.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.answer_as_guardian(
            actor=table.actor("citizen-2"), guardianship=beside, purpose=Purpose.PHOTO, yes=True
        )


def test_the_yes_of_an_adult_who_takes_no_longer_part_counts_no_longer(
    table: Table, beside: Guardianship
) -> None:
    """They can't take it back any more: so it does not stand without them. A name on paper stands as before."""
    from langbord.processes.actions import end_membership
    from langbord.processes.models import Membership

    amina, adult, process = table.people["citizen"], table.people["citizen-2"], table.process
    h.say_yes(amina, Purpose.PHOTO, process)
    actions.answer_as_guardian(
        actor=table.actor("citizen-2"), guardianship=beside, purpose=Purpose.PHOTO, yes=True
    )
    assert standing(table) == Standing.YES
    assert asking.who_says_yes(Purpose.PHOTO, process.pk) == {amina.pk}
    own = Membership.objects.unrestricted(TEST).get(person=adult, process=process)
    end_membership(membership=own, actor=table.actor("coordinator"))
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN
    assert asking.who_says_yes(Purpose.PHOTO, process.pk) == frozenset()
    page = signed_in(amina).get(reverse("consents")).text
    assert "svarene fra denne voksne teller ikke" in page
    assert "Vi venter på svar fra Bjarne" not in page
    member = Membership.objects.unrestricted(TEST).get(person=amina, process=process)
    desk = signed_in(table.people["host"]).get(reverse("consent-person", args=[process.slug, member.pk])).text
    assert "Svarene gjelder ikke. Spør en annen voksen." in desk
    assert "Spør muntlig, med et vitne" not in desk
    beside.guardian, beside.guardian_name = None, "Mormor"
    beside.save()
    assert standing(table) == Standing.YES


def test_an_adult_who_left_with_everything_does_not_come_back_to_life(
    table: Table, beside: Guardianship
) -> None:
    """The young person's button for *it is fine after all* would else bring back a yes that nobody can take back."""
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.PHOTO, process)
    actions.answer_as_guardian(
        actor=table.actor("citizen-2"), guardianship=beside, purpose=Purpose.PHOTO, yes=True
    )
    parting: Any = SimpleNamespace(person_id=table.people["citizen-2"].pk, process_id=None)
    assert personal_data.foretell(parting)[Fate.FREED, "adult-beside"] == 1, "they are told before"
    leave(table, "citizen-2")
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN
    client, address = signed_in(amina), reverse("guardian-object", args=[beside.pk])
    assert address not in client.get(reverse("consents")).text
    client.post(address, {"objects": "no"})
    assert standing(table) == Standing.WAITS_FOR_GUARDIAN


def test_names_are_sealed_and_met_by_the_young_person_alone(table: Table) -> None:
    """A planted name is nowhere in the open in the database, and on nobody else's own pages."""
    amina, process = table.people["citizen"], table.process
    guardians.name_guardian(
        actor=table.actor("host"), process_id=process.pk, child_id=amina.pk, guardian_name=CANARY
    )
    from django.db import transaction

    notice = texts.notice(Purpose.PHOTO, "nb")
    assert notice is not None
    with transaction.atomic():
        actions.give(
            record=h.record_of(amina, process), actor=table.actor("host"), purpose=Purpose.PHOTO, yes=True,
            notice=notice, method="voice", witness=CANARY + " vitne",
        )  # fmt: skip
    assert CANARY in signed_in(amina).get(reverse("consents")).text
    for name in ("citizen-2", "coordinator", "leader", "researcher", "employee"):
        client = signed_in(table.people[name])
        for url in (reverse("consents"), reverse("consents-print"), reverse("me")):
            assert CANARY not in client.get(url).text, (name, url)
    for table_name in ("consent_guardianship", "consent_witness", "consent_consentevent", "base_event"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table_name}")
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                    assert CANARY.encode() not in raw
    keys.destroy(amina.sealed_by)
    with keys.ring():
        assert CANARY not in str(Witness.objects.unrestricted(TEST).get().name)
        assert CANARY not in str(Guardianship.objects.unrestricted(TEST).get().guardian_name)


def test_the_gates_are_closed(table: Table, beside: Guardianship) -> None:
    h.say_yes(table.people["citizen"], Purpose.PHOTO, table.process)
    for name in ("host", "coordinator", "leader", "researcher", "operator", "anonymous", "citizen-3"):
        actor = table.actor(name)
        for model in (type(beside), type(h.record_of(table.people["citizen"], table.process)), Witness):
            assert not model.objects.visible_to(actor).exists(), (name, model)
    with pytest.raises(GateClosed):
        Guardianship.objects.count()


def test_the_adults_own_file_says_whom_they_answer_for_and_what_they_answered(
    table: Table, beside: Guardianship
) -> None:
    amina, adult = table.people["citizen"], table.actor("citizen-2")
    h.say_no(amina, Purpose.QUOTES, table.process)
    actions.answer_as_guardian(actor=adult, guardianship=beside, purpose=Purpose.PHOTO, yes=True)
    actions.withdraw_as_guardian(actor=adult, guardianship=beside, purpose=Purpose.PHOTO)

    def told() -> dict[str, Any]:
        (item,) = next(
            s for s in personal_data.export(table.people["citizen-2"].pk) if s.key == "beside"
        ).items
        return {fact.key: fact.value for fact in item}

    own = told()
    assert (own["process"], own["name"], own["to"]) == (table.process.name, "Amina", None)
    first, second = own["answers"]
    assert first.startswith(f"{shown.title(Purpose.PHOTO)}: Du sa ja")
    assert "Du tok det tilbake" in second
    guardians.object_to(actor=table.actor("citizen"), guardianship=beside)
    own = told()
    assert own["name"] == "", "as on the adult's own page: gone from it, and not why"
    assert set(own) == {"process", "name", "from", "to", "answers"}
    mine = {s.key: s.items for s in personal_data.export(amina.pk)}
    assert mine["beside"] == []
    assert len(mine["adults"]) == 1
