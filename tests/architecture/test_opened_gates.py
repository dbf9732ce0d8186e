"""The gate is opened for all rows only where the allow-list says, for the reason it says, and as often."""

from __future__ import annotations

import ast
import re
from collections import Counter

from tests.architecture import (
    gates_firstmeeting,
    gates_guides,
    gates_inviting,
    gates_learning,
    gates_library,
    gates_words,
    opened_gates,
)
from tests.architecture.test_gate_holes import SRC, sources

AREAS = (gates_firstmeeting, gates_guides, gates_inviting, gates_learning, gates_library, gates_words)
ALLOWED = opened_gates.ALLOWED | {file: why for area in AREAS for file, why in area.ALLOWED.items()}

LOADS_RELATED = {
    "rooms/actions.py": 1,  # one's own copies, with the room they went to
    "rooms/readers.py": 1,  # everyone can see who can read what they made
    "rooms/seating.py": 3,  # hosts with where they work, for the group's yes
    "web/desk/forms.py": 1,  # units with their organisation: signs on doors
}
for _area in AREAS:
    LOADS_RELATED |= _area.LOADS_RELATED
"""Calls of select_related outside querysets.py, which could carry rows past a gate. Counted."""

OWN_SQL = {
    "operate/inside.py": 2,
    "operate/rows.py": 4,
    "operate/tables.py": 2,
    "operate/taking.py": 1,
    "vault/census.py": 1,
    "vault/keys.py": 1,
    "vault/residue.py": 1,
    "vault/startup.py": 1,
    "web/health.py": 1,
}
"""Cursors: none of them shows a gated row (is the database there, is it safe, a pragma; a backup copies whole tables with their ciphertext, and `vault/census.py` opens texts and gives only counts)."""

AROUND = {"raw", "extra", "executemany", "get_queryset", "RawSQL"}
"""Ways around a closed manager. Not one of them is called."""


def _reason(node: ast.expr, constants: dict[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.Name), "the reason must be plain text"
    return constants[node.id]


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def opened() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for name, tree in sources():
        counted: Counter[str] = Counter()
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "unrestricted"
            ):
                assert node.args, f"{name}:{node.lineno} gives no reason"
                counted[_reason(node.args[0], _constants(tree))] += 1
        if counted:
            found[name] = dict(counted)
    return found


def test_all_rows_are_opened_only_where_it_was_thought_about() -> None:
    found = opened()
    new = {
        f"{name}: {reason!r} × {count}"
        for name, reasons in found.items()
        for reason, count in reasons.items()
        if ALLOWED.get(name, {}).get(reason) != count
    }
    gone = {
        f"{name}: {reason!r}"
        for name, reasons in ALLOWED.items()
        for reason in reasons
        if reason not in found.get(name, {})
    }
    assert not new, (
        "opens a gate, and is not counted so in tests/architecture/opened_gates.py (or gates_<app>.py). Can it go through "
        "visible_to(actor) instead?\n" + "\n".join(sorted(new))
    )
    assert not gone, "no longer there:\n" + "\n".join(sorted(gone))


def test_no_view_and_no_form_opens_a_gate() -> None:
    """What a page shows comes through `visible_to`. The first-run page asks only whether anybody is there."""
    pages = {name for name in opened() if re.search(r"(views|forms|panel|shown|lines|reading)", name)}
    assert not pages


def _calls(name: str) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                counted[path] += 1
    return dict(counted)


def test_related_rows_are_loaded_only_by_querysets() -> None:
    outside = {p: n for p, n in _calls("select_related").items() if not p.endswith("querysets.py")}
    assert outside == LOADS_RELATED, "put it in a method of the app's querysets.py, or count it above"
    assert _calls("prefetch_related") == {}


def test_nothing_goes_around_the_managers() -> None:
    assert Counter(_calls("cursor")) + Counter(_calls("chunked_cursor")) == OWN_SQL
    for name in AROUND:
        assert _calls(name) == {}, name
    for path, tree in sources():
        used = {getattr(node, "attr", None) or getattr(node, "id", None) for node in ast.walk(tree)}
        assert not used & {"_base_manager", "RawSQL"}, path


def test_words_are_never_searched_or_ordered_in_sql() -> None:
    """Sealed columns hold noise: a look-up on one would find nothing, and tempt somebody to store them in the clear."""
    from django.apps import apps

    from langbord.vault.fields import SealedTextField

    names = {f.name for m in apps.get_models() for f in m._meta.fields if isinstance(f, SealedTextField)}
    pattern = re.compile(
        r"^({})__(icontains|contains|startswith|istartswith|iexact|regex|in|gt|lt)$".format("|".join(names))
    )
    found = [
        f"{path}:{node.value.lineno} {node.arg}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg and pattern.match(node.arg)
    ]
    assert not found, "\n".join(found)
    assert (SRC / "access" / "gate.py").exists()
