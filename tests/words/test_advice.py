from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from langbord.words import hints
from langbord.words.advice import LONG_SENTENCE, VERY_LONG_WORD, Kind, advise


def found(text: str, language: str = "nb") -> list[tuple[Kind, str]]:
    return [(one.kind, one.text) for one in advise(text, language)]


def test_a_plain_text_gets_no_advice() -> None:
    assert advise("Vi møtes i kjøkkenet klokka fem. Det er varm suppe.", "nb") == []


@pytest.mark.parametrize(
    ("text", "word", "say"),
    [
        ("Vi kartlegger behovene.", "kartlegger", "finne ut"),
        ("BRUKEREN kommer.", "BRUKEREN", "innbygger"),
        ("Hver  bruker kommer.", "Hver  bruker", "innbygger"),
        ("Dette tiltaket er nytt.", "tiltaket", "tilbud"),
        ("Vi implementerte det.", "implementerte", "ta i bruk"),
        ("Vi fasiliterer møtet.", "fasiliterer", "legge til rette"),
        ("Det står i\nhenhold til loven.", "i\nhenhold til", "etter"),
        ("Det vises til brevet.", "Det vises til", "vi svarer på"),
        ("NAV fattet vedtak i dag.", "fattet vedtak", "bestemme"),
    ],
)
def test_an_office_word_and_what_to_say_instead(text: str, word: str, say: str) -> None:
    (one,) = advise(text, "nb")
    assert (one.kind, one.text) == (Kind.OFFICE_WORD, word)
    assert say in one.instead
    assert text[one.start : one.end] == word


def test_to_use_something_is_no_office_word() -> None:
    assert advise("Vi bruker kjøkkenet, og barna bruker hagen.", "nb") == []


def test_a_word_inside_another_is_left_alone() -> None:
    assert advise("Samtalen om e-samt og oversamt.", "nb") == []


def test_nynorsk_has_its_own_words() -> None:
    assert found("Vi kartlegg brukarane.", "nn") == [
        (Kind.OFFICE_WORD, "kartlegg"),
        (Kind.OFFICE_WORD, "brukarane"),
    ]
    assert advise("Brukeren.", "nn") == []


def test_english_has_its_own_words() -> None:
    assert found("We utilise it prior to the visit.", "en") == [
        (Kind.OFFICE_WORD, "utilise"),
        (Kind.OFFICE_WORD, "prior to"),
    ]


def test_a_language_without_words_gets_sentences_only() -> None:
    assert found("Kartlegge. " + "word " * (LONG_SENTENCE + 1), "se") == [
        (Kind.LONG_SENTENCE, ("word " * (LONG_SENTENCE + 1)).strip())
    ]
    assert advise("Kartlegge.", "../nb") == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Vi hjelper sosialklienter.", Kind.LABEL, "sosialklienter"),
        ("Det er for de svake.", Kind.LABEL, "de svake"),
        ("Ta med kopp, evt. glass.", Kind.ABBREVIATION, "evt."),
        ("Vi snakker ift. saken.", Kind.ABBREVIATION, "ift."),
        ("Det vil bli vurdert.", Kind.PASSIVE, "bli vurdert"),
        ("Søknaden ble ikke behandlet.", Kind.PASSIVE, "ble ikke behandlet"),
        ("Skjemaet må sendes i dag.", Kind.PASSIVE, "må sendes"),
        ("Saken vurderes i dag.", Kind.PASSIVE, "vurderes"),
        ("Rommet har stor kapasitet.", Kind.RARE, "kapasitet"),
    ],
)
def test_other_things_to_look_at(text: str, kind: Kind, words: str) -> None:
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    ("text", "kind", "figure"),
    [
        ("Forståelsen av tryggheten og opplevelsen av hjelp.", Kind.NOUNS, 3),
        ("Penger til mat for barn i hus på bygda ved elva.", Kind.PREPOSITIONS, 5),
    ],
)
def test_what_weighs_in_a_sentence(text: str, kind: Kind, figure: int) -> None:
    (one,) = advise(text, "nb")
    assert (one.kind, one.figure, one.text) == (kind, figure, text)
    assert advise(f"«{text}»", "nb") == []


def test_a_comma_parts_prepositions() -> None:
    assert advise("Penger til mat for barn, i hus, på bygda ved elva.", "nb") == []


