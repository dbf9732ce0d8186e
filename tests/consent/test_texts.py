"""The texts: all languages, easy to read, hashed as they are shown, never changed without a new version."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core import checks
from django.urls import reverse

from langbord.base.errors import NotNow
from langbord.consent import asking, texts
from langbord.consent.enums import Purpose
from langbord.consent.models import ConsentEvent
from langbord.words.lix import lix
from tests.cast import TEST, Table
from tests.consent import helpers as h
from tests.signin import signed_in

RELEASED = Path(__file__).parent / "released.yaml"
"""The hash of every text that was ever shown to anybody, by purpose, version and language. Only added to."""


def all_notices() -> list[texts.Notice]:
    return [n for p in Purpose.values for code in texts.LANGUAGES if (n := texts.notice(p, code)) is not None]


def test_all_texts_are_there_in_three_languages() -> None:
    assert texts.missing() == []
    assert len(all_notices()) == len(Purpose) * 3


@pytest.mark.parametrize("notice", all_notices(), ids=lambda n: f"{n.purpose}-{n.language}")
def test_a_text_is_not_changed_without_a_new_version(notice: texts.Notice) -> None:
    released: dict[str, Any] = yaml.safe_load(RELEASED.read_text(encoding="utf-8"))
    known = released.get(notice.purpose, {}).get(notice.version, {}).get(notice.language)
    assert known == notice.sha256, (
        f"The text «{notice.purpose}» ({notice.language}) is not the one that was released as {notice.version}. Give it a "
        "new version (a new number before the full stop if the substance changed: then all who said yes are asked "
        f"again), and add to tests/consent/released.yaml:\n  {notice.language}: {notice.sha256}"
    )


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_texts_are_easy(language: str) -> None:
    for notice in all_notices():
        if notice.language == language:
            assert lix("\n\n".join(notice.parts[2:])) < 30, notice.purpose
            assert all(len(part.split()) < 45 for part in notice.parts), notice.purpose


def test_every_text_says_that_no_costs_nothing_and_how_to_take_it_back() -> None:
    for notice in all_notices():
        if notice.language == "nb":
            assert notice.named["if_no"].startswith("Sier du nei, "), notice.purpose
            assert "når" in notice.named["back"], notice.purpose
            assert notice.named["question"].endswith("?"), notice.purpose


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_is_hashed_is_what_is_shown(table: Table, language: str) -> None:
    """The page has every part of the text, whole and in order, in an element of that language; and nothing between."""
    client = signed_in(table.people["citizen"])
    client.post(reverse("set-language"), {"language": language})
    for purpose in (Purpose.RESEARCH, Purpose.TAKING_PART):
        page = client.get(reverse("consent-ask", args=[table.process.pk, purpose])).text
        notice = texts.notice(purpose, language)
        assert notice is not None
        start = page.index(f'<div class="consent-text" id="samtykketekst" lang="{language}">')
        shown = page[start : page.index("</div>", start)]
        lines = [html.unescape(_bare(line)) for line in shown.splitlines()[1:] if line.strip()]
        assert "\n\n".join(lines) == notice.text
        assert texts.sha256("\n\n".join(lines)) == notice.sha256
        assert f'name="shown" value="{notice.sha256}"' in page


def _bare(line: str) -> str:
    return line[line.index(">") + 1 : line.rindex("<")]


# -- a text without translation


@pytest.fixture
def no_nynorsk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The text on photos has lost one part in Nynorsk, and so the whole of it."""
    yield from _changed(tmp_path, monkeypatch, lambda raw: raw["how_long"].pop("nn"))


def _changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any, purpose: str = "photo") -> Any:
    (tmp_path / "texts").mkdir(parents=True)
    for path in [texts.FOLDER / "purposes.yaml", *sorted((texts.FOLDER / "texts").glob("*.yaml"))]:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem == purpose:
            change(raw)
        target = tmp_path / path.relative_to(texts.FOLDER)
        target.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    texts.forget()
    yield
    monkeypatch.undo()
    texts.forget()


