"""What an operator lays over ours with files: counted, pointed out where it does not fit, refused where it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from langbord.library import content, kinds, own_files

OURS = """\
version: 2
key: beginning
title: {nb: Begynne, nn: Byrje, en: Begin}
lead: {nb: Kort, nn: Kort, en: Short}
points:
  - key: soup
    version: 3
    title: {nb: Suppe, nn: Suppe, en: Soup}
    about: {nb: Vi lager suppe, nn: Vi lagar suppe, en: We make soup}
    why: {nb: Fordi, nn: Fordi, en: Because}
    from: [A]
    how: {nb: Slik, nn: Slik, en: So}
    ask: {nb: Hva?, nn: Kva?, en: What?}
"""


@pytest.fixture
def laid(tmp_path: Path, monkeypatch: Any) -> Iterator[Any]:
    """Our guide is one section with one point; `lay(text)` puts a file of the operator's beside it."""
    root, own = tmp_path / "ours", tmp_path / "data" / "content"
    for folder in (root / "staff" / "guide", own / "staff" / "guide"):
        folder.mkdir(parents=True)
    (root / "staff" / "guide" / "01-beginning.yaml").write_text(OURS, encoding="utf-8")
    monkeypatch.setattr(kinds, "CONTENT", root)
    monkeypatch.setattr(kinds, "_readers", {})
    monkeypatch.setattr(kinds, "_kinds", {"guide": kinds._kinds["guide"]})
    monkeypatch.setattr(own_files, "folder", lambda: own)

    def lay(text: str, name: str = "own.yaml") -> Path:
        path = own / "staff" / "guide" / name
        path.write_text(text, encoding="utf-8")
        kinds.forget()
        return path

    kinds.forget()
    yield lay
    monkeypatch.undo()
    kinds.forget()


def said(identity: str) -> list[str]:
    return [str(m.msg) for m in run_checks(tags=["content"]) if m.id == identity]


def test_without_files_ours_stands(laid: Any) -> None:
    assert [p.key for p in content.points()] == ["soup"]


def test_a_text_is_said_differently(laid: Any) -> None:
    laid(
        "key: beginning\npoints:\n  - key: soup\n    version: 3\n"
        "    about: {nb: Her lager vi lapskaus, nn: Her lagar vi lapskaus, en: We make stew}\n"
    )
    point = content.point("soup")
    assert point is not None
    assert (point.about.nb, point.title.nb, point.version) == ("Her lager vi lapskaus", "Suppe", 3)
    assert said("langbord.W001") == said("langbord.E002") == []


def test_a_missing_language_falls_back_and_is_pointed_out(laid: Any) -> None:
    path = laid("key: beginning\npoints:\n  - key: soup\n    version: 3\n    about: {nb: Lapskaus}\n")
    point = content.point("soup")
    assert point is not None
    assert point.about.spoken("nn") == "Lapskaus"
    assert said("langbord.W001") == [
        f"{path}:5: points › soup › about: Nynorsk is missing: Bokmål stands there instead",
        f"{path}:5: points › soup › about: English is missing: Bokmål stands there instead",
    ]


def test_points_and_sections_of_their_own(laid: Any) -> None:
    laid(
        "key: beginning\npoints:\n  - key: ferry\n    own: true\n    version: 1\n"
        "    title: {nb: Ferja, nn: Ferja, en: The ferry}\n    about: {nb: a, nn: a, en: a}\n"
        "    why: {nb: a, nn: a, en: a}\n    from: [own]\n    how: {nb: a, nn: a, en: a}\n    ask: {nb: a, nn: a, en: a}\n"
    )
    assert [p.key for p in content.points()] == ["soup", "ferry"]
    laid(
        OURS.replace("key: beginning", "key: ours-too\nown: true").replace("key: soup", "key: fish"), "b.yaml"
    )
    assert [s.key for s in content.guide()] == ["beginning", "ours-too"]


def test_what_no_longer_fits_is_pointed_out_and_kept(laid: Any) -> None:
    path = laid(
        "key: beginning\npoints:\n  - key: gone\n    about: {nb: a, nn: a, en: a}\n"
        "  - key: soup\n    version: 1\n    about: {nb: b, nn: b, en: '[[guide:gone]]'}\n"
    )
    other = laid("key: no-such-section\ntitle: {nb: a, nn: a, en: a}\n", "c.yaml")
    assert [p.key for p in content.points()] == ["soup"]
    assert content.points().__next__().about.nb == "b"
    warned = said("langbord.W001")
    assert f"{path}:3: points › gone: there is no «gone» of ours any more: kept, and shown nowhere" in warned
    older = "ours is version 3 now, and this was written against 1"
    assert f"{path}:6: points › soup › version: {older}" in warned
    assert (
        f"{other}:1: key: there is no «no-such-section» of ours any more: kept, and shown nowhere" in warned
    )
    assert any("[[guide:gone]] leads nowhere" in line for line in warned)
    assert said("langbord.E002") == []
    assert path.exists()
    assert other.exists()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "key: beginning\npoints:\n  - key: soup\n    abuot: {nb: a}\n",
            4,
            "points › soup › abuot: is not known here",
        ),
        (
            "key: beginning\npoints:\n  - key: soup\n    about: {nn: a}\n",
            4,
            "points › soup › about: Bokmål is missing",
        ),
        ("key: beginning\npoints:\n  - key: soup\n    from: [Q]\n", 4, "points › soup › from › 1"),
        (
            "key: beginning\npoints:\n  - key: x\n    own: true\n    version: 1\n",
            3,
            "points › x › title: is missing",
        ),
        ("points: []\n", 1, "«key» is missing"),
        ("key: [\n", 2, "not YAML"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(laid: Any, text: str, line: int, words: str) -> None:
    path = laid(text)
    assert any(fault.startswith(f"{path}:{line}: {words}") for fault in said("langbord.E002")), said(
        "langbord.E002"
    )
