"""What an organisation may say in its own words: which kinds of entries, which texts of them, and what each is called in a form.

A text is named by the keys that lead to it: `title`, `before_title`, `before_both-want_text`. A key has no underscore, so a
name says where its text stands, also after ours has changed. A sheet of their own has the parts `part-1`, `part-2` …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import hooks, kinds, shelves
from .content import SHELVES, Section, Sheet
from .reading import Entry, Keyed, Texts

GUIDE, SHEET, LETTER, WORD = "guide", "sheet", "letter", "word"
PREFIX = {GUIDE: "", SHEET: "ark", LETTER: "brev", WORD: "ord"}
"""How a kind is named in an address, before the key: a sheet and a point may have the same key."""
FIELDS = ("title", "about", "why", "how", "ask")
"""What an organisation may say differently in a point."""
PARTS = 3
"""Parts a new sheet begins with room for."""
EMPTY = Texts.model_construct(nb="", nn="", en="")
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Slot:
    """A text in a form. `rows`: how high; 1 is one line. `group`: the part it belongs to."""

    name: str
    label: Any
    rows: int = 1
    group: str = ""
    hint: Any = ""

    @property
    def called(self) -> str:
        return f"{self.group}: {self.label}" if self.group else str(self.label)


# --- addresses ----------------------------------------------------------------------------------------------------------


def address(kind: str, key: str) -> str:
    return f"{PREFIX[kind]}_{key}" if PREFIX[kind] else key


def named(at: str) -> tuple[str, str]:
    """(kind, key) of an address; ("", "") where there is no such kind."""
    prefix, found, key = at.rpartition("_")
    kind = next((kind for kind, known in PREFIX.items() if known == prefix), "")
    return (kind, key) if kind and bool(found) == bool(prefix) else ("", "")


# --- ours ---------------------------------------------------------------------------------------------------------------


def sayable(sheet: Sheet) -> bool:
    """Not where people set marks or ticks: what they answered would mean something else afterwards."""
    return sheet.key not in hooks.answered_sheets and all(part.marks is None for part in sheet.parts)


def ours(kind: str, key: str) -> Any:
    """The entry as this installation has it, without any organisation's words; None where there is none."""
    if kind == WORD:
        return None
    if kind == LETTER:
        return next((letter for letter in shelves.letters() if letter.key == key), None)
    if kind == SHEET:
        sheets: tuple[Sheet, ...] = kinds.entries("sheet")
        return next((s for s in sheets if s.key == key and sayable(s)), None)
    sections: tuple[Section, ...] = kinds.entries("guide")
    return next((p for s in sections for p in s.points if p.key == key), None)


def places(kind: str) -> dict[str, str]:
    """Where one of their own may stand: key -> title. A letter of their own has no place: who it is for is ours to say."""
    if kind == LETTER:
        return {}
    if kind == WORD:
        return {"words": _("Ordhjelp")}
    if kind == SHEET:
        return {key: str(shelves.SHEETS[key][0]) for key in SHELVES}
    return {section.key: str(section.title) for section in kinds.entries("guide")}


