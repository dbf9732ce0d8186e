"""The guide as a booklet: what is printed, and the Word file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Pt

from langbord.base import clock
from langbord.base.dates import written
from langbord.base.typed import several_lines
from langbord.library import content, sources
from langbord.library.reading import Texts
from langbord.rooms.shown import Shown

from .state import PointState

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIZE = Pt(11)


@dataclass(frozen=True)
class Told:
    """A point on paper: where it stands, and the words beside it that the reader may read."""

    point: content.Point
    state: PointState | None = None
    words: list[Shown] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    section: content.Section
    points: list[Told]


def word(parts: list[Part], title: str) -> bytes:
    """A Word file in the language now spoken, with headings that Word knows, so that it can be navigated."""
    document = Document()
    document.core_properties.author = "Langbord"
    title = several_lines(title)
    document.core_properties.title = title
    document.core_properties.created = document.core_properties.modified = clock.now().replace(tzinfo=None)
    document.core_properties.language = {"nb": "nb-NO", "nn": "nn-NO"}.get(
        (get_language() or "nb")[:2], "en-GB"
    )
    document.styles["Normal"].font.size = SIZE
    document.add_heading(title, 0)
    document.add_paragraph(_("Punktene er invitasjoner. Dere velger hva dere tar fatt i, og når."))
    for part in parts:
        document.add_heading(str(part.section.title), 1)
        _paragraphs(document, part.section.lead)
        for told in part.points:
            _point(document, told)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _point(document: Any, told: Told) -> None:
    document.add_heading(several_lines(str(told.point.title)), 2)
    if told.state is not None and told.state.steps:
        document.add_paragraph(several_lines(_standing(told.state))).runs[0].italic = True
    _paragraphs(document, told.point.about)
    _paragraphs(document, told.point.why, lead=_("Hvorfor"))
    document.add_paragraph().add_run(f"{_('Fra:')} {origin(told.point)}").italic = True
    _paragraphs(document, told.point.how, lead=_("Slik kan dere gjøre det"))
    _paragraphs(document, told.point.ask, lead=_("Snakk om"))
    for shown in told.words:
        # What was written before the forms took control signs away: Word can't hold them, and nobody would get the file.
        said = several_lines(f"{shown.by}: {shown.text}" if shown.by else str(shown.text))
        document.add_paragraph(said, style="Intense Quote")


def origin(point: content.Point) -> str:
    """The texts a point comes from, by name; our own reasoning is said as such."""
    return " · ".join(sources.short(letter) or _("vår vurdering") for letter in point.sources)


def _paragraphs(document: Any, text: Texts, lead: str = "") -> None:
    for place, block in enumerate(part for part in several_lines(str(text)).split("\n\n") if part.strip()):
        if block.lstrip().startswith("- "):
            for item in block.strip().splitlines():
                document.add_paragraph(item.strip().removeprefix("- "), style="List Bullet")
            continue
        paragraph = document.add_paragraph()
        if lead and place == 0:
            paragraph.add_run(f"{lead}: ").bold = True
        paragraph.add_run(" ".join(block.split()))


def _standing(state: PointState) -> str:
    said = [str(state.standing.label)]
    if state.carrier is not None:
        said.append(_("%(name)s bærer det") % {"name": state.carrier.shown_name})
    if state.talk_on is not None and not state.is_settled:
        said.append(written(state.talk_on, "j. F Y"))
    return " · ".join(said)


def ours() -> bytes:
    """The guide as we wrote it, made once for each language."""
    return _ours(get_language() or "nb")


@lru_cache(maxsize=4)
def _ours(language: str) -> bytes:
    parts = [Part(section, [Told(point) for point in section.points]) for section in content.guide()]
    return word(parts, title=_("Veilederen"))


def file_name(of: str) -> str:
    return f"{_('veileder')}-{of}.docx"


def as_file(made: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        made,
        content_type=WORD,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
