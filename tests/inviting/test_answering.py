"""Answering by the code on a letter: without an account, without telling a stranger anything, and without being guessed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from langbord.base.models import Event
from langbord.inviting import actions, answering, forgetting, letters, taking_part
from langbord.inviting.actions import Name
from langbord.inviting.enums import Step
from langbord.inviting.models import Invitee, TakingPart, Trace
from langbord.vault import keys
from tests.access.walker import watched
from tests.cast import TEST, Table
from tests.signin import signed_in

WORD = "Ord-i-brevet"


@pytest.fixture
def invitee(table: Table) -> Invitee:
    """Zahra, asked by Randi the host, with a letter."""
    randi = table.actor("host")
    (made,) = actions.note(
        actor=randi,
        process_id=table.process.pk,
        households=[[Name("Zahra", False)]],
        side="citizen",
        once=uuid4(),
    )
    letter = letters.begin(
        actor=randi,
        process_id=table.process.pk,
        kind="families",
        language="nb",
        question=None,
        caller="Randi",
        phone="99 00 00 00",
    )
    letters.change(actor=randi, letter=letter, text=f"{WORD} til deg.", caller="Randi", phone="99 00 00 00")
    letters.give(actor=randi, letter=letter, invitees=[made])
    return made


def fresh(invitee: Invitee) -> Invitee:
    found: Invitee = Invitee.objects.unrestricted(TEST).get(pk=invitee.pk)
    return found


def main(answer: Any) -> str:
    text: str = answer.content.decode()
    return text.partition("<main")[2].partition("</main")[0]


def test_the_code_opens_the_letter_and_an_answer_is_kept(invitee: Invitee) -> None:
    client = Client()
    typed = client.post("/i/", {"code": str(invitee.code).lower().replace("-", " ")})
    assert typed["Location"] == f"/i/{invitee.token}/"
    page = client.get(typed["Location"])
    assert WORD in main(page)
    assert "Hei, Zahra" in main(page)
    assert "99 00 00 00" in main(page)
    sent = client.post(typed["Location"], {"answer": "yes", "channel": "sms", "hard": "Bussen"})
    assert sent.status_code == 302
    after = fresh(invitee)
    assert after.step == Step.YES
    assert "Dette skjer nå" in main(client.get(sent["Location"]))
    traces = list(Trace.objects.unrestricted(TEST).filter(invitee=invitee))
    assert [(t.step, t.through, t.by_id) for t in traces[1:]] == [
        ("asked", "letter", None),
        ("yes", "letter", None),
    ]
    agreed = TakingPart.objects.unrestricted(TEST).get(invitee=invitee)
    assert (agreed.channel, agreed.hard) == ("sms", "Bussen")


def test_nothing_is_written_by_opening_it(invitee: Invitee) -> None:
    for method in ("get", "head"):
        with watched() as seen:
            answer = getattr(Client(), method)(f"/i/{invitee.token}/")
        assert answer.status_code == 200
        assert not seen.written
        assert seen.count <= 12
    assert fresh(invitee).step == Step.NOTED


def test_whoever_finds_the_letter_learns_nothing_that_was_answered(invitee: Invitee) -> None:
    before = main(Client().get(f"/i/{invitee.token}/"))
    Client().post(
        f"/i/{invitee.token}/", {"answer": "no", "companion": "Naboen-min", "hard": "Sykdommen-min"}
    )
    found = main(Client().get(f"/i/{invitee.token}/"))
    strip = lambda text: text.split("csrfmiddlewaretoken")[0]  # noqa: E731
    assert strip(found) == strip(before)
    assert "Naboen-min" not in found
    assert "Sykdommen-min" not in found
    assert "checked" not in found.partition('name="answer"')[2].partition("</fieldset")[0]


def test_the_answer_is_shown_once_and_not_kept_in_the_browser(invitee: Invitee) -> None:
    client = Client()
    client.post(f"/i/{invitee.token}/", {"answer": "no"})
    client.head(f"/i/{invitee.token}/")
    assert "Takk for svaret" in main(client.get(f"/i/{invitee.token}/"))
    assert "Takk for svaret" not in main(client.get(f"/i/{invitee.token}/"))
    assert not [name for name in client.session.keys() if "invitation" in name]  # noqa: SIM118


def test_whoever_goes_from_the_list_while_answering_gets_the_plain_page(
    table: Table, invitee: Invitee, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = Client().post("/i/ingen-slik-lenke/", {"answer": "yes"})
    may = answering.may_answer

    def gone_meanwhile(found: Invitee) -> bool:
        forgetting.forget(actor=table.actor("host"), invitees=[invitee])
        return may(found)

    monkeypatch.setattr(answering, "may_answer", gone_meanwhile)
    answer = Client().post(f"/i/{invitee.token}/", {"answer": "yes", "hard": "Bussen"})
    assert answer.status_code == 422
    strip = lambda text: text.split("csrfmiddlewaretoken")[0]  # noqa: E731
    assert strip(main(answer)) == strip(main(unknown))
    assert not TakingPart.objects.unrestricted(TEST).exists()


def test_the_answer_can_be_changed_until_there_is_a_seat(table: Table, invitee: Invitee) -> None:
    for answer in ("no", "later", "ring", "yes"):
        Client().post(f"/i/{invitee.token}/", {"answer": answer})
        assert fresh(invitee).step == answer
    used = str(invitee.token)
    taking_part.seat(actor=table.actor("coordinator"), invitee=fresh(invitee), room=table.room("peer"))
    assert WORD not in main(Client().get(f"/i/{used}/"))
    assert Client().post(f"/i/{used}/", {"answer": "no"}).status_code == 422


def test_wrong_used_and_foreign_codes_look_alike(table: Table, invitee: Invitee) -> None:
    (gone,) = actions.note(
        actor=table.actor("host"), process_id=table.process.pk, households=[[Name("Yusuf", False)]], side="citizen",
        once=uuid4(),
    )  # fmt: skip
    code, token = str(gone.code), str(gone.token)
    forgetting.forget(actor=table.actor("host"), invitees=[gone])
    pages = {
        main(Client().post("/i/", {"code": tried})).replace(tried, "X").split("csrfmiddlewaretoken")[0]
        for tried in (code, "AAAA-AAAA", "ZZ99-ZZ99", "KORT")
    }
    assert len(pages) == 1
    opened = {
        main(Client().get(f"/i/{tried}/")).split("csrfmiddlewaretoken")[0]
        for tried in (token, "ingen-slik-lenke", str(invitee.code))
    }
    assert len(opened) == 1
    answered = {Client().post(f"/i/{tried}/", {"answer": "yes"}).status_code for tried in (token, "ingen")}
    assert answered == {422}


def test_guessing_is_stopped_and_stops_nobody_elsewhere(invitee: Invitee) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    for _number in range(answering.TRIES):
        assert client.post("/i/", {"code": "AAAA-AAAA"}).status_code == 422
    stopped = client.post("/i/", {"code": str(invitee.code)})
    assert stopped.status_code == 422
    assert "for mange forsøk" in main(stopped)
    assert Client(REMOTE_ADDR="192.0.2.8").post("/i/", {"code": str(invitee.code)}).status_code == 302


def test_an_answer_that_is_none_keeps_what_was_written(invitee: Invitee) -> None:
    answer = Client().post(f"/i/{invitee.token}/", {"hard": "Bussen går sjelden"})
    assert answer.status_code == 422
    assert "Bussen går sjelden" in main(answer)
    assert "Velg ett av svarene" in main(answer)
    assert fresh(invitee).step == Step.NOTED
    assert Client().post(f"/i/{invitee.token}/", {"answer": "asked"}).status_code == 422


def test_slett_meg(invitee: Invitee) -> None:
    token = str(invitee.token)
    client = Client()
    client.post(f"/i/{token}/", {"answer": "yes", "hard": "Bussen"})
    assert client.post(f"/i/{token}/", {"forget": "no"}).status_code == 302
    assert Invitee.objects.unrestricted(TEST).exists()
    answer = client.post(f"/i/{token}/", {"forget": "yes"}, follow=True)
    assert "Du er slettet" in answer.content.decode()
    assert not Invitee.objects.unrestricted(TEST).exists()
    assert not TakingPart.objects.unrestricted(TEST).exists()
    assert keys.is_destroyed(invitee.pk)
    assert WORD not in main(client.get(f"/i/{token}/"))
    assert client.post("/i/", {"code": str(invitee.code)}).status_code == 422


def test_a_closed_process_answers_like_a_wrong_code(table: Table, invitee: Invitee) -> None:
    from langbord.base import clock
    from langbord.processes.models import Process

    Process.objects.unrestricted(TEST).filter(pk=table.process.pk).update(ended_at=clock.now())
    assert WORD not in main(Client().get(f"/i/{invitee.token}/"))
    assert Client().post(f"/i/{invitee.token}/", {"answer": "yes"}).status_code == 422
    assert fresh(invitee).step == Step.NOTED


def test_the_page_names_nothing_beyond_the_paper(table: Table, invitee: Invitee) -> None:
    page = Client().get(f"/i/{invitee.token}/").content.decode()
    for word in (table.process.name, table.process.slug, "Kari", "NAV", "likemann"):
        assert word not in page
    assert "no-store" in Client().get(f"/i/{invitee.token}/")["Cache-Control"]
    # Neither the code nor the name is in the log.
    assert not [e for e in Event.objects.all() if "Zahra" in e.verb]


def test_what_is_agreed_is_for_the_one_who_asks(table: Table, invitee: Invitee) -> None:
    taking_part.write_for(invitee=invitee, actor=None, words={"hard": "Sykdommen-min"})
    sees = {
        name
        for name in table.cast
        if TakingPart.objects.visible_to(table.actor(name)).filter(invitee=invitee).exists()
    }
    assert sees == {"host"}


def test_a_letter_is_not_answered_on_and_on(invitee: Invitee) -> None:
    client = Client()
    for number in range(answering.CHANGES):
        client.post(f"/i/{invitee.token}/", {"answer": "no" if number % 2 else "yes"})
    stopped = client.post(f"/i/{invitee.token}/", {"answer": "later", "hard": "Bussen"})
    assert stopped.status_code == 422
    assert "Bussen" in main(stopped)
    assert fresh(invitee).step == Step.NO


def test_those_who_guess_elsewhere_keep_nobody_from_answering(invitee: Invitee) -> None:
    for number in range(answering.IN_ALL // answering.TRIES):
        guesser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        for _try in range(answering.TRIES):
            answering.may_guess(f"192.0.2.{number}")
        assert guesser.post("/i/", {"code": "AAAA-AAAA"}).status_code == 422
    assert Client().post(f"/i/{invitee.token}/", {"answer": "yes"}).status_code == 302


def test_somebody_who_got_a_seat_sees_how_their_answer_came(table: Table, invitee: Invitee) -> None:
    """Whoever prints a letter has its code as well: the person sees that an answer came by it, and when."""
    Client().post(f"/i/{invitee.token}/", {"answer": "yes"})
    person = taking_part.seat(
        actor=table.actor("coordinator"), invitee=fresh(invitee), room=table.room("peer")
    )
    page = main(signed_in(person).get("/meg/slik-vil-jeg-vaere-med/"))
    assert "Slik fikk vi svaret ditt" in page
    assert "har sagt ja" in page
    assert "på siden i brevet" in page
    # Only one's own; and who was never asked by a letter is told nothing.
    other = main(signed_in(table.people["citizen"]).get("/meg/slik-vil-jeg-vaere-med/"))
    assert "Slik fikk vi svaret ditt" not in other


def test_an_answer_that_somebody_here_wrote_down_says_so(table: Table, invitee: Invitee) -> None:
    actions.set_step(invitee=fresh(invitee), step=Step.YES, actor=table.actor("host"), through="phone")
    person = taking_part.seat(
        actor=table.actor("coordinator"), invitee=fresh(invitee), room=table.room("peer")
    )
    page = main(signed_in(person).get("/meg/slik-vil-jeg-vaere-med/"))
    assert "skrevet av oss" in page
    assert "på siden i brevet" not in page


def test_whoever_prints_is_told_that_the_paper_answers(table: Table, invitee: Invitee) -> None:
    letter = fresh(invitee).letter_id
    assert letter is not None
    page = signed_in(table.people["host"]).get(f"/s/{table.process.slug}/invitere/brev/{letter}/ark/")
    assert "Alle som har arket, kan svare på det." in main(page)