@pytest.mark.parametrize("quote", ["«{}»", "“{}”", '"{}"'])
def test_quotations_are_left_alone(quote: str) -> None:
    assert advise("Hun sa: " + quote.format("Jeg blir kartlagt ift. tiltak."), "nb") == []


def test_long_sentence_begins_after_the_limit() -> None:
    assert found("og " * LONG_SENTENCE) == []
    assert [kind for kind, _ in found("og " * (LONG_SENTENCE + 1))] == [Kind.LONG_SENTENCE]


def test_long_word_once_and_not_addresses() -> None:
    word = "a" * VERY_LONG_WORD
    assert found(f"{word} og {word.upper()}") == [(Kind.LONG_WORD, word)]
    assert found("a" * (VERY_LONG_WORD - 1)) == []
    assert found("kari.nordmann@eksempelkommune.no og en-to-tre-fire-fem-seks") == []


def test_heavy_paragraph_is_named_once() -> None:
    heavy = "Kommunens medarbeidere gjennomfører planlagte samtaler vedvarende. " * 4
    light = "Vi ses i dag. " * 8
    (one,) = [one for one in advise(f"{light}\n\n{heavy}", "nb") if one.kind is Kind.HEAVY]
    assert one.text == heavy.strip()
    assert one.figure > 40


def test_somebodys_own_words_are_never_corrected() -> None:
    text = (
        "Hun sa: «Jeg er lei av å være bruker av tiltak og kartlegging, "
        + "og " * 30
        + "samt boligsosialtøkonomisk alt.»"
    )
    assert advise(text, "nb") == []


@pytest.mark.parametrize(("language", "many"), [("nb", 150), ("nn", 150), ("en", 60)])
def test_the_word_file(language: str, many: int) -> None:
    known = hints.hints(language)
    assert len(known) >= many
    assert {hint.kind for hint in known} == hints.KINDS
    for hint in known:
        for form in (hint.word, *hint.forms):
            place = form.rstrip("*")
            assert [h.word for _, _, h in hints.find(f"x, {place}, y", language)] == [hint.word], form
        for say in hint.instead:
            assert not re.search(rf"\b(?:{hint.pattern})(?!\w)", say), (
                f"{hint.word}: says the same word again"
            )
            assert not hints.find(say, language), f"{hint.word}: says another office word instead: {say}"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_inflections_are_found(language: str) -> None:
    words = {
        "nb": "kartla|kartlegger|kartleggingen|brukernes|vedtakene|iverksatt|utfordringene|videreføring|avslått",
        "nn": "kartlegg|kartlegginga|brukarane|vedtaka|iverksett|utfordringane|vidareføring|avslått|ansvarsgruppa",
    }[language]
    for word in words.split("|"):
        assert hints.find(f"Vi {word} her.", language), word


def test_everyday_sentences_get_no_advice_on_a_word() -> None:
    everyday = yaml.safe_load((Path(__file__).with_name("everyday.yaml")).read_text(encoding="utf-8"))
    assert len(everyday["nb"]) >= 200
    for language, sentences in everyday.items():
        for sentence in sentences:
            assert found(sentence, language) == [], sentence


@pytest.mark.parametrize(
    "content",
    [
        None,
        {"words": "x"},
        {"words": ["x"]},
        {"words": [{"word": "a"}]},
        {"words": [{"word": "a", "instead": [False]}]},
        {"words": [{"word": "a", "instead": ["b"], "typo": 1}]},
        {"words": [{"word": "a", "instead": ["b"], "kind": "insult"}]},
        {"words": [{"word": "a", "instead": ["b"]}, {"word": "c", "forms": ["A"], "instead": ["b"]}]},
    ],
)
def test_a_broken_word_file_says_so(content: object) -> None:
    with pytest.raises(hints.BrokenWords):
        hints.parse(content)


@given(st.text(max_size=120), st.sampled_from(["nb", "nn", "en"]))
def test_places_are_right_in_any_text(text: str, language: str) -> None:
    for one in advise(text, language):
        assert text[one.start : one.end] == one.text


def test_letters_that_become_two_keep_their_places() -> None:
    (one,) = advise("İİİ og kartlegging", "nb")
    assert one.text == "kartlegging"
