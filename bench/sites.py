"""What is measured beside each other: the control, the example, and the large folder, each with a server of its own.

All servers run through the whole measurement, and their requests take turns in small blocks. What else the machine does,
and how warm it is, then meets all of them alike: with one after another a ratio between two sizes is mostly weather.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .servers import ROOT, Server, running
from .visitor import Visitor

ROUNDS = 15
CONTROL_TIMES = 6
"""The control answers so fast that it needs more requests for the processor's clock to show anything."""


@dataclass
class Site:
    """A server, its data folder, and who has signed in there."""

    name: str
    server: Server
    environment: dict[str, str]
    people: dict[str, Any] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def visitor(self, who: str) -> Visitor:
        """Somebody signed in; a link signs in once, so the visitor is kept."""
        if who not in self.visitors:
            self.visitors[who] = Visitor(self.server.port)
            if self.people:
                self.visitors[who].sign_in(self.people[who]["url"])
        return self.visitors[who]

    def path(self, who: str, path: str) -> str:
        """The address in this folder: the process is another in each, and so is the room."""
        if path == "{peer}":
            return self.visitor(who).ask("GET", "/gruppa/").location
        return path.replace("{process}", f"/s/{self.people[who]['process']}") if self.people else path


@dataclass
class Measured:
    """All requests of one page at one site; `medians` has one figure a round."""

    spent: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def p50(self) -> float:
        return statistics.median(self.spent)

    @property
    def p95(self) -> float:
        return sorted(self.spent)[int(len(self.spent) * 0.95) - 1]

    @property
    def rps(self) -> float:
        return len(self.spent) / sum(self.spent)

    @property
    def cpu_each(self) -> float:
        return self.cpu / len(self.spent)

    def add(self, site: Site, visitor: Visitor, path: str, count: int) -> None:
        before = site.server.cpu_seconds()
        spent = visitor.times(path, count)
        self.cpu += site.server.cpu_seconds() - before
        self.spent += spent
        self.medians.append(statistics.median(spent))


def growth(large: Measured, small: Measured) -> float:
    """Large over small, round by round, and the middle of these: both met the same weather."""
    return statistics.median(big / little for big, little in zip(large.medians, small.medians, strict=True))


def measure(control: Site, sites: list[Site], who: str, path: str, requests: int) -> dict[str, Measured]:
    """`requests` of one page at each site and `CONTROL_TIMES` as many of the control, in turns. By the site's name."""
    each = max(2, requests // ROUNDS)
    turns = [(site, site.visitor(who), site.path(who, path), each) for site in sites]
    turns.append((control, control.visitor(""), "/", each * CONTROL_TIMES))
    for _site, visitor, address, _count in turns:
        visitor.times(address, 10)
    found = {site.name: Measured() for site in [*sites, control]}
    for number in range(ROUNDS):
        for site, visitor, address, count in turns if number % 2 else reversed(turns):
            found[site.name].add(site, visitor, address, count)
    return found


@contextmanager
def site(name: str, folder: Path) -> Iterator[Site]:
    """A folder of this size made and served. `name` is "control", "example" or "large"."""
    if name == "control":
        with running("bench.control:application", "/") as server:
            yield Site(name, server, {})
        return
    environment = {"LANGBORD_DATA": str(folder / name), "NO_BROWSER": "1"}
    _make(environment, name)
    with running("langbord.config.wsgi:application", "/readyz", environment) as server:
        told = python(
            {**environment, "LANGBORD_PUBLIC_URL": server.address}, "-m", "langbord", "personas", "--json"
        )
        yield Site(name, server, environment, {person["key"]: person for person in json.loads(told)})


def python(environment: dict[str, str], *words: str) -> str:
    """Run Python with the settings of a folder; what it printed. Raises when it failed."""
    env = {**os.environ, **environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def _make(environment: dict[str, str], size: str) -> None:
    Path(environment["LANGBORD_DATA"]).mkdir(parents=True)
    python(environment, "-m", "langbord", "example", "create")
    if size == "large":
        python(environment, "-m", "bench.fill")
