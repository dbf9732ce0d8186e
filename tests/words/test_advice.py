from __future__ import annotations

import re

import pytest
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
        ("Ta med kopp, evt. glass.", "evt.", "kanskje"),
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


def test_a_language_without_words_gets_sentences_only() -> None:
    assert found("Kartlegge. " + "word " * (LONG_SENTENCE + 1), "en") == [
        (Kind.LONG_SENTENCE, ("word " * (LONG_SENTENCE + 1)).strip())
    ]
    assert advise("Kartlegge.", "../nb") == []


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


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_word_file(language: str) -> None:
    known = hints.hints(language)
    assert len(known) >= 60
    for hint in known:
        for form in (hint.word, *hint.forms):
            place = form.rstrip("*")
            assert [h.word for _, _, h in hints.find(f"x, {place}, y", language)] == [hint.word], form
        for say in hint.instead:
            assert not re.search(rf"\b(?:{hint.pattern})(?!\w)", say), (
                f"{hint.word}: says the same word again"
            )


@pytest.mark.parametrize(
    "content",
    [
        None,
        {"words": "x"},
        {"words": ["x"]},
        {"words": [{"word": "a"}]},
        {"words": [{"word": "a", "instead": [False]}]},
        {"words": [{"word": "a", "instead": ["b"], "typo": 1}]},
        {"words": [{"word": "a", "instead": ["b"]}, {"word": "c", "forms": ["A"], "instead": ["b"]}]},
    ],
)
def test_a_broken_word_file_says_so(content: object) -> None:
    with pytest.raises(hints.BrokenWords):
        hints.parse(content)


@given(st.text(max_size=120))
def test_places_are_right_in_any_text(text: str) -> None:
    for one in advise(text, "nb"):
        assert text[one.start : one.end] == one.text
