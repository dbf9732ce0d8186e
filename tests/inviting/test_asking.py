"""People on the list: who sees their names, the steps, the seat, and that they go when nothing comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from langbord.access.actor import actor_of
from langbord.access.enums import CasePower
from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.models import Event
from langbord.inviting import actions, forgetting, numbers, taking_part
from langbord.inviting.actions import Name, read_names
from langbord.inviting.enums import Step
from langbord.inviting.models import Household, Invitee, TakingPart, Trace, WhoToAsk
from langbord.people.models import Contact, Person
from langbord.processes.keeping import job
from langbord.processes.models import Membership
from langbord.rooms.models import Seat
from langbord.vault import keys
from tests.cast import TEST, Table
from tests.signin import signed_in


def noted(table: Table, by: str, *names: str, **more: Any) -> list[Invitee]:
    return actions.note(
        actor=table.actor(by),
        process_id=table.process.pk,
        households=[[Name(name, False)] for name in names],
        side=more.pop("side", "citizen"),
        once=more.pop("once", uuid4()),
        **more,
    )


def fresh(invitee: Invitee) -> Invitee:
    found: Invitee = Invitee.objects.unrestricted(TEST).get(pk=invitee.pk)
    return found


def test_names_come_as_households_with_children() -> None:
    found = read_names("Amina, Sami (barn) og Lina (U16)\n\n  Bjarne \nCeline & Dag;Eli\n,,\n")
    assert [[one.name for one in house] for house in found] == [
        ["Amina", "Sami", "Lina"],
        ["Bjarne"],
        ["Celine", "Dag", "Eli"],
    ]
    assert [one.young for one in found[0]] == [False, True, True]


def test_only_the_coordinator_and_the_one_who_asks_see_a_name(table: Table) -> None:
    host, kari = table.actor("host"), table.actor("coordinator")
    (mine,) = noted(table, "host", "Zahra-navnet")
    (others,) = noted(table, "coordinator", "Yusuf-navnet")
    assert set(Invitee.objects.visible_to(kari)) == {mine, others}
    assert set(Invitee.objects.visible_to(host)) == {mine}
    for name in table.cast:
        if name not in ("host", "coordinator"):
            assert not Invitee.objects.visible_to(table.actor(name)).exists(), name
            assert not Trace.objects.visible_to(table.actor(name)).exists(), name
    page = signed_in(table.people["host"]).get(f"/s/{table.process.slug}/invitere/")
    assert "Zahra-navnet" in page.content.decode()
    assert "Yusuf-navnet" not in page.content.decode()
    for name in ("employee", "coordinator-other-process", "leader", "citizen"):
        client = signed_in(table.people[name])
        assert client.get(f"/s/{table.process.slug}/invitere/").status_code == 404
        assert client.get(f"/s/{table.process.slug}/invitere/{mine.pk}/").status_code == 404


def test_a_new_cards_first_day_shows_nobody_from_before(table: Table) -> None:
    """Whoever prints a host's card may be the first to use it: also a coordinator who decides in people's cases."""
    (made,) = noted(table, "host", "Zahra-navnet")
    host = table.people["host"]
    same = actor_of(host, made.created_at)
    assert Invitee.objects.visible_to(same).filter(pk=made.pk).exists()
    assert Trace.objects.visible_to(same).filter(invitee=made).exists()
    later = clock.now() + timedelta(minutes=1)
    with clock.frozen(later + timedelta(minutes=1)):
        taking_part.write_for(invitee=made, actor=None, words={"hard": "Bussen"})
    first_day = actor_of(host, later)
    assert not Invitee.objects.visible_to(first_day).exists()
    assert not Trace.objects.visible_to(first_day).exists()
    assert not TakingPart.objects.visible_to(first_day).exists()


def test_whoever_decides_in_cases_sees_no_citizen_and_asks_none(table: Table) -> None:
    (mine,) = noted(table, "coordinator", "Zahra-navnet")
    (colleague,) = noted(table, "coordinator", "Espen-navnet", side="service")
    kari = table.people["coordinator"]
    kari.case_power = CasePower.DECIDES
    kari.save(update_fields=["case_power"])
    assert set(Invitee.objects.visible_to(table.actor("coordinator"))) == {colleague}
    with pytest.raises(NotNow):
        noted(table, "coordinator", "Yusuf")
    with pytest.raises(NotAllowed):
        actions.set_step(invitee=mine, step=Step.NO, actor=table.actor("coordinator"))
    assert str(kari.pk) not in {str(m.person_id) for m in actions.askers(table.process.pk)}


def test_a_host_cannot_put_somebody_on_anothers_list(table: Table) -> None:
    (made,) = noted(table, "host", "Zahra", asker_id=table.people["host-other-group"].pk)
    assert made.asker_id == table.people["host"].pk
    for name in ("employee", "citizen", "leader", "coordinator-other-process", "outsider", "operator"):
        with pytest.raises(NotAllowed):
            noted(table, name, "Zahra")


def test_a_second_click_adds_nobody(table: Table) -> None:
    once = uuid4()
    first = noted(table, "coordinator", "Zahra", "Yusuf", once=once)
    assert noted(table, "coordinator", "Zahra", "Yusuf", once=once) == first
    assert Invitee.objects.unrestricted(TEST).count() == 2
    with pytest.raises(NotAllowed):
        noted(table, "host", "Zahra", "Yusuf", once=once)


def test_the_name_is_nowhere_in_the_clear(table: Table) -> None:
    from django.db import connection

    (made,) = noted(table, "coordinator", "Zahra-navnet")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact, code, token FROM inviting_invitee")
        row = b"".join(bytes(part) for part in cursor.fetchone())
    assert b"Zahra" not in row
    assert str(made.token).encode() not in row
    assert not [e for e in Event.objects.all() if "Zahra" in f"{e.verb}{e.object_type}"]


def test_the_long_way_leaves_a_trace_of_each_step(table: Table) -> None:
    (made,) = noted(table, "coordinator", "Zahra", paid=True, step=Step.INTERESTED)
    kari = table.actor("coordinator")
    for step in (Step.TALKED, Step.ASKED, Step.LATER, Step.YES, Step.YES):
        actions.set_step(invitee=made, step=step, actor=kari)
    traces = list(Trace.objects.visible_to(kari).filter(invitee=made))
    assert [t.step for t in traces] == ["interested", "talked", "asked", "later", "yes"]
    assert all(t.by_id == kari.person_id for t in traces)


def test_an_answer_without_a_question_writes_that_they_were_asked(table: Table) -> None:
    (made,) = noted(table, "host", "Zahra")
    actions.set_step(invitee=made, step=Step.NO, actor=table.actor("host"))
    traces = Trace.objects.visible_to(table.actor("host")).filter(invitee=made)
    assert [t.step for t in traces] == ["noted", "asked", "no"]


def test_those_who_did_not_join_go_with_their_key_and_leave_a_head(table: Table) -> None:
    made = noted(table, "coordinator", "Zahra", "Yusuf", "Lina")
    for row, step in zip(made, (Step.NO, Step.LATER, Step.YES), strict=True):
        actions.set_step(invitee=row, step=step, actor=table.actor("coordinator"))
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/slett/"
    assert "Lina" not in client.get(address).content.decode()
    client.post(address, {"person": [str(row.pk) for row in made]})
    left = list(Invitee.objects.unrestricted(TEST))
    assert left == [made[2]]  # a yes is not among those who did not join, also when its id is sent
    assert keys.is_destroyed(made[0].pk)
    assert keys.is_destroyed(made[1].pk)
    assert not keys.is_destroyed(made[2].pk)
    assert WhoToAsk.objects.unrestricted(TEST).get().gone_citizens == 2
    assert Household.objects.unrestricted(TEST).count() == 1


def test_when_the_time_is_up_they_go_after_a_warning(table: Table) -> None:
    start = clock.now()
    with clock.frozen(start):
        (made,) = noted(table, "coordinator", "Zahra")
    with clock.frozen(start + timedelta(days=80)):
        job.run()
    assert Invitee.objects.unrestricted(TEST).count() == 1
    for day in range(81, 96):
        with clock.frozen(start + timedelta(days=day)):
            job.run()
    assert not Invitee.objects.unrestricted(TEST).exists()
    assert keys.is_destroyed(made.pk)
    assert WhoToAsk.objects.unrestricted(TEST).get().gone_citizens == 1


def test_a_yes_becomes_a_person_with_a_seat_and_what_was_agreed(table: Table) -> None:
    host = table.actor("host")
    (made,) = noted(table, "host", "Zahra")
    actions.describe(
        actor=host,
        invitee=made,
        name="Zahra",
        contact="99 88 77 66",
        language="nn",
        young=False,
        guardian_yes_on=None,
    )
    taking_part.write_for(invitee=made, actor=host, words={"hard": "Bussen går sjelden"})
    with pytest.raises(NotNow):
        taking_part.seat(actor=host, invitee=fresh(made), room=table.room("peer"))
    actions.set_step(invitee=made, step=Step.YES, actor=host)
    person = taking_part.seat(actor=host, invitee=fresh(made), room=table.room("peer"))
    assert person.pk == made.pk
    again = Person.objects.unrestricted(TEST).get(pk=person.pk)
    assert again.name == "Zahra"
    assert again.language == "nn"
    assert Contact.objects.unrestricted(TEST).get(person=again).phone == "99887766"
    membership = Membership.objects.unrestricted(TEST).get(person=again)
    assert membership.role == "citizen"
    assert Seat.objects.unrestricted(TEST).filter(membership=membership, room=table.rooms["peer"]).exists()
    assert not Invitee.objects.unrestricted(TEST).exists()
    agreed = TakingPart.objects.unrestricted(TEST).get()
    assert agreed.person_id == again.pk
    assert agreed.hard == "Bussen går sjelden"
    assert numbers.counts(table.process.pk).households == 1


def test_a_family_with_one_phone_is_seated_together(table: Table) -> None:
    kari = table.actor("coordinator")
    made = actions.note(
        actor=kari,
        process_id=table.process.pk,
        households=[[Name("Zahra", False), Name("Yusuf", False)]],
        side="citizen",
        once=uuid4(),
    )
    for row in made:
        actions.describe(
            actor=kari, invitee=row, name=str(row.name), contact="99887766", language="nb", young=False,
            guardian_yes_on=None,
        )  # fmt: skip
        actions.set_step(invitee=row, step=Step.YES, actor=kari)
    taking_part.seat_many(
        actor=kari,
        invitees=[fresh(row) for row in made],
        room=table.room("peer"),
        unit=None,
        case_power="none",
    )
    assert numbers.counts(table.process.pk).households == 1
    assert Contact.objects.unrestricted(TEST).count() == 1


def test_a_child_needs_a_guardians_yes_before_a_seat(table: Table) -> None:
    kari = table.actor("coordinator")
    (made,) = actions.note(
        actor=kari,
        process_id=table.process.pk,
        households=[[Name("Sami", True)]],
        side="citizen",
        once=uuid4(),
    )
    actions.set_step(invitee=made, step=Step.YES, actor=kari)
    with pytest.raises(NotNow, match="under 16"):
        taking_part.seat(actor=kari, invitee=fresh(made), room=table.room("peer"))
    actions.describe(
        actor=kari,
        invitee=made,
        name="Sami",
        contact="",
        language="nb",
        young=True,
        guardian_yes_on=clock.today(),
    )
    assert taking_part.seat(actor=kari, invitee=fresh(made), room=table.room("peer")).name == "Sami"


def test_the_seat_page_gives_a_seat_and_leads_to_the_cards(table: Table) -> None:
    (made,) = noted(table, "coordinator", "Zahra")
    actions.set_step(invitee=made, step=Step.YES, actor=table.actor("coordinator"))
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/plass/"
    assert "Zahra" in client.get(address).content.decode()
    sent = {"side": "citizen", "people": str(made.pk), "room": str(table.rooms["peer"].pk)}
    answer = client.post(address, sent)
    assert answer.status_code == 302
    assert f"person={made.pk}" in answer["Location"]
    assert "Zahra" in client.get(answer["Location"]).content.decode()
    # The second click, and one together with somebody who is new.
    assert client.post(address, sent)["Location"] == answer["Location"]
    (other,) = noted(table, "coordinator", "Yusuf")
    actions.set_step(invitee=other, step=Step.YES, actor=table.actor("coordinator"))
    both = client.post(address, {**sent, "people": [str(made.pk), str(other.pk)]})
    assert both["Location"].partition("?")[2] == f"person={made.pk}&person={other.pk}"
    assert Membership.objects.unrestricted(TEST).filter(person_id=made.pk).count() == 1
    stranger = table.people["paid"]  # of another process
    for value in (str(stranger.pk), "noe", str(uuid4())):
        assert client.post(address, {**sent, "people": value}).status_code == 422


def test_a_row_loaded_before_somebody_got_a_seat_takes_no_key_with_it(table: Table) -> None:
    kari = table.actor("coordinator")
    (made,) = noted(table, "coordinator", "Zahra")
    actions.set_step(invitee=made, step=Step.YES, actor=kari)
    stale, again = fresh(made), fresh(made)
    person = taking_part.seat(actor=kari, invitee=fresh(made), room=table.room("peer"))
    assert forgetting.forget(actor=kari, invitees=[stale]) == 0
    assert not keys.is_destroyed(person.pk)
    assert taking_part.seat(actor=kari, invitee=again, room=table.room("peer")) == person
    # And the other way round: whoever was taken off gets no seat.
    (gone,) = noted(table, "coordinator", "Yusuf")
    actions.set_step(invitee=gone, step=Step.YES, actor=kari)
    stale = fresh(gone)
    assert forgetting.forget(actor=kari, invitees=[gone]) == 1
    with pytest.raises(NotNow):
        taking_part.seat(actor=kari, invitee=stale, room=table.room("peer"))
    assert not Person.objects.unrestricted(TEST).filter(pk=gone.pk).exists()


def test_an_employee_with_power_cannot_be_seated_unsaid(table: Table) -> None:
    (made,) = noted(table, "coordinator", "Espen", side="service")
    actions.set_step(invitee=made, step=Step.YES, actor=table.actor("coordinator"))
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/plass/"
    assert client.post(address, {"side": "service", "people": str(made.pk)}).status_code == 422
    sent = {"side": "service", "people": str(made.pk), "case_power": "decides"}
    assert client.post(address, sent).status_code == 302
    person = Person.objects.unrestricted(TEST).get(pk=made.pk)
    assert person.case_power == CasePower.DECIDES
    assert Membership.objects.unrestricted(TEST).get(person=person).role == "employee"


def test_an_id_from_another_process_changes_nothing(table: Table) -> None:
    (made,) = noted(table, "coordinator", "Zahra")
    client = signed_in(table.people["coordinator-other-process"])
    for slug in (table.process.slug, table.other.slug):
        for what, data in (
            ("steg", {"step": "no"}),
            ("slett", {}),
            ("ring", {"answer": "no"}),
            ("e-post", {}),
        ):
            assert client.post(f"/s/{slug}/invitere/{made.pk}/{what}/", data).status_code == 404
    assert fresh(made).step == Step.NOTED


def test_a_mail_says_that_one_is_invited_and_nothing_more(table: Table) -> None:
    kari = table.actor("coordinator")
    (made,) = noted(table, "coordinator", "Zahra")
    with pytest.raises(NotNow):
        actions.send_mail(actor=kari, invitee=made)
    actions.describe(
        actor=kari, invitee=made, name="Zahra", contact="zahra@eksempel.no", language="nb", young=False,
        guardian_yes_on=None,
    )  # fmt: skip
    actions.send_mail(actor=kari, invitee=made)
    (sent,) = mail.outbox
    assert sent.to == ["zahra@eksempel.no"]
    for word in (table.process.name, "Zahra", "Kari", "NAV", "kommune"):
        assert word not in sent.subject + sent.body
    assert f"/i/{made.token}/" in sent.body
    assert fresh(made).step == Step.ASKED


def test_numbers_hide_names_and_what_was_answered(table: Table) -> None:
    (made,) = noted(table, "coordinator", "Zahra-navnet")
    actions.set_step(invitee=made, step=Step.NO, actor=table.actor("coordinator"))
    page = signed_in(table.people["employee"]).get(f"/s/{table.process.slug}/invitere/tall/").content.decode()
    assert "Zahra" not in page
    assert "nei" not in page.partition("<main")[2].partition("</main")[0].lower()


def test_those_who_live_together_are_shown_by_name_and_not_by_a_number(table: Table) -> None:
    kari = table.actor("coordinator")
    households = read_names("Bjarne\nZahra, Sami (barn), Lina (barn)")
    sent = {"process_id": table.process.pk, "households": households, "side": "citizen", "once": uuid4()}
    made = actions.note(actor=kari, **sent)
    page = signed_in(table.people["coordinator"]).get(f"/s/{table.process.slug}/invitere/")
    shown = {str(row.name): row.shown_home for row in page.context["waiting"]}
    assert shown == {"Bjarne": "", "Zahra": "Sami, Lina", "Sami": "Zahra, Lina", "Lina": "Zahra, Sami"}
    assert page.content.decode().count("bor med ") == 3
    assert "4 kan ennå svare." in page.content.decode()
    assert "0 har sagt ja" not in page.content.decode()
    assert "husstand 2" not in page.content.decode()
    assert made[0].household is not None
