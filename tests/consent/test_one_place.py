"""Whether somebody says yes is known in one place. No other app reads the events, and nobody stores the answer."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.apps import apps
from django.db import models

SRC = Path(__file__).resolve().parents[2] / "src" / "langbord"
CLOSED = {"ConsentEvent", "ConsentRecord", "Witness", "Guardianship"}
"""Models of consent that no other app may name."""
OPEN_TO_OTHERS = {
    "asking",
    "actions",
    "hooks",
    "enums",
    "texts",
    "panel",
    "setup",
    "hosting",
    "shown",
    "rules",
    "restored",
}
"""Modules of consent that other apps may import."""
MAY_ERASE = {"consent/removing.py"}
LOOKUPS = re.compile(
    r"consent_records|used_purposes__off|notice_sha256|guardianships__|ConsentEvent|ConsentRecord"
)


def sources() -> list[tuple[str, ast.Module, str]]:
    found = []
    for path in sorted(SRC.rglob("*.py")):
        name = path.relative_to(SRC).as_posix()
        if "/migrations/" not in name:
            text = path.read_text(encoding="utf-8")
            found.append((name, ast.parse(text), text))
    return found


def test_no_other_app_reads_the_events() -> None:
    wrong = []
    for name, tree, _text in sources():
        if name.startswith("consent/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("langbord.consent"):
                module = (node.module or "").removeprefix("langbord.consent").strip(".").split(".")[0]
                names = {alias.name for alias in node.names}
                if (
                    names & CLOSED
                    or module == "models"
                    or not ({module} if module else names) <= OPEN_TO_OTHERS
                ):
                    wrong.append(f"{name}:{node.lineno} from {node.module} import {', '.join(sorted(names))}")
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and LOOKUPS.search(node.value):
                wrong.append(f"{name}:{node.lineno} {node.value[:60]!r}")
            if isinstance(node, ast.keyword) and node.arg and LOOKUPS.search(node.arg):
                wrong.append(f"{name}:{node.value.lineno} {node.arg}")
    assert not wrong, "ask consent.asking instead:\n" + "\n".join(wrong)


def test_the_erasing_mark_is_held_in_one_place() -> None:
    users = {
        name
        for name, tree, _text in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "erasing"
    }
    assert users == MAY_ERASE


def test_no_model_stores_an_answer() -> None:
    """A field named after a yes would be a second truth, and an old one."""
    suspicious = re.compile(r"consent|says_yes|allowed_research|may_quote|withdrawn")
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("langbord.") and model._meta.app_label != "consent"
        for field in model._meta.local_concrete_fields
        if suspicious.search(field.name) and not isinstance(field, models.ForeignKey)
    ]
    assert not found


def test_the_detector_sees_what_it_should() -> None:
    tree = ast.parse(
        "from langbord.consent.models import ConsentEvent\nx = {'record__consent_records__id': 1}"
    )
    kinds = {type(node).__name__ for node in ast.walk(tree)}
    assert {"ImportFrom", "Constant"} <= kinds
    assert LOOKUPS.search("person__consent_records__events__kind")
