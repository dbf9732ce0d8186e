"""The word help over 100,000 words: `python -m bench.words`. Seconds, and how many times a plain `re.findall(r"\\w+")`
over the same text takes. The best of some rounds in one run: what disturbs a measurement only makes it longer."""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from .servers import ROOT

MANY = 100_000
MOST_SECONDS = 1.0
"""Of the processor: on a quiet machine the same as on the clock, and less noisy on a busy one."""
ROUNDS = 5
TESTS = ROOT / "tests" / "words"


def text(language: str = "nb", seed: int = 4) -> str:
    """Letters and everyday sentences in turn, in paragraphs of some six sentences; the same every time."""
    letters = [one["text"] for one in _read("measured.yaml")[language]]
    everyday = _read("everyday.yaml")[language]
    chance, parts, words = random.Random(seed), [], 0
    while words < MANY:
        sentence = chance.choice(letters if len(parts) % 2 else everyday)
        words += len(re.findall(r"\w+", sentence))
        parts.append(sentence + ("\n\n" if chance.random() < 0.16 else " "))
    return "".join(parts)


def _read(name: str) -> Any:
    return yaml.safe_load(Path(TESTS / name).read_text(encoding="utf-8"))


def _best(work: Callable[[], object]) -> tuple[float, float]:
    """Least time on the wall and least time of the processor, in seconds."""
    spent = []
    for _round in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        spent.append((time.perf_counter() - wall, time.process_time() - processor))
    return min(wall for wall, _p in spent), min(processor for _w, processor in spent)


def measure() -> dict[str, Any]:
    from langbord.words.advice import advise

    letter = text()
    advise(letter[:2000], "nb")  # the words are read and compiled once a process
    plain, plain_processor = _best(lambda: re.findall(r"\w+", letter))
    seconds, processor = _best(lambda: advise(letter, "nb"))
    return {
        "words": len(re.findall(r"\w+", letter)),
        "advice": len(advise(letter, "nb")),
        "seconds": round(seconds, 3),
        "cpu_seconds": round(processor, 3),
        "times_findall": round(processor / plain_processor, 1),
        "findall_seconds": round(plain, 4),
    }


def table(figures: dict[str, Any]) -> list[str]:
    slow = f"  falls short: over {MOST_SECONDS:g} s" if figures["cpu_seconds"] > MOST_SECONDS else ""
    return [
        f"word help: {figures['words']} words in {figures['seconds']} s ({figures['cpu_seconds']} s of processor time), "
        f"{figures['advice']} pieces of advice; {figures['times_findall']} times a plain findall "
        f"({figures['findall_seconds']} s){slow}"
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(measure())) + "\n")
