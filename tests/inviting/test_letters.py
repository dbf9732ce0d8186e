"""Letters: that they say what they should, what the check warns of and what it leaves alone, and the sheets."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from langbord.inviting import actions, checks, letters, question, texts
from langbord.inviting.actions import Name
from langbord.inviting.checks import Warn, promises_and_plans
from langbord.inviting.enums import Step
from langbord.inviting.models import Invitee, Letter
from langbord.library import looking
from langbord.words.advice import Kind, advise
from langbord.words.lix import lix
from tests.cast import TEST, Table
from tests.signin import signed_in

LANGUAGES = ("nb", "nn", "en")
OFFICE = (Kind.OFFICE_WORD, Kind.LABEL, Kind.ABBREVIATION)
SAID = {"question": "Hva er et hjem?", "ours": "Kjøkkenet.", "elsewhere": "Husleia."}

PROMISES = [
    "Blir du med, får du penger til bussen og litt til.",
    "Som takk får du penger når vi er ferdige.",
    "Vi lover deg en ny bolig etterpå.",
    "Alle som deltar, får støtte til strøm.",
    "Det gir deg jobb hos oss.",
    "Kommunen garanterer leilighet til dem som blir med.",
    "Vi hjelper deg med å få uføretrygd.",
    "Vi ordner møbler til dere.",
    "Dere får gavekort på kr 500.",
    "Du har krav på bostøtte når du er med.",
    "Du får større sjanse for å få det du har søkt om.",
    "Da ser vi på saken din en gang til.",
]
PLANS = [
    "Vi skal innføre en ny ordning til våren.",
    "Tiltaket starter 1. mars.",
    "Det er bestemt at alle skal ha en kontakt.",
    "Planen er klar, og nå vil vi høre hva du mener.",
    "Kurset gir deg verktøy for en ny hverdag.",
    "Du må delta på alle møtene.",
    "Prosjektet starter etter påske og varer i tre år.",
    "Her vil du lære å mestre økonomien din.",
]
LEFT_ALONE = [
    "Vi kan ikke love deg penger, bolig eller jobb.",
    "Du får ikke penger for å være med.",
    "Ingen plan er laget.",
    "Vi har ingen ferdig plan.",
    "Det gjelder boliger som passer for familier.",
    "Har du lett etter jobb lenge? Da vet du mye.",
    "Du får mat og kaffe.",
    "Andre bestemmer om penger og støtte.",
    "Du mister ingenting om du lar være, verken penger eller støtte.",
    "Vi møtes etter skole og jobb.",
    "Vi vil lære av deg.",
    "Du kan ta med en du stoler på, og barna får suppe.",
    "Hva er et godt hjem?",
    "Vi begynner med en prat, og så ser vi.",
]


def test_promises_and_plans_are_found_and_honest_words_left_alone() -> None:
    """Hits and misses on sentences written for it."""
    found = [s for s in PROMISES if any(h.kind == Warn.PROMISE for h in promises_and_plans(s, "nb"))]
    planned = [s for s in PLANS if any(h.kind == Warn.PLAN for h in promises_and_plans(s, "nb"))]
    wrong = [s for s in LEFT_ALONE if promises_and_plans(s, "nb")]
    print(
        f"\npromises {len(found)} of {len(PROMISES)}, plans {len(planned)} of {len(PLANS)}, "
        f"wrongly warned {len(wrong)} of {len(LEFT_ALONE)}"
    )
    assert set(PROMISES) == set(found)
    assert set(PLANS) == set(planned)
    assert not wrong


@pytest.mark.parametrize(
    ("language", "promise", "plan", "honest"),
    [
        ("nn", "Du får pengar for det.", "Tiltaket startar i mars.", "Vi kan ikkje love deg pengar."),
        (
            "en",
            "You will get money for it.",
            "We will introduce a new scheme.",
            "We cannot promise you money.",
        ),
    ],
)
def test_the_other_languages(language: str, promise: str, plan: str, honest: str) -> None:
    assert [h.kind for h in promises_and_plans(promise, language)] == [Warn.PROMISE]
    assert [h.kind for h in promises_and_plans(plan, language)] == [Warn.PLAN]
    assert not promises_and_plans(honest, language)


def test_a_broken_file_of_phrases_is_refused() -> None:
    with pytest.raises(checks.BrokenWarnings, match="giving"):
        checks._any_of("promise › giving", "nb", ["får", 3])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", texts.letters(), ids=lambda letter: letter.key)
def test_our_own_letters_hold_what_they_ask_of_others(letter: texts.LetterText, language: str) -> None:
    text = texts.begin(letter, language, SAID)
    assert "{" not in text
    assert SAID["question"] in text
    assert not promises_and_plans(text, language), promises_and_plans(text, language)
    if language != "en":
        assert lix(text) < 30
        assert not [one for one in advise(text, language) if one.kind in OFFICE]
    need = {"nb": "trenger det d", "nn": "treng det d", "en": "need what you"}[language]
    assert need in text
    no = {"nb": "nei", "nn": "nei", "en": "no"}[language]
    assert re.search(rf"\b{no}\b", text.lower())


def test_there_are_letters_for_all_who_are_asked() -> None:
    keys = {letter.key for letter in texts.letters()}
    assert keys >= {"families", "young-people", "resource-group", "employees", "partner", "leaders"}


def test_a_paragraph_without_anything_to_say_is_left_out() -> None:
    families = texts.letter("families")
    assert families is not None
    text = texts.begin(families, "nb", {**SAID, "elsewhere": ""})
    assert "kan vi ikke endre" not in text


def _begun(table: Table, text: str = "") -> Letter:
    kari = table.actor("coordinator")
    version = question.change(
        actor=kari, process_id=table.process.pk, text="Hva er en bolig?", changed_by="group"
    )
    made = letters.begin(
        actor=kari, process_id=table.process.pk, kind="families", language="nb", question=version, caller="Kari",
        phone="99 00 00 00",
    )  # fmt: skip
    if text:
        letters.change(actor=kari, letter=made, text=text, caller="Kari", phone="99 00 00 00")
    return made


def test_the_letter_has_the_question_and_follows_it_when_asked(table: Table) -> None:
    made = _begun(table)
    assert "Hva er en bolig?" in made.text
    newer = question.change(
        actor=table.actor("coordinator"),
        process_id=table.process.pk,
        text="Hva er et hjem?",
        changed_by="group",
    )
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/brev/{made.pk}/"
    assert "Bruk de nye ordene" in client.get(address).content.decode()
    client.post(address + "sporsmal/")
    after = Letter.objects.unrestricted(TEST).get(pk=made.pk)
    assert "Hva er et hjem?" in after.text
    assert "Hva er en bolig?" not in after.text
    assert after.question_id == newer.pk
    assert "Bruk de nye ordene" not in client.get(address).content.decode()


def test_the_check_warns_without_saving_and_without_javascript(table: Table) -> None:
    made = _begun(table, "Vi møtes og spiser.")
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/brev/{made.pk}/"
    sent = {
        "text": "Blir du med, får du penger. Tiltaket starter i mars. Vi skal implementere det.",
        "caller": "",
        "phone": "9",
        looking.BUTTON: "1",
    }
    assert "Se over språket" in client.get(address).content.decode()
    page = client.post(address, sent).content.decode()
    assert 'data-hint="promise"' in page
    assert 'data-hint="plan"' in page
    assert "<mark>implementere</mark>" in page
    assert "Blir du med, får du penger." in page.partition("<textarea")[2].partition("</textarea")[0]
    assert Letter.objects.unrestricted(TEST).get(pk=made.pk).text == "Vi møtes og spiser."


def test_one_sheet_for_each_with_a_code_of_their_own(table: Table) -> None:
    made = _begun(table)
    kari = table.actor("coordinator")
    people = actions.note(
        actor=kari, process_id=table.process.pk,
        households=[[Name(f"Navn{n}", False)] for n in "abcdefgh"], side="citizen", once=uuid4(),
    )  # fmt: skip
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/brev/{made.pk}/ark/"
    before = client.get(address).content.decode()
    assert before.count('class="letter-sheet') == 0
    everybody = {"person": [str(p.pk) for p in people]}
    client.post(address, {"do": "print", **everybody})
    page = client.get(address).content.decode()
    assert page.count('<article class="letter-sheet') == 8
    assert page.count('class="qr"') == 8
    assert {str(p.code) for p in people} == set(re.findall(r'class="code">([A-Z0-9-]+)<', page))
    assert {p.step for p in Invitee.objects.unrestricted(TEST)} == {Step.NOTED}
    client.post(address, {"do": "given", **everybody})
    client.post(address, {"do": "given", **everybody})
    assert {p.step for p in Invitee.objects.unrestricted(TEST)} == {Step.ASKED}
    # A host who asks none of them gets no sheet, and cannot make one by sending the ids.
    host = signed_in(table.people["host"])
    host.post(address, {"do": "print", **everybody})
    assert host.get(address).content.decode().count("letter-sheet") == host.get(
        address
    ).content.decode().count('data-page="letter-sheets"')


def test_only_those_nobody_has_asked_are_ticked_for_a_letter(table: Table) -> None:
    """Who has been asked, who wants to wait and who has another letter can be chosen, and are not chosen for one."""
    first, second = _begun(table), _begun(table)
    kari = table.actor("coordinator")
    names = ("Ny", "Spurt", "Senere", "Annet brev")
    people = actions.note(
        actor=kari, process_id=table.process.pk,
        households=[[Name(name, False)] for name in names], side="citizen", once=uuid4(),
    )  # fmt: skip
    _new, asked, later, other = people
    actions.set_step(actor=kari, invitee=asked, step=Step.ASKED)
    actions.set_step(actor=kari, invitee=later, step=Step.LATER)
    letters.give(actor=kari, letter=first, invitees=[other])
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/brev/{second.pk}/ark/"
    page = client.get(address).content.decode()
    boxes = {
        pk: bool(ticked)
        for pk, ticked in re.findall(r'name="person" value="([^"]+)" id="[^"]+"( checked)?', page)
    }
    assert boxes == {str(p.pk): name == "Ny" for p, name in zip(people, names, strict=True)}
    assert "er spurt" in page
    # Asked already: a second press says nothing of nobody.
    answer = client.post(address, {"do": "given", "person": [str(asked.pk)]}, follow=True)
    assert "0 er spurt" not in answer.content.decode()


def test_an_announcement_is_one_sheet_without_a_code(table: Table) -> None:
    kari = table.actor("coordinator")
    made = letters.begin(
        actor=kari, process_id=table.process.pk, kind="resource-group", language="nb", question=None, caller="Kari",
        phone="99 00 00 00",
    )  # fmt: skip
    client = signed_in(table.people["coordinator"])
    page = client.get(f"/s/{table.process.slug}/invitere/brev/{made.pk}/ark/").content.decode()
    assert page.count('<article class="letter-sheet') == 1
    assert 'class="qr"' not in page
    address = f"/s/{table.process.slug}/invitere/brev/{made.pk}/"
    letter = _begun(table)
    for pk, named in ((made.pk, False), (letter.pk, True)):
        words = client.get(f"/s/{table.process.slug}/invitere/brev/{pk}/").content.decode()
        assert ("fornavnet kommer først, av seg selv" in words) is named, "an announcement greets nobody"
    client.post(address + "kunngjort/", {"where": "på biblioteket", "on": "2026-03-02"})
    assert "på biblioteket" in client.get(address).content.decode()


def test_the_telephone_script_has_the_question_and_takes_the_answer(table: Table) -> None:
    _begun(table)
    (made,) = actions.note(
        actor=table.actor("coordinator"), process_id=table.process.pk, households=[[Name("Zahra", False)]],
        side="citizen", once=uuid4(),
    )  # fmt: skip
    client = signed_in(table.people["coordinator"])
    address = f"/s/{table.process.slug}/invitere/{made.pk}/ring/"
    page = client.get(address).content.decode()
    assert "Hva er en bolig?" in page
    assert "Hjelper det saken min?" in page
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"answer": "later", "hard": "Barnepass"}).status_code == 302
    after = Invitee.objects.unrestricted(TEST).get(pk=made.pk)
    assert after.step == Step.LATER


def test_whoever_rings_a_child_reads_that_an_adult_must_say_yes(table: Table) -> None:
    child, adult = actions.note(
        actor=table.actor("coordinator"), process_id=table.process.pk,
        households=[[Name("Ali", True), Name("Samira", False)]], side="citizen", once=uuid4(),
    )  # fmt: skip
    client = signed_in(table.people["coordinator"])
    for row, told in ((child, True), (adult, False)):
        page = client.get(f"/s/{table.process.slug}/invitere/{row.pk}/ring/").content.decode()
        assert ("Er under 16 år. Barnet må ville det selv" in page) is told
