"""The voice: a host who speaks plainly. What must not stand on a screen."""

from __future__ import annotations

import re

import pytest

from .texts import as_read, texts

PEOPLE = {
    "nb": r"\bbruker(?:e|en|ens|ne|nes|es|s)\b",
    "nn": r"\bbrukar(?:ar|en|ens|ane|anes|ars|s)\b",
}
NOUN = re.compile(
    r"\b(?:hver|en|ny|denne|hvilken|for|av|til|fra|kvar|ein|kva for ein) bruk[ea]r\b|\bSom bruk[ea]r\b|"
    r"(?<!\bdu )(?<!\bvi )(?<!\bde )(?<!\bdei )(?<!\bdere )(?<!\bjeg )(?<!\beg )\b[Bb]ruk[ea]r(?=\s*(?:[.,:;?!)»]|$))"
)
"""«Vi bruker kjøkkenet» is a verb and fine; «for hver bruker» is a person and is not."""

ALWAYS = re.compile(
    r"\bvennligst\b|\bver venleg|\bvennlegst|\bvær vennlig|\bfeil oppst[oå]|\b(?:en|ein|det) feil (?:har )?oppst[oå]|"
    r"\bdet oppst[oå]d? en feil|\bder oppstod",
    re.IGNORECASE,
)


def faults(text: str, language: str) -> list[str]:
    """What in a text is not our voice."""
    plain = as_read(text)
    found = [match.group() for match in ALWAYS.finditer(plain)]
    if language in PEOPLE:
        found += [match.group() for match in re.finditer(PEOPLE[language], plain, re.IGNORECASE)]
        found += [match.group() for match in NOUN.finditer(plain)]
    return found + ["!"] * ("!" in plain)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_voice(language: str) -> None:
    wrong = [
        f"{', '.join(found)}: «{words}» ({', '.join(dict.fromkeys(text.files))})"
        for text in texts("nn" if language == "nb" else language)
        for words in [text.bokmal if language == "nb" else text.other]
        if (found := faults(words, language))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hei, bruker", "nb"),
        ("Bruker:", "nb"),
        ("Som bruker kan du", "nb"),
        ("Alle brukere kan lese", "nb"),
        ("Kort for hver bruker", "nb"),
        ("Vennligst vent", "nb"),
        ("En feil oppstod", "nb"),
        ("Feil oppsto", "nb"),
        ("Velkommen!", "nb"),
        ("Velkomen, %(name)s!", "nn"),
        ("Alle brukarar kan lese", "nn"),
        ("Ver venleg og vent", "nn"),
        ("Welcome!", "en"),
    ],
)
def test_what_is_not_our_voice_is_noticed(text: str, language: str) -> None:
    assert faults(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vi bruker kjøkkenet, og dere som bruker hagen, lukker porten.", "nb"),
        ("Når du ikke bruker telefonen, er den lukket.", "nb"),
        ("Bruker du briller?", "nb"),
        ("Velg språket du bruker.", "nb"),
        ("Vi brukar kjøkenet.", "nn"),
        ("<b>Hei</b>", "nb"),
    ],
)
def test_what_is_fine_is_left_alone(text: str, language: str) -> None:
    assert not faults(text, language)
