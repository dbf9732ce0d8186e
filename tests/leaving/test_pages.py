"""The pages: what is told before, wrong codes, second clicks, the file, the receipt."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from langbord.base import clock
from langbord.base.models import Event
from langbord.base.personal_data import Way
from langbord.inviting.models import TakingPart
from langbord.leaving import doing, files, log_words
from langbord.leaving.codes import code_of
from langbord.leaving.models import Parting, Receipt
from langbord.people.models import OwnSession, Person
from langbord.people.signin import cards
from langbord.rooms.models import Piece
from langbord.vault.models import KeyCheck
from tests.cast import TEST, Table
from tests.openness.test_log import begins_of_verbs
from tests.rooms.helpers import Queries
from tests.signin import signed_in

from .helpers import CANARY, PIN, also_in_the_other, gather, leave, live


def form_of(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the last page, filled in as the browser would."""
    page = client.get(address).content.decode()
    fields = dict(re.findall(r'name="(once|way|where)" value="([^"]*)"', page))
    assert {"once", "way"} <= fields.keys()
    return fields


def words_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


def test_the_page_before_says_what_will_happen(table: Table) -> None:
    gather(live(table))
    client = signed_in(table.people["citizen"])
    page = words_of(client, "/meg/slutte/ta-alt-med/")
    for text in (
        "Dette blir borte for alle", "2 fortellinger", "1 kladd", "1 innlegg på veggen",
        "Dette mister ordene. Svarene står, med datoene", "1 innspill", "1 samling du var på",
    ):  # fmt: skip
        assert text in page, text
    page = words_of(client, "/meg/slutte/la-det-bli/")
    assert "Dette blir stående, uten navnet ditt" in page
    assert CANARY not in page


def test_looking_changes_nothing(table: Table) -> None:
    live(table)
    client = signed_in(table.people["citizen"])
    before = Event.objects.count()
    for address in ("/meg/slutte/", "/meg/slutte/ta-alt-med/", "/meg/slutte/la-det-bli/", "/meg/fil/"):
        assert client.get(address).status_code == 200
    assert Event.objects.count() == before
    assert not Parting.objects.unrestricted(TEST).exists()


def test_a_wrong_pin_changes_nothing(table: Table) -> None:
    life = live(table)
    client = signed_in(life.person)
    fields = form_of(client, "/meg/slutte/ta-alt-med/")
    answer = client.post("/meg/slutte/gjor/", {**fields, "pin": "0000"})
    assert answer.status_code == 422
    assert "Ingenting er endret" in answer.content.decode()
    assert Person.objects.unrestricted(TEST).filter(pk=life.person.pk).exists()
    assert client.post("/meg/slutte/gjor/", {**fields, "pin": ""}).status_code == 422
    for _try in range(8):
        answer = client.post("/meg/slutte/gjor/", {**fields, "pin": "0000"})
    assert "for mange forsøk" in answer.content.decode()
    assert client.post("/meg/slutte/gjor/", {**fields, "pin": PIN}).status_code == 422
    assert Piece.objects.unrestricted(TEST).get(pk=life.pieces["draft"].pk).body.startswith(CANARY)


@pytest.mark.parametrize("way", ["ta-alt-med", "la-det-bli"])
def test_leaving_and_the_receipt(table: Table, way: str) -> None:
    life = live(table)
    client, elsewhere = signed_in(life.person), signed_in(life.person)
    fields = form_of(client, f"/meg/slutte/{way}/")
    answer = client.post("/meg/slutte/gjor/", {**fields, "pin": PIN})
    assert (answer.status_code, answer["Location"]) == (302, "/kvittering/")
    page = words_of(client, "/kvittering/")
    code = code_of(Receipt.objects.unrestricted(TEST).get().pk)
    assert code in page
    assert "2 fortellinger" in page
    assert "Amina" not in page
    assert client.get("/meg/").status_code == 302
    assert elsewhere.get("/meg/").status_code == 302
    # The same click once more, with the old form: the same receipt, and nothing more happens.
    again = client.post("/meg/slutte/gjor/", {**fields, "pin": PIN})
    assert (again.status_code, again["Location"]) == (302, "/kvittering/")
    assert Receipt.objects.unrestricted(TEST).count() == 1
    stranger = Client()
    assert (
        stranger.post("/kvittering/", {"code": code.lower().replace("-", " ")})["Location"] == "/kvittering/"
    )
    assert "2 fortellinger" in words_of(stranger, "/kvittering/")
    assert stranger.post("/kvittering/ferdig/").status_code == 302
    assert "Koden på kvitteringen" in words_of(stranger, "/kvittering/")


def test_an_unknown_code(table: Table) -> None:
    for code in ("ABCD-EFGH-JKLM", "kort", ""):
        assert Client().post("/kvittering/", {"code": code}).status_code == 422


