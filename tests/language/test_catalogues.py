"""The tool that collects, compiles and checks texts, on a small source of its own."""

from __future__ import annotations

import gettext
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation.trans_real import DjangoTranslation

from langbord.web.management import catalogues
from langbord.web.management.catalogues import BrokenSource, Problem, answers_of

PAGE = """{% extends "x.html" %}{% load i18n %}
      {% translate "Hei" %}
  <p title="{{ x|default:_('Ingen') }}">{% blocktranslate trimmed with name=n %}
     Du heter
     {{ name }}
  {% endblocktranslate %}</p>
{% translate "Mai" context "måned" %} it's "100 % {unbalanced
{% blocktranslate trimmed count n=list|length %}
{{ n }} plass
{% plural %}
{{ n }} plasser
{% endblocktranslate %}
{# Translators: a knife #}
{% translate "Kniv" %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Hei")
B = _("Dette er "
      "delt.")
C = ngettext("%(n)d dag", "%(n)d dager", 2)
D = pgettext("måned", "Mai")
E = _("100 % sikker")
F = _(A)
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "desk").mkdir(parents=True)
    (tmp_path / "templates" / "desk" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "code.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "app" / "migrations").mkdir()
    (tmp_path / "app" / "migrations" / "0001.py").write_text('_("never")', encoding="utf-8")
    (tmp_path / "app" / "page.html").write_text('{% translate "not a template" %}', encoding="utf-8")
    return tmp_path


@pytest.fixture
def locale(package: Path) -> Path:
    return package / "locale"


def po(locale: Path, language: str = "nn") -> Path:
    return catalogues.po_path(language, locale)


def translate(locale: Path, answers: dict[str, str | tuple[str, str]], *, flag: str = "") -> None:
    """Do what a translator does, in the file."""
    catalogue = catalogues.read("nn", locale)
    for message in catalogue:
        if message.id:
            first = catalogues.texts_of(message)[0]
            message.string = answers.get(first, message.string)
            if flag and first in answers:
                message.flags.add(flag)
    source = catalogues.collect(locale.parent, "nn")
    catalogues.write(catalogues.update(source, catalogue), locale)


ALL: dict[str, str | tuple[str, str]] = {
    "Hei": "Hei",
    "Dette er delt.": "Dette er delt.",
    "%(n)d dag": ("éin dag", "%(n)d dagar"),
    "Mai": "Mai",
    "100 % sikker": "100 % sikker",
    "Ingen": "Ingen",
    "Du heter %(name)s": "Du heiter %(name)s",
    "%(n)s plass": ("%(n)s plass", "%(n)s plassar"),
    "Kniv": "Kniv",
}


def test_everything_is_found_once(package: Path) -> None:
    catalogue = catalogues.collect(package)
    assert [m.id for m in catalogue if m.id] == [
        "Hei",
        "Dette er delt.",
        ("%(n)d dag", "%(n)d dager"),
        "Mai",
        "100 % sikker",
        "Ingen",
        "Du heter %(name)s",
        ("%(n)s plass", "%(n)s plasser"),
        "Kniv",
    ]
    assert catalogue.get("Mai", "måned").context == "måned"
    assert [name for name, _ in catalogue.get("Hei").locations] == ["app/code.py", "templates/desk/page.html"]
    assert not catalogue.get("100 % sikker").flags
    assert "python-format" in catalogue.get("Du heter %(name)s").flags


def test_the_file_says_nothing_of_machine_or_hour(package: Path, locale: Path) -> None:
    assert catalogues.extract(package, locale) == {"nn": True, "en": True}
    content = po(locale).read_text(encoding="utf-8")
    assert str(package) not in content
    assert "Date" not in content
    assert "#: app/code.py templates/desk/page.html\n" in content
    assert 'msgid_plural "%(n)d dager"\nmsgstr[0] ""\nmsgstr[1] ""\n' in content


def test_a_second_run_changes_nothing(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    before = po(locale).read_bytes()
    assert catalogues.extract(package, locale) == {"nn": False, "en": False}
    assert po(locale).read_bytes() == before


def test_translations_are_kept_and_come_back_with_their_text(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    code = package / "app" / "code.py"
    code.write_text(CODE.replace('"delt."', '"noe nytt."'), encoding="utf-8")
    catalogues.extract(package, locale)
    assert [p.text for p in catalogues.problems("nn", package, locale)] == ["Dette er noe nytt."]
    assert '#~ msgid "Dette er delt."' in po(locale).read_text(encoding="utf-8")

    code.write_text(CODE, encoding="utf-8")
    catalogues.extract(package, locale)
    assert catalogues.problems("nn", package, locale) == []
    assert "#~" not in po(locale).read_text(encoding="utf-8")


def test_tidy_forgets_what_is_gone(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    (package / "app" / "code.py").write_text("", encoding="utf-8")
    catalogues.extract(package, locale, tidy=True)
    assert "delt" not in po(locale).read_text(encoding="utf-8")


def test_a_remark_of_the_translator_is_kept(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    file = po(locale)
    file.write_text(
        file.read_text("utf-8").replace("#. Translators: a knife", "# a remark\n#. Translators: a knife"),
        "utf-8",
    )
    catalogues.extract(package, locale)
    assert "# a remark" in file.read_text("utf-8")


def test_a_text_that_becomes_plural_is_unsure(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    code = package / "app" / "code.py"
    code.write_text(
        CODE.replace('_("100 % sikker")', 'ngettext("100 % sikker", "alle", 2)'), encoding="utf-8"
    )
    catalogues.extract(package, locale)
    assert [p.kind for p in catalogues.problems("nn", package, locale)] == ["fuzzy"]
    assert answers_of(catalogues.read("nn", locale).get("100 % sikker")) == ["100 % sikker"] * 2


def test_a_form_for_many_that_changes_is_unsure_until_somebody_has_looked(
    package: Path, locale: Path
) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    code = package / "app" / "code.py"
    code.write_text(CODE.replace("%(n)d dager", "%(n)d dager til"), encoding="utf-8")
    unsure = [("fuzzy", "%(n)d dag")]
    assert [(p.kind, p.text) for p in catalogues.problems("nn", package, locale)] == unsure

    catalogues.extract(package, locale)
    assert [(p.kind, p.text) for p in catalogues.problems("nn", package, locale)] == unsure
    assert catalogues.read("nn", locale).get("%(n)d dag").string == ("éin dag", "%(n)d dagar")


def test_one_form_for_one_with_two_forms_for_many_is_listed(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    code = package / "app" / "code.py"
    code.write_text(CODE + 'G = ngettext("%(n)d dag", "%(n)d dager igjen", 2)\n', encoding="utf-8")
    assert [(p.kind, p.text) for p in catalogues.problems("nn", package, locale)] == [("source", "%(n)d dag")]


@pytest.mark.parametrize(
    ("text", "answer", "kind"),
    [
        ("Hei", "", "missing"),
        ("Du heter %(name)s", "Du heiter %(namn)s", "broken"),
        ("Du heter %(name)s", "Du heiter", "broken"),
        ("Du heter %(name)s", "Du heiter %(name)s, 100 % av tida", "broken"),
        ("Du heter %(name)s", "Du heiter %(name)", "broken"),
        ("%(n)s plass", ("", "%(n)s plassar"), "missing"),
        ("%(n)s plass", ("ein plass", "mange plassar"), "broken"),
        ("%(n)s plass", ("%(x)s plass", "%(n)s plassar"), "broken"),
        ("Hei", "Hei <b>du</b>", "broken"),
        ("Hei", "Hei {name}", "broken"),
        ("Hei", " Hei", "broken"),
    ],
)
def test_what_is_wrong_is_listed(
    package: Path, locale: Path, text: str, answer: str | tuple[str, str], kind: str
) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    assert catalogues.problems("nn", package, locale) == []
    translate(locale, {text: answer})
    assert [(p.kind, p.text) for p in catalogues.problems("nn", package, locale)] == [(kind, text)]


def test_fuzzy_and_unused_are_listed(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL)
    translate(locale, {"Hei": "Hallo"}, flag="fuzzy")
    with po(locale).open("a", encoding="utf-8") as file:
        file.write('\nmsgid "Gammelt"\nmsgstr "Gammalt"\n')
    found = catalogues.problems("nn", package, locale)
    assert {(p.kind, p.text) for p in found} == {("fuzzy", "Hei"), ("unused", "Gammelt")}


@pytest.mark.parametrize("text", ["Hei %s", " Hei", "Hei {}", "Hei %(name)s, 100 % av tida"])
def test_a_text_that_nobody_can_translate_well_is_listed(package: Path, locale: Path, text: str) -> None:
    (package / "app" / "code.py").write_text(f'_("{text}")', encoding="utf-8")
    assert "source" in {p.kind for p in catalogues.problems("nn", package, locale)}


def test_a_file_that_cannot_be_read_is_named(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    before = po(locale).read_bytes()
    (package / "app" / "code.py").write_text('_("Hei"', encoding="utf-8")
    with pytest.raises(BrokenSource, match=r"app/code\.py"):
        catalogues.extract(package, locale)
    assert po(locale).read_bytes() == before


def test_borrowed_texts_of_libraries(package: Path, locale: Path) -> None:
    locale.mkdir()
    (locale / "borrowed.yaml").write_text("nn: [Incorrect code.]", encoding="utf-8")
    assert catalogues.collect(package, "nn").get("Incorrect code.")
    assert catalogues.collect(package, "en").get("Incorrect code.") is None


def test_compiled_texts_read_by_gettext(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, {**ALL, "Hei": "Hallo", "Kniv": ""})
    assert len(catalogues.compile_all(locale)) == 2
    with po(locale).with_suffix(".mo").open("rb") as file:
        made = gettext.GNUTranslations(file)
    assert made.gettext("Hei") == "Hallo"
    assert made.gettext("Kniv") == "Kniv"
    assert made.pgettext("måned", "Mai") == "Mai"
    assert made.ngettext("%(n)d dag", "%(n)d dager", 1) == "éin dag"
    assert made.ngettext("%(n)d dag", "%(n)d dager", 0) == "%(n)d dagar"


def test_compiled_texts_read_by_django(package: Path, locale: Path, settings: Any) -> None:
    catalogues.extract(package, locale)
    translate(locale, {**ALL, "Hei": "Hallo", "%(n)s plass": ("ein plass", "%(n)s plassar"), "Kniv": ""})
    catalogues.compile_all(locale)
    settings.LOCALE_PATHS = [locale]
    nynorsk = DjangoTranslation("nn")
    assert nynorsk.gettext("Hei") == "Hallo"
    assert nynorsk.gettext("Kniv") == "Kniv"
    assert [nynorsk.ngettext("%(n)s plass", "%(n)s plasser", n) for n in (0, 1, 2)] == [
        "%(n)s plassar",
        "ein plass",
        "%(n)s plassar",
    ]


def test_only_what_changed_is_compiled(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    assert len(catalogues.compile_all(locale)) == 2
    assert catalogues.compile_all(locale) == []
    os.utime(po(locale), (1, 1))  # an older file came back, as after a checkout
    assert catalogues.compile_all(locale) == [po(locale).with_suffix(".mo")]
    assert len(catalogues.compile_all(locale, force=True)) == 2
    assert not list(locale.rglob("*.po?*"))


def test_an_unsure_translation_is_not_shown(package: Path, locale: Path) -> None:
    catalogues.extract(package, locale)
    translate(locale, ALL | {"Hei": "Hallo"}, flag="fuzzy")
    catalogues.compile_all(locale)
    with po(locale).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hei") == "Hei"


def test_check_ends_with_an_error_and_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        catalogues, "problems", lambda language: [Problem(language, "missing", "Hei", "a.html")]
    )
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("messages", "check", stdout=out)
    assert stop.value.code == 1
    assert "nn: missing: «Hei» (a.html)\nen: missing: «Hei» (a.html)\n2 to mend." in out.getvalue()

    monkeypatch.setattr(catalogues, "problems", lambda language: [])
    call_command("messages", "check", stdout=out)
    assert "All texts are there" in out.getvalue()


def test_the_command_names_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_options: object) -> None:
        raise BrokenSource("a.py: line 1")

    monkeypatch.setattr(catalogues, "extract", broken)
    with pytest.raises(CommandError, match=r"a\.py"):
        call_command("messages", "extract")
