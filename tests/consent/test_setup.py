"""Whom people turn to with questions about personal data: said in an organisation's name, by its own people."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from langbord.access.enums import Role
from langbord.base.errors import NotAllowed
from langbord.consent import asking, setup
from langbord.people.actions import found_organisation, register_person
from langbord.people.models import Unit
from langbord.processes import actions as processes
from langbord.rooms.beginning import begin_process
from tests.cast import Table
from tests.inviting.test_two_at_once import hidden
from tests.signin import signed_in

RIGHT, WRONG = "personvern@fjordvik.example", "lurt@nabo.example"


def coordinator_elsewhere(table: Table) -> Any:
    """Works in the neighbouring municipality, and carries a process for which Fjordvik answers."""
    nabo = found_organisation(name="Nabo kommune", units=("Kontoret",))
    nils = register_person(name="Nils", actor=None, unit=Unit.objects.get(organisation=nabo))
    table.people["elsewhere"] = nils
    made = begin_process(
        actor=table.actor("coordinator"), name="Lurt", organisation=table.municipality, template="blank"
    )
    processes.join(process_id=made.pk, person=nils, role=Role.COORDINATOR, actor=table.actor("coordinator"))
    return made


def test_another_municipality_s_people_are_not_led_astray(table: Table) -> None:
    mine = table.process
    setup.set_contact(actor=table.actor("coordinator"), process_id=mine.pk, contact=RIGHT)
    made = coordinator_elsewhere(table)
    with pytest.raises(NotAllowed):
        setup.set_contact(actor=table.actor("elsewhere"), process_id=made.pk, contact=WRONG)
    nils = signed_in(table.people["elsewhere"])
    address = reverse("consent-setup", args=[made.slug])
    page = nils.get(address).text
    assert "Bare de som arbeider hos Fjordvik kommune, kan endre dette" in page
    assert nils.post(address, {"used": ["research"], "contact": WRONG}).status_code == 302
    assert setup.contact_of(table.municipality.pk) == RIGHT
    assert "research" not in asking.purposes_off(made.pk), "the rest of the page is saved"
    kari = signed_in(table.people["coordinator"])
    own = reverse("consent-setup", args=[mine.slug])
    assert kari.post(own, {"used": ["research"], "contact": "ny@fjordvik.example"}).status_code == 302
    assert setup.contact_of(table.municipality.pk) == "ny@fjordvik.example"


def test_two_coordinators_do_not_choose_over_each_other(table: Table) -> None:
    """One takes a question away; the other, with an older page, does not bring it back unseen."""
    other = register_person(name="Kine", actor=None, unit=table.people["coordinator"].unit)
    kari = table.actor("coordinator")
    processes.join(process_id=table.process.pk, person=other, role=Role.COORDINATOR, actor=kari)
    one, two = signed_in(table.people["coordinator"]), signed_in(other)
    address = reverse("consent-setup", args=[table.process.slug])
    mine, theirs = hidden(one.get(address), "seen"), hidden(two.get(address), "seen")
    without = {"used": ["minutes"], "contact": RIGHT, "seen": mine}
    assert one.post(address, without).status_code == 302
    assert one.post(address, without).status_code == 302
    late = {"used": ["research", "minutes"], "contact": "", "seen": theirs}
    answer = two.post(address, late)
    assert answer.status_code == 422
    assert "Noen andre har endret dette imens" in answer.text
    assert RIGHT in answer.text
    assert "research" in asking.purposes_off(table.process.pk)
    again = two.post(address, {**late, "contact": RIGHT, "seen": hidden(answer, "seen")})
    assert again.status_code == 302
    assert "research" not in asking.purposes_off(table.process.pk)
