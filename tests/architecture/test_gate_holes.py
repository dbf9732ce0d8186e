"""The holes around the gate, closed by reading the source: spanning look-ups, opened gates, forgotten models."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.contrib.auth import get_user_model

from langbord.access.gate import ClosedQuerySet, GatedModel

SRC = Path(__file__).resolve().parents[2] / "src" / "langbord"

NOT_GATED = {
    "base.Event": "the log: who did what on which id, never content; read by operators only",
    "people.Organisation": "a sign on a door",
    "people.Unit": "a sign on a door",
    "people.Throttle": "counts tries to sign in under keyed digests; names nobody",
    "processes.Gone": "what went when its time was over: kind, how many, which process; names nobody",
    "library.OwnText": "what an organisation says in the open library, for everybody; who wrote it is in the log",
    "library.Copy": "texts of the open library as they were; on nobody",
    "library.Pin": "which of those texts a process began with; on nobody",
    "operate.Canary": "a known text that backups carry, so that a drill can look for it; on nobody",
    "consent.Controller": "how an office's data-protection officer is reached: a sign on a door",
    "consent.NoticeText": "our own texts, as they were shown; by their hash",
    "consent.UsedPurposes": "which questions a process asks: nothing about anybody",
    "vault.DataKey": "in a database of its own, knows no domain",
    "vault.KeyCheck": "in a database of its own, knows no domain",
}
"""Models that are not behind the gate, each with its reason. More are added by hand, with a thought."""

SPANS = re.compile(
    r"^(piece|pieces|room|rooms|person|memberships?|seats?|author|process|decision|decisions|gathering|case)__(?!in$|isnull$|exact$|pk$|id$)"
)


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SRC.rglob("*.py")):
        relative = path.relative_to(SRC).as_posix()
        if "/migrations/" not in relative:
            yield relative, ast.parse(path.read_text(encoding="utf-8"))


def test_no_spanning_look_ups_outside_querysets() -> None:
    found = []
    for name, tree in sources():
        if name.endswith("querysets.py") or name == "rooms/standing.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg and SPANS.match(node.arg):
                found.append(f"{name}:{node.value.lineno} {node.arg}")
    allowed = {line for line in found if line.split(":")[0] in {"rooms/seating.py", "rooms/readers.py"}}
    assert not set(found) - allowed, "\n".join(sorted(set(found) - allowed))


def test_every_model_is_gated_or_listed_with_a_reason() -> None:
    listed = set(NOT_GATED)
    for model in apps.get_models():
        label = model._meta.label
        if not model.__module__.startswith("langbord."):
            continue
        closed = isinstance(model._default_manager.all(), ClosedQuerySet) and isinstance(
            model._base_manager.all(), ClosedQuerySet
        )
        if model is get_user_model() or issubclass(model, GatedModel):
            assert closed, f"{label} says it is gated, and its managers are open"
            assert label not in listed
        else:
            assert label in listed, f"{label} is neither gated nor listed with a reason"


def test_opening_all_gates_is_rare() -> None:
    """`open_for` opens everything inside its block: only for objects already held."""
    uses = Counter(
        name
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "open_for"
    )
    assert uses == {"access/gate.py": 2, "people/models.py": 2}


def test_no_template_reaches_for_a_queryset() -> None:
    """Templates get lists, never managers."""
    pattern = re.compile(r"\.objects\b|_set\.all|\.(pieces|seats|memberships|rooms|wishes|decisions)\.all")
    found = [
        f"{path.relative_to(SRC)}"
        for path in (SRC / "templates").rglob("*.html")
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert not found
