"""Every screen text is there in every language, and the right one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from langbord.web.management import catalogues
from langbord.words import split

from .texts import as_read, texts

REASONS = yaml.safe_load((Path(__file__).parent / "identical.yaml").read_text(encoding="utf-8"))["identical"]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_text_is_missing_unused_unsure_or_broken(language: str) -> None:
    found = catalogues.problems(language)
    assert not found, f"{len(found)} to mend:\n" + "\n".join(str(problem) for problem in found[:40])


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_catalogue_file_is_as_the_tool_writes_it(language: str, tmp_path: Path) -> None:
    source = catalogues.collect(language=language)
    catalogues.write(catalogues.update(source, catalogues.read(language)), tmp_path)
    written = catalogues.po_path(language, tmp_path).read_text(encoding="utf-8")
    assert catalogues.po_path(language).read_text(encoding="utf-8") == written, (
        "run: langbord messages extract"
    )


def test_a_text_that_is_the_same_in_both_norwegians_has_a_reason() -> None:
    same = {t.bokmal for t in texts("nn") if t.other == t.bokmal and len(split.words(as_read(t.bokmal))) > 4}
    listed = {entry["text"] for entry in REASONS}
    assert same == listed, (
        f"no reason given: {sorted(same - listed)}; not the same any more: {sorted(listed - same)}"
    )


def test_every_reason_says_something() -> None:
    assert all(set(entry) == {"text", "reason"} and entry["reason"].strip() for entry in REASONS)
    assert len({entry["text"] for entry in REASONS}) == len(REASONS)
