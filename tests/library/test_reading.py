"""Content that is broken is refused, with its file, its line and its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.utils import translation

from langbord.library import checks, content, kinds
from langbord.library.content import Section, Sheet
from langbord.library.reading import BrokenContent, Texts, read_file, read_folder

GOOD = """\
version: 1
key: a-section
title: {nb: Tittel, nn: Tittel, en: Title}
lead: {nb: Kort, nn: Kort, en: Short}
points:
  - key: a-point
    version: 1
    title: {nb: Punkt, nn: Punkt, en: Point}
    about: {nb: Om, nn: Om, en: About}
    why: {nb: Hvorfor, nn: Kvifor, en: Why}
    from: [R, own]
    how:
      nb: >-
        Først dette.

        Så dette.
      nn: |
        Først dette.

        Så dette.
      en: First this.
    ask: {nb: Hva?, nn: Kva?, en: What?}
"""


def written(folder: Path, text: str, name: str = "01-a.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    section = read_file(written(tmp_path, GOOD), Section)
    found = section.points[0]
    assert (found.key, found.sources, found.may_skip, found.needed_for) == (
        "a-point",
        ("R", "own"),
        True,
        None,
    )
    assert found.how.nb == found.how.nn == "Først dette.\n\nSå dette."
    with translation.override("nn"):
        assert str(found.why) == "Kvifor"
    with translation.override("en"):
        assert str(found.why) == "Why"
    with translation.override("nb"):
        assert str(found.why) == "Hvorfor"


def test_where_a_language_is_missing_bokmal_is_spoken() -> None:
    with translation.override("nn"):
        assert str(Texts.model_validate({"nb": "Hei"}, context={"complete": False})) == "Hei"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("nn: Kvifor, ", "", 10, "points › a-point › why: Nynorsk is missing"),
        ("nn: Kvifor", "nn: ' '", 10, "points › a-point › why: Nynorsk is missing"),
        ("nn: Kvifor", "nn: no", 10, "points › a-point › why: Nynorsk is not a text: put it in quotes"),
        ("en: Why", "en: Why, se: Manne", 10, "points › a-point › why: unknown language «se»"),
        ("{nb: Om, nn: Om, en: About}", "Om", 9, "points › a-point › about: one text for each language"),
        ("    ask:", "    aks:", 6, "points › a-point › ask: is missing"),
        ("    ask:", "    aks:", 22, "points › a-point › aks: is not known here"),
        ("from: [R, own]", "from: [R, Z]", 11, "points › a-point › from › 2: Input should be 'A', 'R', 'T'"),
        ("from: [R, own]", "from: []", 11, "points › a-point › from:"),
        ("key: a-point", "key: Et punkt", 6, "points › Et punkt › key:"),
        ("    version: 1", '    version: "1"', 7, "points › a-point › version:"),
        ("    from: [R, own]", "    own: true\n    from: [R]", 6, "points › a-point: «own» is for what"),
        ("lead: {", "title: {", 4, "«title» stands twice"),
        ("points:\n", "points:\n  -\n", 6, "points › 1:"),
        ("title: {nb", "title: [nb", 3, "not YAML"),
    ],
)
def test_broken_content_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(BrokenContent) as caught:
        read_file(path, Section)
    assert any(str(f).startswith(f"{path}:{line}: {said}") for f in caught.value.faults), str(caught.value)


def test_keys_stand_once(tmp_path: Path) -> None:
    again = GOOD[GOOD.index("  - key") :]
    path = written(tmp_path, GOOD + again)
    with pytest.raises(BrokenContent, match=f"{path.name}:23: points › a-point: this key stands twice"):
        read_file(path, Section)


def test_all_files_of_a_folder_are_judged_at_once(tmp_path: Path) -> None:
    written(tmp_path, "", "01-empty.yaml")
    written(tmp_path, GOOD.replace("nn: Kvifor, ", ""), "02-missing.yaml")
    with pytest.raises(BrokenContent) as caught:
        read_folder(tmp_path, Section)
    assert [f.place.rsplit("/", 1)[1] for f in caught.value.faults] == ["01-empty.yaml", "02-missing.yaml"]


def test_the_same_key_in_two_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "01-a.yaml")
    written(tmp_path, GOOD, "02-b.yaml")
    with pytest.raises(BrokenContent, match=r"02-b.yaml:1: key: «a-section» is already in 01-a.yaml"):
        read_folder(tmp_path, Section)


def test_a_dead_link_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("nb: Om,", '"nb": "Se [[guide:nowhere-at-all]]",'))
    section = read_file(path, Section)
    (fault,) = kinds.link_faults(path, section)
    assert str(fault) == (
        f"{path}:9: points › a-point › about: [[guide:nowhere-at-all]] leads nowhere: "
        "there is no guide «nowhere-at-all»"
    )
    wrong = written(tmp_path, GOOD.replace("nb: Om,", '"nb": "Se [[nowhere]] og [[book:x]]",'))
    assert len(kinds.link_faults(wrong, read_file(wrong, Section))) == 2


def test_a_link_is_said_with_the_title_of_what_it_leads_to(monkeypatch: Any) -> None:
    title = Texts(nb="Først", nn="Fyrst", en="First")
    monkeypatch.setattr(kinds, "_targets", lambda name: {"x": title} if name == "guide" else {})
    text = Texts(nb="Les [[guide:x]] og [[guide:x|det]].", nn="Les [[guide:x]].", en="Read [[guide:x]].")
    with translation.override("nn"):
        assert str(text) == "Les Fyrst."
    with translation.override("nb"):
        assert str(text) == "Les Først og det."


def test_our_own_content_holds() -> None:
    assert [str(fault) for fault in kinds.all_faults()] == []


def test_the_check_at_start_up_shows_what_is_broken(tmp_path: Path, monkeypatch: Any) -> None:
    folder = tmp_path / "staff" / "guide"
    folder.mkdir(parents=True)
    written(folder, GOOD.replace("nn: Kvifor, ", ""))
    monkeypatch.setattr(kinds, "CONTENT", tmp_path)
    monkeypatch.setattr(kinds, "_readers", {})
    monkeypatch.setattr(kinds, "_kinds", {"guide": kinds._kinds["guide"]})
    kinds.forget()
    try:
        found = [m for m in run_checks(tags=["content"]) if m.id == "langbord.E001"]
        assert len(found) == 1
        assert found[0].msg.endswith("01-a.yaml:10: points › a-point › why: Nynorsk is missing")
    finally:
        monkeypatch.undo()
        kinds.forget()
    assert checks.all_content_holds(None) == []


def test_a_sheet_is_called_what_its_key_is(tmp_path: Path) -> None:
    sheet = "version: 1\nkey: soup\ntitle: {nb: a, nn: a, en: a}\nlead: {nb: a, nn: a, en: a}\nfrom: [A]\nparts:\n"
    written(tmp_path, sheet + "  - {key: a, title: {nb: a, nn: a, en: a}}\n", "food.yaml")
    with pytest.raises(BrokenContent, match=r"«soup» must be called soup\.yaml"):
        read_folder(tmp_path, Sheet, named=True)


def test_templates_are_offered_in_their_order() -> None:
    keys = [template.key for template in content.templates()]
    assert keys[0] == "likemenn-forst"
    assert keys[-1] == "blank"
