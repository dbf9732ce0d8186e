"""The forms of words that docs/glossary.md settles, where a machine can see them: the other form stands nowhere."""

from __future__ import annotations

import re

import pytest

from .texts import as_read, texts

BOKMAL_IN_NYNORSK = (
    "bare ble dem dere deres fra gjøre hun hva hvem hver hverandre hvis hvor hvordan hvorfor ikke jeg mye "
    "noe noen også penger sammen selv siden spørre uke uten være"
)
OTHER = {
    "nn": rf"\b(?:{'|'.join(BOKMAL_IN_NYNORSK.split())}|einige?|timelønn|lovt)\b",
    "en": r"\b(?:some|any|every)body\b(?!-)|\binto use\b",
}
RELEASED = "content/consent/"
"""Texts that people have answered stay as they were."""


def found(text: str, language: str) -> list[str]:
    return [match.group() for match in re.finditer(OTHER[language], as_read(text), re.IGNORECASE)]


@pytest.mark.parametrize("language", list(OTHER))
def test_the_agreed_form_stands_everywhere(language: str) -> None:
    wrong = [
        f"{', '.join(words)}: «{text.other}» ({', '.join(text.files)})"
        for text in texts(language)
        if not all(name.startswith(RELEASED) for name in text.files)
        and (words := found(text.other, language))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Då kan også du svare", "nn"),
        ("Det er ikke gjort", "nn"),
        ("De er einige", "nn"),
        ("Ask somebody", "en"),
    ],
)
def test_the_other_form_is_noticed(text: str, language: str) -> None:
    assert found(text, language)
