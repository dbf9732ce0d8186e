"""The mentor sees what it is shown, and nothing else; what was asked can be taken back."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from langbord.access.enums import OUTSIDE, Role
from langbord.access.walls import WALLS
from langbord.learning import mentoring
from langbord.learning.enums import Circle
from langbord.learning.models import MentorAnswer, MentorQuestion
from langbord.people.models import Person
from langbord.processes.models import Membership, Process
from langbord.rooms import actions as pieces
from langbord.rooms.actions import write
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room, Seat
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table
from tests.learning.helpers import key, stops
from tests.leaving.helpers import leave
from tests.signin import signed_in

WORDS = "Hva gjør vi når gruppa vil vente?"
ANSWER = "Vent, og bruk tida på dere selv"


def sent(table: Table, **more: str) -> dict[str, str]:
    return {
        "once": str(key()),
        "mentor": str(table.people["mentor"].pk),
        "text": WORDS,
        "attach": "",
        "circle": "me",
        **more,
    }


def path(table: Table) -> str:
    return f"/s/{table.process.slug}/mentor/"


def asked(table: Table, name: str = "employee", circle: str = Circle.ME) -> MentorQuestion:
    return mentoring.ask(
        actor=table.actor(name),
        process_id=table.process.pk,
        mentor=table.people["mentor"],
        text=WORDS,
        circle=circle,
    )


def test_no_wall_lets_a_mentor_in() -> None:
    assert {Role.MENTOR} == OUTSIDE
    for kind, wall in WALLS.items():
        assert not (wall.by_role | wall.seated) & OUTSIDE, kind


def test_a_mentor_sees_no_process_no_room_no_seat_and_no_name_but_their_own(table: Table) -> None:
    actor = table.actor("mentor")
    assert actor.sittings == ()
    assert not actor.process_ids
    assert [s.process_id for s in actor.mentoring] == [table.process.pk]
    for model in (Process, Room, Seat, Piece):
        assert not model.objects.visible_to(actor).exists(), model  # type: ignore[attr-defined]
    assert [p.pk for p in Person.objects.visible_to(actor)] == [actor.person_id]
    assert [m.person_id for m in Membership.objects.visible_to(actor)] == [actor.person_id]
    client = signed_in(table.people["mentor"])
    slug = table.process.slug
    for address in (
        f"/s/{slug}/", f"/s/{slug}/tavla/", f"/s/{slug}/samlinger/", f"/s/{slug}/laering/", path(table), "/lofter/",
        f"/s/{slug}/hvem/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_a_mentor_needs_a_second_factor(table: Table, settings: object) -> None:
    from langbord.people.signin import factor

    assert factor.works_here(table.actor("mentor"))
    assert not factor.works_here(table.actor("outsider"))


def test_asked_answered_and_read_by_two(table: Table) -> None:
    client = signed_in(table.people["employee"])
    answer = client.post(path(table), sent(table))
    question = answer.headers["Location"]
    mentor = signed_in(table.people["mentor"])
    assert WORDS in mentor.get("/mentor/").content.decode()
    assert "Espen" in mentor.get("/mentor/").content.decode()
    assert WORDS in mentor.get(question).content.decode()
    once = str(key())
    for _click in range(2):
        assert mentor.post(question + "svar/", {"once": once, "text": ANSWER}).status_code == 302
    assert MentorAnswer.objects.unrestricted(TEST).count() == 1
    assert ANSWER in client.get(question).content.decode()
    for name in table.people:
        if name in ("employee", "mentor"):
            continue
        other = signed_in(table.people[name])
        assert other.get(question).status_code == 404, name
        assert WORDS not in other.get(path(table)).content.decode(), name


def test_the_service_room_reads_along_where_that_was_chosen(table: Table) -> None:
    question = asked(table, circle=Circle.SERVICE)
    mentoring.answer(actor=table.actor("mentor"), question=question, text=ANSWER)
    for name in table.people:
        answer = signed_in(table.people[name]).get(f"/mentor/{question.pk}/")
        reads = name in ("employee", "coordinator", "partner", "host-service", "mentor")
        assert answer.status_code == (200 if reads else 404), name
        assert (ANSWER in answer.content.decode()) is reads, name


@pytest.mark.parametrize(
    "name", ["partner", "leader", "citizen", "host", "researcher", "mentor", "host-waiting"]
)
def test_who_may_not_ask(table: Table, name: str) -> None:
    assert signed_in(table.people[name]).post(path(table), sent(table)).status_code == 404
    assert not MentorQuestion.objects.unrestricted(TEST).exists()


def test_only_ones_own_words_can_be_attached(table: Table) -> None:
    room = table.room("service")
    mine = write(actor=table.actor("employee"), room=room, kind="post", text="Mitt eget strev")
    others = write(actor=table.actor("coordinator"), room=room, kind="post", text="Karis hemmelighet")
    client = signed_in(table.people["employee"])
    page = client.get(path(table)).content.decode()
    assert "Mitt eget strev" in page
    assert "Karis hemmelighet" not in page
    assert client.post(path(table), sent(table, attach=str(others.pk))).status_code == 422
    done = client.post(path(table), sent(table, attach=str(mine.pk)))
    assert (
        "Mitt eget strev" in signed_in(table.people["mentor"]).get(done.headers["Location"]).content.decode()
    )


def test_taken_back_the_words_are_gone_for_the_mentor_too(table: Table) -> None:
    question = asked(table, circle=Circle.SERVICE)
    mentoring.answer(actor=table.actor("mentor"), question=question, text=ANSWER)
    back = f"/mentor/{question.pk}/ta-tilbake/"
    for name in ("mentor", "coordinator", "partner"):
        assert signed_in(table.people[name]).post(back).status_code == 404
    assert signed_in(table.people["employee"]).post(back).status_code == 302
    mentor = signed_in(table.people["mentor"])
    page = mentor.get(f"/mentor/{question.pk}/").content.decode()
    assert WORDS not in page
    assert ANSWER in page, "what the mentor wrote stays theirs"
    for name in ("employee", "coordinator"):
        assert signed_in(table.people[name]).get(f"/mentor/{question.pk}/").status_code == 404
    answer = MentorAnswer.objects.unrestricted(TEST).get()
    mentor.post(f"/mentor/svar/{answer.pk}/ta-tilbake/")
    assert not MentorQuestion.objects.unrestricted(TEST).exists()


def test_taken_back_before_an_answer_nothing_is_left(table: Table) -> None:
    question = asked(table)
    mentoring.take_back(actor=table.actor("employee"), question=question)
    assert not MentorQuestion.objects.unrestricted(TEST).exists()


def test_a_mentor_who_steps_down_reads_nothing_more(table: Table) -> None:
    question = asked(table)
    client = signed_in(table.people["mentor"])
    assert client.post(f"/mentor/slutt/{table.process.slug}/").status_code == 302
    assert client.get("/mentor/").status_code == 404
    assert client.get(f"/mentor/{question.pk}/").status_code == 404
    asker = signed_in(table.people["employee"])
    assert WORDS in asker.get(f"/mentor/{question.pk}/").content.decode()
    page = asker.get(path(table)).content.decode()
    assert "Dere har ingen mentor ennå" in page


def test_a_mentor_who_has_stopped_takes_their_own_answer_back(table: Table) -> None:
    """Others go on reading it, so it must not lie beyond the reach of whoever wrote it."""
    question = asked(table)
    mentoring.answer(actor=table.actor("mentor"), question=question, text=ANSWER)
    client, asker = signed_in(table.people["mentor"]), signed_in(table.people["employee"])
    assert ANSWER not in client.get("/laering/").content.decode(), (
        "as long as they are one it stands with the questions"
    )
    client.post(f"/mentor/slutt/{table.process.slug}/")
    assert ANSWER in asker.get(f"/mentor/{question.pk}/").content.decode()
    page = client.get("/laering/").content.decode()
    assert ANSWER in page
    assert WORDS not in page
    answer = MentorAnswer.objects.unrestricted(TEST).get()
    assert asker.post(f"/mentor/svar/{answer.pk}/ta-tilbake/").status_code == 404
    response = client.post(f"/mentor/svar/{answer.pk}/ta-tilbake/", follow=True)
    assert response.status_code == 200
    assert ANSWER not in asker.get(f"/mentor/{question.pk}/").content.decode()
    assert ANSWER not in client.get("/laering/").content.decode()


def test_the_coordinator_invites_a_mentor_by_e_mail(table: Table) -> None:
    client = signed_in(table.people["coordinator"])
    found = {
        "once": str(key()), "name": "Ingrid", "role": "mentor", "room": "", "unit": "", "case_power": "none",
        "email": "ingrid@eksempel.no",
    }  # fmt: skip
    answer = client.post(reverse("process-invite", args=[table.process.slug]), found)
    assert answer.status_code == 302, answer.content.decode()[:500]
    member = (
        Membership.objects.unrestricted(TEST).exclude(person=table.people["mentor"]).get(role=Role.MENTOR)
    )
    assert not Seat.objects.unrestricted(TEST).filter(membership=member).exists()
    assert isinstance(member.pk, UUID)


def test_a_person_who_also_works_in_another_process_sees_only_what_each_gives(table: Table) -> None:
    """Rights never add up: an employee of B who is a mentor of A reads nothing of A."""
    eva = table.people["employee-other-process"]
    take_in(process_id=table.process.pk, person=eva, role=Role.MENTOR, actor=table.actor("coordinator"))
    actor = table.actor("employee-other-process")
    assert actor.process_ids == {table.other.pk}
    question = asked(table)
    assert signed_in(eva).get(f"/mentor/{question.pk}/").status_code == 404, "another mentor was asked"
    assert signed_in(eva).get(f"/s/{table.process.slug}/").status_code == 404


def test_a_mentor_who_leaves_takes_the_answers_and_leaves_the_question(table: Table) -> None:
    question = asked(table)
    mentoring.answer(actor=table.actor("mentor"), question=question, text=ANSWER)
    leave(table, "mentor")
    page = signed_in(table.people["employee"]).get(f"/mentor/{question.pk}/").content.decode()
    assert WORDS in page
    assert ANSWER not in page


def test_whoever_asked_and_has_stopped_can_still_take_it_back(table: Table) -> None:
    """The mentor and the service room read on; the words are the asker's. Nothing that others wrote opens by it."""
    question = asked(table, circle=Circle.SERVICE)
    mentoring.answer(actor=table.actor("mentor"), question=question, text=ANSWER)
    stops(table, "employee")
    client = signed_in(table.people["employee"])
    assert f"/mentor/{question.pk}/" in client.get("/laering/").content.decode()
    page = client.get(f"/mentor/{question.pk}/").content.decode()
    assert WORDS in page
    assert ANSWER not in page
    back = f"/mentor/{question.pk}/ta-tilbake/"
    assert back in page
    assert signed_in(table.people["coordinator"]).get(f"/mentor/{question.pk}/").status_code == 200
    assert signed_in(table.people["outsider"]).post(back).status_code == 404
    assert client.post(back).headers["Location"] == "/laering/"
    for name in ("coordinator", "mentor"):
        page = signed_in(table.people[name]).get(f"/mentor/{question.pk}/").content.decode()
        assert WORDS not in page, name