def test_no_text_in_my_language(table: Table, no_nynorsk: None) -> None:
    """A clear message; nothing in another language as if it were mine; nothing asked; nothing lost."""
    amina, process = table.people["citizen"], table.process
    h.say_yes(amina, Purpose.PHOTO, process, language="nb")
    client = signed_in(amina)
    client.post(reverse("set-language"), {"language": "nn"})
    address = reverse("consent-ask", args=[process.pk, Purpose.PHOTO])
    page = client.get(address)
    bokmal = texts.notice(Purpose.PHOTO, "nb")
    assert bokmal is not None
    assert page.status_code == 200
    assert bokmal.named["what"] not in page.text
    assert 'name="answer"' not in page.text
    assert "consent-back" in page.text or "ta-tilbake" in page.text, "what was said can still be taken back"
    read = client.get(f"{address}?les=nb")
    assert bokmal.named["what"] in read.text
    assert '<div class="consent-text" lang="nb">' in read.text
    assert 'name="answer"' not in read.text
    with pytest.raises(NotNow):
        h.say_no(amina, Purpose.PHOTO, process, language="nn")
    posted = client.post(address, {"once": "6f5b7d0e-0000-4000-8000-000000000001", "answer": "no"})
    assert posted.status_code == 422
    assert h.says_yes(amina, Purpose.PHOTO, process), "the yes in Bokmål stands"
    assert ConsentEvent.objects.unrestricted(TEST).filter(record__person=amina).count() == 1


def test_it_is_not_among_what_waits(table: Table, no_nynorsk: None) -> None:
    client = signed_in(table.people["citizen"])
    client.post(reverse("set-language"), {"language": "nn"})
    page = client.get(reverse("consents")).text
    assert reverse("consent-ask", args=[table.process.pk, Purpose.RESEARCH]) in page
    from langbord.consent import shown

    found = shown.parts(table.actor("citizen"))
    assert Purpose.PHOTO in [line.purpose for line in found[0].lines]


def test_the_check_tells_without_a_warning(no_nynorsk: None) -> None:
    told = checks.run_checks(tags=["consent"])
    assert [(m.id, m.level < checks.WARNING) for m in told] == [("consent.I001", True)]
    assert "photo" in told[0].msg
    assert "nn" in told[0].msg


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw.update(version="to"), "version"),
        (lambda raw: raw["what"].pop("nb"), "Bokmål (nb) is missing"),
        (lambda raw: raw.pop("if_no"), "if_no"),
    ],
)
def test_a_broken_text_is_named_and_nothing_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any, words: str
) -> None:
    for _ in _changed(tmp_path, monkeypatch, change):
        told = checks.run_checks(tags=["consent"])
        assert told
        assert all(m.level >= checks.ERROR for m in told)
        assert "photo.yaml" in told[0].msg
        assert words in told[0].msg


# -- a text that changes


def test_a_change_of_substance_asks_again_and_a_small_one_does_not(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina, bjarne, process = table.people["citizen"], table.people["citizen-2"], table.process
    h.say_yes(amina, Purpose.PHOTO, process)
    h.say_no(bjarne, Purpose.PHOTO, process)

    def small(raw: Any) -> None:
        raw["version"] = "1.1"
        raw["what"]["nb"] += " Slik er det."

    for _ in _changed(tmp_path / "a", monkeypatch, small):
        assert h.says_yes(amina, Purpose.PHOTO, process)

    def substance(raw: Any) -> None:
        raw["version"] = "2.0"
        raw["who"]["nb"] = "Alle som leser avisa, ser bildene."

    for _ in _changed(tmp_path / "b", monkeypatch, substance):
        assert not h.says_yes(amina, Purpose.PHOTO, process)
        assert asking.who_says_yes(Purpose.PHOTO, process.pk) == frozenset()
        assert asking.state(amina.pk, Purpose.PHOTO, process.pk).standing == "ask_again"
        assert asking.state(bjarne.pk, Purpose.PHOTO, process.pk).standing == "no", "a no is left in peace"
        page = signed_in(amina).get(reverse("consents")).text
        assert "Vi spør deg på nytt" in page
        again = h.say_yes(amina, Purpose.PHOTO, process)
        assert (again.kind, again.notice_version) == ("confirmed", "2.0")
        assert h.says_yes(amina, Purpose.PHOTO, process)
