"""The advice held against what a careful reader would say: `python -m tests.words.measuring` prints it all."""

from __future__ import annotations

import pytest

from langbord.words.advice import Kind
from tests.words import measuring

AT_LEAST = {
    "nb": {Kind.OFFICE_WORD: 0.9, Kind.LABEL: 0.9, Kind.ABBREVIATION: 1.0, Kind.PASSIVE: 0.75},
    "nn": {Kind.OFFICE_WORD: 0.9, Kind.LABEL: 0.9, Kind.ABBREVIATION: 1.0, Kind.PASSIVE: 0.75},
}
"""Both precision and recall of a kind. The rest is too little to hold one by one, and counts in the sum."""


def test_there_is_enough_to_measure() -> None:
    known = measuring.sentences()
    assert len(known["nb"]) >= 40
    assert len(known["nn"]) >= 15
    kinds = {kind for some in known.values() for one in some for kind, _words in one["expect"]}
    assert kinds <= set(Kind)
    assert sum(not one["expect"] for one in known["nb"]) >= 5, "plain sentences, too"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_hits_misses_and_false_alarms(language: str) -> None:
    tallies = measuring.measure(language)
    whole = measuring.total(tallies)
    assert whole.precision >= 0.93, whole.false
    assert whole.recall >= 0.9, whole.missed
    for kind, least in AT_LEAST[language].items():
        assert tallies[kind].precision >= least, (kind, tallies[kind].false)
        assert tallies[kind].recall >= least, (kind, tallies[kind].missed)


def test_the_report_names_every_miss() -> None:
    lines = "\n".join(measuring.report())
    for language in ("nb", "nn"):
        for tally in measuring.measure(language).values():
            for one in (*tally.missed, *tally.false):
                assert one in lines
