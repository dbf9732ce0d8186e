"""Content as data: three languages in every text, and as easy to read as it has to be, file by file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from langbord.library import content
from langbord.library.reading import read_source
from langbord.words import split
from langbord.words.lix import EASY, ENOUGH_WORDS, HEAVY, lix

from .texts import CONTENT, STAFF_FOLDERS, _maps, as_read

FOLDERS = ("letters", "sheets", "staff", "telephone", "templates", "sources.yaml")
"""What this part of the product is made of; the rest is told where it is missing by its own readers."""


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(CONTENT.rglob("*.yaml")):
        name = path.relative_to(CONTENT).as_posix()
        if name.startswith(FOLDERS):
            for entry in _maps(read_source(path).data):
                yield name, entry


def paragraphs(language: str, *, staff: bool) -> dict[tuple[str, str], float]:
    found = {}
    for name, entry in entries():
        if bool(STAFF_FOLDERS & set(name.split("/"))) is staff:
            for part in split.paragraphs(as_read(str(entry[language]))):
                if len(part.words) >= ENOUGH_WORDS:
                    found[name, part.text] = lix(part.text)
    return found


def test_every_text_is_there_in_three_languages() -> None:
    missing = [
        f"{name}: {entry.get('nb')!r} lacks {language}"
        for name, entry in entries()
        for language in ("nb", "nn", "en")
        if not str(entry.get(language) or "").strip()
    ]
    assert not missing, "\n".join(missing)


def test_no_translation_is_the_bokmal_left_standing() -> None:
    """A long English text that is the same as the Bokmål was never translated."""
    same = [
        f"{name}: {entry['nb']}"
        for name, entry in entries()
        if entry["nb"] == entry["en"] and len(str(entry["nb"]).split()) > 3
    ]
    assert not same, "\n".join(same)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_staff_meet_no_paragraph_of_forty_or_more(language: str) -> None:
    figures = paragraphs(language, staff=True)
    heavy = sorted(((figure, *at) for at, figure in figures.items() if figure >= HEAVY), reverse=True)
    assert figures, "nothing to measure"
    assert not heavy, "\n".join(f"{figure:.1f} {name}: {text}" for figure, name, text in heavy)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_citizens_meet_easy_texts(language: str) -> None:
    figures = paragraphs(language, staff=False)
    assert figures, "nothing to measure"
    assert sum(figures.values()) / len(figures) < EASY
    heavy = sorted(((figure, *at) for at, figure in figures.items() if figure > HEAVY), reverse=True)
    assert not heavy, "\n".join(f"{figure:.1f} {name}: {text}" for figure, name, text in heavy)


RUN, OFTEN = 6, 5
"""Words in a row that no two points share; and how many points may begin what happened in the same vague way."""


def test_no_two_points_of_the_guide_tell_the_same_in_the_same_words() -> None:
    """Somebody who reads from end to end meets something new in each point."""
    told: dict[str, set[str]] = defaultdict(set)
    for section in content.guide():
        for point in section.points:
            for text in (point.about, point.why, point.how):
                words = re.findall(r"\w+", text.spoken("nb").lower())
                for at in range(len(words) - RUN + 1):
                    told[" ".join(words[at : at + RUN])].add(point.key)
    twice = {run: sorted(keys) for run, keys in told.items() if len(keys) > 1}
    assert not twice, "\n".join(f"{keys}: {run}" for run, keys in twice.items())


@pytest.mark.parametrize(
    "vague", ["et annet prosjekt", "ett prosjekt", "et annet sted", "ett sted", "en ressursgruppe"]
)
def test_what_happened_is_not_told_in_one_pattern(vague: str) -> None:
    """Who and where, as far as the texts tell, and not «in another project» over and over."""
    whys = [point.why.spoken("nb").lower() for section in content.guide() for point in section.points]
    assert sum(bool(re.search(rf"\b{vague}\b", why)) for why in whys) <= OFTEN