def texts_of(entry: Entry, at: tuple[str, ...] = ()) -> Iterator[tuple[str, Texts]]:
    """Every text that may be said differently, by its name. A part without a text of ours has room for one of theirs."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, Texts):
            yield "_".join((*at, name)), value
        elif name == "text" and value is None:
            yield "_".join((*at, name)), EMPTY
        elif isinstance(value, tuple):
            for each in value:
                if isinstance(each, Keyed):
                    yield from texts_of(each, (*at, each.key))


def laid(entry: E, said: Mapping[str, Texts], at: tuple[str, ...] = ()) -> E:
    """The entry with their texts in it. What has no place there any more is left out."""
    found: dict[str, Any] = {}
    for name in type(entry).model_fields:
        value, whole = getattr(entry, name), "_".join((*at, name))
        if whole in said and (isinstance(value, Texts) or (name == "text" and value is None)):
            found[name] = said[whole]
        elif isinstance(value, tuple) and any(isinstance(each, Keyed) for each in value):
            found[name] = tuple(laid(each, said, (*at, each.key)) for each in value)
    return entry.model_copy(update=found)


# --- what a form asks for -----------------------------------------------------------------------------------------------


def slots(kind: str, entry: Any, said: Mapping[str, Any] | None = None, new: int = 0) -> list[Slot]:
    """The texts of an entry, in their order. Without one of ours, those of their own sheet (`said`), with `new` empty
    parts after them."""
    if kind == GUIDE:
        return _of_point()
    if kind == WORD:
        return _of_word()
    if kind == LETTER:
        return _of_letter(entry)
    if isinstance(entry, Sheet):
        return _of_sheet(entry)
    said = said or {}
    held = part_keys(said)
    last = int(held[-1].removeprefix("part-")) if held else 0
    fresh = [f"part-{last + number}" for number in range(1, new + 1)]
    titles = {key: _spoken(said.get(f"{key}_title")) or _("Uten overskrift") for key in held}
    titles |= {
        key: _("En del til") if held else _("Del %(number)d") % {"number": n}
        for n, key in enumerate(fresh, 1)
    }
    return _head() + [slot for key in (*held, *fresh) for slot in _of_part(key, titles[key])]


def part_keys(said: Mapping[str, Any]) -> list[str]:
    """The parts of a sheet of their own, in their order."""
    found = {name.split("_")[0] for name in said if re.fullmatch(r"part-\d{1,3}_(title|text)", name)}
    return sorted(found, key=lambda key: int(key.removeprefix("part-")))


def _spoken(texts: Any) -> str:
    return str(texts) if isinstance(texts, Texts) else ""


def _of_point() -> list[Slot]:
    return [
        Slot("title", gettext_lazy("Overskrift")),
        Slot("about", gettext_lazy("Hva det handler om"), 5),
        Slot("why", gettext_lazy("Hvorfor"), 5),
        Slot("how", gettext_lazy("Slik kan det gjøres"), 5),
        Slot("ask", gettext_lazy("Et spørsmål å snakke om"), 3),
    ]


def _head() -> list[Slot]:
    return [Slot("title", gettext_lazy("Overskrift")), Slot("lead", gettext_lazy("Kort om arket"), 3)]


def _of_word() -> list[Slot]:
    forms = gettext_lazy("Med komma mellom. En stjerne bak betyr hvilken som helst endelse.")
    best = gettext_lazy("Med komma mellom, det beste først.")
    return [
        Slot("title", gettext_lazy("Ordet")),
        Slot("forms", gettext_lazy("Andre former av ordet"), 2, hint=forms),
        Slot("instead", gettext_lazy("Si heller"), 2, hint=best),
        Slot("why", gettext_lazy("Hvorfor"), 2),
    ]


def _of_letter(letter: Any) -> list[Slot]:
    parts = letter.parts if letter is not None else ()
    return [
        Slot("title", gettext_lazy("Overskrift")),
        Slot("lead", gettext_lazy("Hvem brevet er til"), 3),
        *(
            Slot(f"{part.key}_text", _("Avsnitt %(number)d") % {"number": number}, 4)
            for number, part in enumerate(parts, 1)
        ),
    ]


def _of_part(key: str, group: str) -> list[Slot]:
    return [
        Slot(f"{key}_title", gettext_lazy("Overskrift"), 1, group),
        Slot(f"{key}_text", gettext_lazy("Tekst"), 5, group),
    ]


def _of_sheet(sheet: Sheet) -> list[Slot]:
    found = _head()
    for part in sheet.parts:
        group = str(part.title)
        found += _of_part(part.key, group)
        for number, item in enumerate(part.items, 1):
            at = f"{part.key}_{item.key}"
            found.append(Slot(f"{at}_text", _("Punkt %(number)d") % {"number": number}, 3, group))
            if item.note is not None:
                label = _("Forklaring til punkt %(number)d") % {"number": number}
                found.append(Slot(f"{at}_note", label, 2, group))
    return found


# --- their own ----------------------------------------------------------------------------------------------------------


def is_whole(kind: str, said: Mapping[str, Any]) -> bool:
    """Does one of their own say enough to stand? A title, and something to read."""
    if "title" not in said:
        return False
    if kind == SHEET:
        return any(f"{key}_text" in said for key in part_keys(said))
    return ("instead" if kind == WORD else "about") in said