def test_somebody_elses_form_key_opens_nothing(table: Table) -> None:
    """Without the key of the form there is no receipt; with a made-up one neither."""
    assert Client().post("/meg/slutte/gjor/", {"once": str(uuid4()), "way": "take"})["Location"] == "/inn/"
    assert Client().post("/meg/slutte/gjor/", {"once": "x"})["Location"] == "/inn/"


def test_cut_off_and_finished_later(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    life = live(table)
    client = signed_in(life.person)
    fields = form_of(client, "/meg/slutte/ta-alt-med/")

    def broken(_parting: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(doing, "STEPS", (doing.keep, broken))
        patched.setattr("langbord.leaving.views.log.exception", lambda *_args: None)
        assert client.post("/meg/slutte/gjor/", {**fields, "pin": PIN}).status_code == 302
    assert "Vi holder på" in words_of(client, "/kvittering/")
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        assert doing.sweep() == 1
        assert doing.sweep() == 0
        assert "Det er gjort" in words_of(client, "/kvittering/")


def test_one_of_two_processes_on_the_pages(table: Table) -> None:
    also_in_the_other(table)
    here = live(table)
    client = signed_in(here.person)
    page = client.get("/meg/slutte/ta-alt-med/").content.decode()
    assert "Hva vil du slutte med?" in page
    where = f"/meg/slutte/ta-alt-med/?hvor={table.process.slug}"
    assert "Dette gjelder bare Et hjem å trives i" in words_of(client, where)
    fields = form_of(client, where)
    assert client.post("/meg/slutte/gjor/", {**fields, "pin": PIN})["Location"] == "/kvittering/"
    assert "Du er ikke med der lenger" in words_of(client, "/kvittering/")
    assert client.get("/meg/").status_code == 200
    assert client.get("/meg/slutte/ta-alt-med/?hvor=finnes-ikke").status_code == 404
    assert client.get("/meg/slutte/noe-annet/").status_code == 404


def test_the_only_coordinator_is_told(table: Table) -> None:
    assert "den eneste koordinatoren" in words_of(
        signed_in(table.people["coordinator"]), "/meg/slutte/ta-alt-med/"
    )
    assert "den eneste koordinatoren" not in words_of(
        signed_in(table.people["citizen"]), "/meg/slutte/ta-alt-med/"
    )


def test_a_code_from_the_app_for_those_who_have_one(table: Table) -> None:
    import pyotp

    from langbord.people.signin import factor

    actor = table.actor("employee")
    secret = factor.begin(actor=actor).secret
    factor.confirm(actor=actor, code=pyotp.TOTP(secret).now())
    client = signed_in(table.people["employee"])
    fields = form_of(client, "/meg/slutte/ta-alt-med/")
    assert client.post("/meg/slutte/gjor/", {**fields, "pin": "000000"}).status_code == 422
    with clock.frozen(clock.now() + timedelta(minutes=3)):
        code = pyotp.TOTP(secret).at(clock.now())
        assert client.post("/meg/slutte/gjor/", {**fields, "pin": code}).status_code == 302
    assert not Person.objects.unrestricted(TEST).filter(pk=actor.person_id).exists()


def test_without_pin_or_app_one_must_just_have_signed_in(table: Table) -> None:
    client = signed_in(table.people["citizen"])
    fields = form_of(client, "/meg/slutte/ta-alt-med/")
    assert client.post("/meg/slutte/gjor/", fields).status_code == 422
    session = client.session
    session["started"] = (clock.now() - timedelta(minutes=11)).isoformat()
    session["seen"] = clock.now().isoformat()
    session.save()
    assert client.post("/meg/slutte/gjor/", fields).status_code == 422
    session["started"] = clock.now().isoformat()
    session.save()
    assert client.post("/meg/slutte/gjor/", fields).status_code == 302


def test_the_first_day_of_a_card_neither_leaves_nor_takes_the_file(table: Table) -> None:
    """Whoever printed the card may hold it: they must not be able to erase anybody, or to take their words away."""
    life = live(table)
    cards.issue_cards(people=[life.person], actor=table.actor("host"))
    from langbord.people.models import Card

    card = Card.objects.unrestricted(TEST).with_person().get(person_id=life.person.pk)
    cards.take_in_use(card, "2580")
    client = signed_in(Person.objects.unrestricted(TEST).get(pk=life.person.pk))
    session = client.session
    session["reads_from"] = clock.now().isoformat()
    session.save()
    assert 'name="pin"' not in client.get("/meg/slutte/ta-alt-med/").content.decode()
    fields = {"once": str(uuid4()), "way": Way.TAKE.value, "where": "", "pin": "2580"}
    assert client.post("/meg/slutte/gjor/", fields).status_code == 422
    assert Person.objects.unrestricted(TEST).filter(pk=life.person.pk).exists()
    assert client.post("/meg/fil/")["Location"] == "/meg/fil/"


# -- the file


def unpacked(client: Client) -> dict[str, str]:
    answer = client.post("/meg/fil/")
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_the_file_has_all_that_is_ones_own(table: Table) -> None:
    life = live(table)
    gather(life)
    live(table, "citizen-2")
    held = unpacked(signed_in(life.person))
    assert set(held) == {"les-meg.html", "langbord.json"}
    for name in ("draft", "story", "post", "copy answered", "task", "comment", "note"):
        for content in held.values():
            assert f"{CANARY} citizen {name}" in content, name
    data = json.loads(held["langbord.json"])
    assert (data["format"], data["version"]) == ("langbord-person", 1)
    sections = {section["key"]: section["items"] for section in data["sections"]}
    assert sections["me"][0]["name"] == "Amina"
    assert sections["attendance"][0]["room"] == table.rooms["peer"].name
    assert sections["gathering_answers"][0]["needs"] == ["skyss"]
    assert sections["door"][0]["answer"] == "ikke ennå"
    assert Event.objects.filter(verb="person.file-taken", actor_id=life.person.pk).count() == 1


def test_what_the_log_has_is_told_in_words_beside_its_marks(table: Table) -> None:
    """Every mark that the source writes begins with something there are words for."""
    life = live(table)
    sections = {s.key: s.items for s in files.sections_of(life.person.pk)}
    lines = [{fact.key: fact.value for fact in item} for item in sections["log"]]
    words = {line["mark"]: line["what"] for line in lines}
    assert words["piece.shared"] == "Delt"
    assert all(line["what"] != line["mark"] for line in lines)
    for begin in begins_of_verbs():
        if "." in begin:
            assert log_words.in_words(begin + "x") != begin + "x", begin


def test_the_page_says_in_words_what_the_other_file_says_in_signs(table: Table) -> None:
    life = live(table)
    life.person.text_size, life.person.language = "largest", "nb"
    life.person.save(update_fields=["text_size", "language"])
    now = clock.now()
    OwnSession.objects.create(
        person=life.person, key_lookup="x" * 64, device="tablet", started_at=now, seen_at=now
    )
    TakingPart.objects.unrestricted(TEST).create(
        process=table.process,
        person=life.person,
        sealed_by=life.person.sealed_by,
        written_at=now,
        channel="call",
    )
    held = unpacked(signed_in(life.person))
    sections = {s["key"]: s["items"] for s in json.loads(held["langbord.json"])["sections"]}
    assert sections["agreed"][0]["channel"] == "call"
    for words, sign in (
        ("ring meg", "call"),
        ("Størst", "largest"),
        ("Bokmål", "nb"),
        ("et nettbrett", "tablet"),
    ):
        assert f"<dd>{words}</dd>" in held["les-meg.html"], words
        assert f"<dd>{sign}</dd>" not in held["les-meg.html"], sign


def test_the_file_has_nothing_of_anybody_else_and_no_secrets(table: Table) -> None:
    life = live(table)
    live(table, "citizen-2")
    cards.issue_cards(people=[life.person], actor=table.actor("host"))
    whole = "".join(unpacked(signed_in(life.person)).values())
    assert f"{CANARY} citizen-2" not in whole
    for secret in ("lookup", "password", "token", life.person.password):
        assert secret not in whole
    assert "<script" not in whole
    assert "http" not in whole


def test_the_file_speaks_the_persons_language(table: Table) -> None:
    life = live(table)
    life.person.language = "en"
    life.person.save(update_fields=["language"])
    assert 'lang="en"' in unpacked(signed_in(life.person))["les-meg.html"]


def test_the_file_is_as_it_is_documented(table: Table) -> None:
    """Every section of docs/leaving.md is made, and every one that is made is documented."""
    from pathlib import Path

    text = (Path(__file__).resolve().parents[2] / "docs" / "leaving.md").read_text()
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.M))
    made = {section.key for section in files.sections_of(live(table).person.pk)}
    assert made == documented


def test_queries(table: Table) -> None:
    live(table)
    client = signed_in(table.people["citizen"])
    for address in ("/meg/slutte/", "/meg/slutte/stille/", "/meg/fil/", "/kvittering/"):
        with Queries() as counted:
            client.get(address)
        assert counted.count <= 12, address


def test_what_a_receipt_says_of_backups(table: Table) -> None:
    live(table)
    parting = leave(table, "citizen")
    client = Client()
    client.post("/kvittering/", {"code": code_of(parting)})
    assert "kan ennå åpne en gammel sikkerhetskopi" in words_of(client, "/kvittering/")
    # The master key has been exchanged since: another is in force, made after the words' own key was destroyed.
    KeyCheck.objects.create(key_id=str(uuid4()), proof=b"", created_at=clock.now() + timedelta(days=1))
    assert "kan heller ikke gamle sikkerhetskopier åpnes" in words_of(client, "/kvittering/")
