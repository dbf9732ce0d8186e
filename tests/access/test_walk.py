"""The walk: every address × method × member of the cast, against the oracle kept by hand, with the door closed and open.

Allowed: the page comes, and shows the planted word. Denied: the same 404 as for what does not exist, and nothing is
written. On no page of the walk, allowed or denied, does anybody meet a word that is not theirs to read. A GET writes
nothing, and takes at most twelve queries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection

from tests.access import oracle_routes as oracle
from tests.access.requests import address, form_for, kwargs_for, missing, names_in
from tests.access.walker import Answer, Walker, patterns, rolled_back
from tests.access.world import World, first_door_open

METHODS = ("GET", "POST")
MOST_QUERIES = 12
SIGN_IN = "/inn/"

SECOND_DATABASE = connection.vendor == "postgresql"
"""There, with the door open, only those posts are walked again that the door makes a difference to; all pages are."""

OTHER_PROCESS = {"b", *(room for room in oracle.ROOMS if room.startswith("b-"))}

Nowhere = set[tuple[str, str]]
"""The pages (body without tokens and address, names of headers) for what does not exist."""


@dataclass
class Found:
    """What the walk found wrong, and how far it came."""

    faults: dict[str, list[str]] = field(default_factory=dict)
    cells: int = 0
    allowed: int = 0
    unexpected_allows: int = 0

    def say(self, name: str, what: str) -> None:
        self.faults.setdefault(what, []).append(name)

    @property
    def wrong(self) -> list[str]:
        return [f"{what} ({', '.join(names)})" for what, names in sorted(self.faults.items())]


@dataclass
class Cell:
    """One address with one method for one thing it can name."""

    route: str
    method: str
    variant: str
    row: oracle.Row
    path: str
    nowhere: str
    data: dict[str, str]

    @property
    def label(self) -> str:
        return f"{self.method} {self.route} [{self.variant}]"


def cells(world: World) -> Iterator[Cell]:
    known = patterns()
    for route, methods in oracle.ROUTES.items():
        if route not in known:
            continue
        pattern = known[route][1]
        for method, rows in methods.items():
            for variant, row in rows.items():
                kwargs = kwargs_for(world, pattern, variant)
                yield Cell(
                    route,
                    method,
                    variant,
                    row,
                    address(route, kwargs),
                    address(route, missing(kwargs)) if kwargs and variant != "token" else "",
                    form_for(world, route, variant) if method == "POST" else {},
                )


def test_the_oracle_has_a_row_for_every_address_and_method() -> None:
    declared = {name: set(pattern.callback.declared) for name, (_text, pattern) in patterns().items()}
    written = {name: set(methods) for name, methods in oracle.ROUTES.items()}
    new = {name: sorted(methods) for name, methods in declared.items() if written.get(name) != methods}
    gone = {name: sorted(methods) for name, methods in written.items() if declared.get(name) != methods}
    assert not new, f"Write who may come, per method, in tests/access/oracle_<area>.py (ROUTES): {new}"
    assert not gone, f"In the oracle, and not so in any urls.py: {gone}"


def test_the_oracle_imports_nothing_of_the_product() -> None:
    for path in Path(oracle.__file__).parent.glob("oracle_*.py"):
        assert "langbord" not in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("opened", [False, True], ids=["door closed", "door open"])
def test_everybody_meets_exactly_what_the_oracle_says(world: World, opened: bool) -> None:
    found = Found()
    with rolled_back():
        if opened:
            with first_door_open(world):
                _walk(world, opened, found)
        else:
            _walk(world, opened, found)
    total = found.cells
    print(
        f"\nroute × method × thing × person: {total} cells tested of {total}, {found.allowed} let in, "
        f"{found.unexpected_allows} unexpected allows ({'door open' if opened else 'door closed'})"
    )
    assert not found.wrong, f"{len(found.wrong)} wrong:\n" + "\n".join(found.wrong[:80])


def _walk(world: World, opened: bool, found: Found) -> None:
    walker = Walker(world)
    nothing: dict[tuple[str, ...], Nowhere] = {}
    for cell in cells(world):
        if opened and cell.variant.partition(":")[0] in OTHER_PROCESS:
            continue  # things of the other process, where no door was opened
        if opened and SECOND_DATABASE and cell.method == "POST" and cell.row.closed == cell.row.opened:
            continue  # walked with the door open on SQLite, and here with the door closed
        allowed = cell.row.opened if opened else cell.row.closed
        if not allowed and not cell.row.opened and not cell.row.never:
            found.say(
                "everybody",
                f"{cell.label}: a denial counts only if somebody is let in, or with a reason (never=…)",
            )
        for name in world.table.cast:
            found.cells += 1
            answer = _ask(walker, cell, name)
            _sweep(world, cell, name, answer, opened, found)
            if answer.fault:
                found.say(name, f"{cell.label}: {answer.fault[:300]}")
            elif name in allowed:
                found.allowed += 1
                _check_allowed(world, cell, name, answer, found)
            elif name in cell.row.again and answer.status == 422:
                if answer.seen.written:
                    found.say(
                        name, f"{cell.label}: given back, and still wrote to {sorted(answer.seen.written)}"
                    )
            else:
                _check_denied(walker, cell, name, answer, nothing, found)


def _ask(walker: Walker, cell: Cell, name: str) -> Answer:
    if cell.method == "GET":
        return walker.ask(name, "GET", cell.path)
    with rolled_back():
        return walker.ask(name, "POST", cell.path, cell.data, follow=True)


def _sweep(world: World, cell: Cell, name: str, answer: Answer, opened: bool, found: Found) -> None:
    """Nobody meets a word that is not theirs."""
    for scope, what in world.found_in(answer.told):
        if name not in oracle.readers_of(scope, opened):
            found.say(name, f"LEAK {cell.label}: {scope} ({what})")


def _check_allowed(world: World, cell: Cell, name: str, answer: Answer, found: Found) -> None:
    expected = cell.row.status or ({200} if cell.method == "GET" else {302, 303})
    if answer.status not in expected:
        found.say(name, f"{cell.label}: {answer.status}, not {sorted(expected)} {answer.location}")
        return
    if cell.row.shows and cell.row.shows not in world.found_in(answer.body):
        found.say(name, f"{cell.label}: does not show {cell.row.shows}")
    if cell.method == "GET":
        if answer.seen.written:
            found.say(name, f"{cell.label}: a GET wrote to {sorted(answer.seen.written)}")
        if answer.seen.count > MOST_QUERIES:
            found.say(name, f"{cell.label}: {answer.seen.count} queries")


def _check_denied(
    walker: Walker,
    cell: Cell,
    name: str,
    answer: Answer,
    nothing: dict[tuple[str, ...], Nowhere],
    found: Found,
) -> None:
    if answer.seen.written:
        found.say(name, f"{cell.label}: refused, and still wrote to {sorted(answer.seen.written)}")
    if name == "anonymous" and answer.status == 302 and answer.location.startswith(SIGN_IN):
        return
    if answer.status != 404 or (name == "anonymous" and not cell.row.never):
        found.unexpected_allows += answer.status < 400
        found.say(name, f"{cell.label}: {answer.status} {answer.location}, not the 404")
        return
    # What somebody meets who asks for what does not exist: always asked for the first person of each address, and for
    # the others when theirs differs from all they have met before.
    seen = nothing.setdefault((name,), set())
    asked = nothing.setdefault(("asked", cell.route, cell.method), set())
    mine = (answer.plain(cell.path), _comparable(answer))
    if cell.nowhere and (not asked or mine not in seen):
        blank = Cell(cell.route, cell.method, "nothing", cell.row, cell.nowhere, "", cell.data)
        reference = _ask(walker, blank, name)
        asked.add(("", name))
        if reference.status != 404:
            found.say(name, f"{cell.label}: what does not exist gives {reference.status}")
        seen.add((reference.plain(cell.nowhere), _comparable(reference)))
    if seen and mine not in seen:
        found.say(name, f"{cell.label}: this 404 tells it from what does not exist")


def _comparable(answer: Answer) -> str:
    """The names of the headers."""
    return " ".join(sorted({line.partition(":")[0] for line in answer.headers.splitlines() if ":" in line}))


def test_a_method_that_is_not_declared_answers_405(world: World) -> None:
    walker = Walker(world, ["coordinator"])
    wrong = []
    for name, (_text, pattern) in patterns().items():
        rows = next(iter(oracle.ROUTES.get(name, {}).values()), {"none": None})
        kwargs = kwargs_for(world, pattern, next(iter(rows)))
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            if method in pattern.callback.declared:
                continue
            answer = walker.ask("coordinator", method, address(name, kwargs))
            if answer.status != 405:
                wrong.append(f"{method} {name}: {answer.status}")
    assert not wrong, wrong


def test_head_behaves_like_get(world: World) -> None:
    """The same status and no body, for one who is let in and one who is not."""
    walker = Walker(world)
    wrong = []
    for cell in cells(world):
        if cell.method != "GET":
            continue
        outside = next((name for name in sorted(oracle.SIGNED_IN) if name not in cell.row.closed), None)
        for name in (*sorted(cell.row.closed)[:1], outside):
            if name is None:
                continue
            got, head = walker.ask(name, "GET", cell.path), walker.ask(name, "HEAD", cell.path)
            if got.status != head.status or head.body or head.seen.written:
                wrong.append(f"{name}: {cell.label}: GET {got.status}, HEAD {head.status}")
    assert not wrong, wrong


def test_a_thing_of_another_process_is_not_found_under_this_one(world: World) -> None:
    """The address of one's own process with the id of another's thing: nobody gets anything."""
    walker = Walker(world)
    found = Found()
    known = patterns()
    for cell in cells(world):
        names = names_in(known[cell.route][1])
        if "process" not in names or set(names) <= {"process", "point"}:
            continue  # a point of the guide is the same in every process
        kwargs = kwargs_for(world, known[cell.route][1], cell.variant)
        own, other = world.table.process.slug, world.table.other.slug
        kwargs["process"] = other if kwargs["process"] == own else own
        crossed = Cell(
            cell.route,
            cell.method,
            f"{cell.variant} crossed",
            cell.row,
            address(cell.route, kwargs),
            "",
            cell.data,
        )
        for name in sorted(
            {*cell.row.closed, *cell.row.opened, "coordinator", "coordinator-other-process"} & oracle.SEATED
        ):
            found.cells += 1
            answer = _ask(walker, crossed, name)
            _sweep(world, crossed, name, answer, False, found)
            if answer.status != 404 or answer.seen.written:
                found.say(
                    name, f"{crossed.label}: {answer.status} {answer.fault} {answer.seen.written or ''}"
                )
    assert found.cells > 0
    assert not found.wrong, "\n".join(found.wrong[:60])