@pytest.mark.parametrize("others", [0, 1, 2])
def test_when_the_mentor_has_stepped_down_meanwhile_the_question_is_given_back(
    table: Table, others: int
) -> None:
    for name in ("outsider", "employee-other-process")[:others]:
        take_in(
            process_id=table.process.pk,
            person=table.people[name],
            role=Role.MENTOR,
            actor=table.actor("coordinator"),
        )
    stops(table, "mentor")
    answer = signed_in(table.people["employee"]).post(path(table), sent(table))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert WORDS in page
    assert "ikke med lenger" in page
    assert str(table.people["mentor"].pk) not in page, "whoever is gone is not chosen again unseen"


def test_a_host_s_draft_of_minutes_is_what_others_said_and_is_not_offered(table: Table) -> None:
    host = table.actor("host-service")
    for kind, text in (
        (PieceKind.MINUTES, "Celine sa at hun er redd"),
        (PieceKind.WHAT_NOW, "Gruppa synes dette haster"),
        (PieceKind.POST, "Mitt eget strev"),
    ):
        pieces.save_draft(actor=host, process_id=table.process.pk, kind=kind, text=text)
    page = signed_in(table.people["host-service"]).get(path(table)).content.decode()
    assert "Mitt eget strev" in page
    assert "Celine sa" not in page
    assert "Gruppa synes" not in page
