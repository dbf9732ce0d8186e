"""How good the advice is: `python -m tests.words.measuring` prints hits, misses and false alarms per kind and language."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from langbord.words.advice import WHOLE_SENTENCES, Kind, advise

MEASURED = Path(__file__).with_name("measured.yaml")


@dataclass
class Tally:
    """Of one kind in one language."""

    hits: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + len(self.false)) if self.hits or self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + len(self.missed)) if self.hits or self.missed else 1.0


def sentences() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(MEASURED.read_text(encoding="utf-8"))
    return found


def measure(language: str) -> dict[str, Tally]:
    """Every kind of advice but heavy paragraphs, which are a figure. A hit covers the words that are meant."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for sentence in sentences()[language]:
        text = sentence["text"]
        given = [one for one in advise(text, language) if one.kind is not Kind.HEAVY]
        for kind, words in sentence["expect"]:
            hit = next((one for one in given if one.kind == kind and _same(one, words)), None)
            if hit is None:
                tallies[kind].missed.append(f"{words or '(sentence)'} in: {text}")
            else:
                given.remove(hit)
                tallies[kind].hits += 1
        for one in given:
            tallies[one.kind].false.append(f"{one.text[:40]} in: {text}")
    return dict(tallies)


def _same(one: Any, words: str) -> bool:
    if one.kind in WHOLE_SENTENCES:
        return True
    return words.lower() in one.text.lower() or one.text.lower() in words.lower()


def total(tallies: dict[str, Tally]) -> Tally:
    whole = Tally()
    for tally in tallies.values():
        whole.hits += tally.hits
        whole.missed += tally.missed
        whole.false += tally.false
    return whole


def report() -> list[str]:
    lines = [f"{'':4}{'kind':14}{'hits':>6}{'missed':>8}{'false':>7}{'precision':>11}{'recall':>8}"]
    for language, known in sentences().items():
        tallies = measure(language)
        for kind, tally in [*sorted(tallies.items()), ("all", total(tallies))]:
            lines.append(
                f"{language:4}{kind:14}{tally.hits:6}{len(tally.missed):8}{len(tally.false):7}"
                f"{tally.precision:11.2f}{tally.recall:8.2f}"
            )
        lines.append(f"{language:4}{len(known)} sentences")
        for kind, tally in sorted(tallies.items()):
            lines += [f"    missed {kind}: {one}" for one in tally.missed]
            lines += [f"    false {kind}: {one}" for one in tally.false]
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
