"""What learning holds on a person: notes and marks that only they read, the unit's log, questions to a mentor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langbord.base.personal_data import (
    Category,
    Counts,
    Fact,
    Fate,
    Holding,
    Numbers,
    Parting,
    Register,
    Section,
    Way,
    counted,
    in_scope,
    register,
)
from langbord.library import content
from langbord.vault import preload_for

from . import rounds, sheets
from .models import (
    CourseNote,
    CoursePlace,
    Laid,
    MentorAnswer,
    MentorQuestion,
    OwnMarks,
    UnitEntry,
)

_SHOWN = "the person's own file"
_GONE = "somebody leaves: what is theirs goes"


def export(person_id: UUID) -> list[Section]:
    notes = list(CourseNote.objects.unrestricted(_SHOWN).of_person(person_id))
    places = list(CoursePlace.objects.unrestricted(_SHOWN).filter(person_id=person_id))
    marks = list(OwnMarks.objects.unrestricted(_SHOWN).filter(person_id=person_id))
    laid = list(Laid.objects.unrestricted(_SHOWN).of_person(person_id))
    entries = list(UnitEntry.objects.unrestricted(_SHOWN).filter(author_id=person_id))
    asked = list(MentorQuestion.objects.unrestricted(_SHOWN).of_person(person_id))
    answered = list(MentorAnswer.objects.unrestricted(_SHOWN).of_person(person_id))
    preload_for([*notes, *marks, *laid, *entries, *asked, *answered])
    return [
        Section("course_notes", _("Notatene mine fra kurset"), [_note(row) for row in notes]),
        Section("course_places", _("Hvor jeg er i kurset"), [_place(row) for row in places]),
        Section("reflection", _("Merkene mine"), [_marks(row) for row in marks]),
        Section("laid", _("Det jeg la på bordet"), [_laid(row) for row in laid]),
        Section("unit_log", _("Det jeg skrev for enheten"), [_entry(row) for row in entries]),
        Section("mentor_questions", _("Det jeg spurte en mentor om"), [_asked(row) for row in asked]),
        Section("mentor_answers", _("Det jeg svarte som mentor"), [_answer(row) for row in answered]),
    ]


def _title(unit_key: str) -> str:
    unit = content.unit(unit_key)
    return str(unit.title) if unit is not None else unit_key


def _note(row: CourseNote) -> list[Fact]:
    return [
        Fact("unit", _("Del av kurset"), _title(row.unit_key)),
        Fact("text", _("Notat"), str(row.text)),
        Fact("written_at", _("Skrevet"), row.written_at),
    ]


def _place(row: CoursePlace) -> list[Fact]:
    return [
        Fact("unit", _("Del av kurset"), _title(row.unit_key)),
        Fact("at", _("Sist"), row.at),
        Fact("done_at", _("Gjennom den"), row.done_at),
    ]


def _told(sheet_key: str, text: str) -> list[str]:
    """Marks as lines that people can read; the bare keys where the sheet, or a question of it, has gone."""
    sheet = sheets.find(sheet_key)
    known = {q.key: q for q in sheets.questions_of(sheet)} if sheet is not None else {}
    return [
        f"{known[key].text}: {known[key].label_of(value)}" if key in known else f"{key}: {value}"
        for key, value in rounds.read(text).items()
    ]


def _sheet_title(key: str) -> str:
    sheet = content.sheet(key)
    return str(sheet.title) if sheet is not None else key


def _marks(row: OwnMarks) -> list[Fact]:
    return [
        Fact("sheet", _("Ark"), _sheet_title(row.sheet_key)),
        Fact("begun_at", _("Når"), row.begun_at),
        Fact("marks", _("Merker"), _told(row.sheet_key, str(row.marks))),
        Fact("words", _("Ord ved siden av"), str(row.words)),
    ]


def _laid(row: Laid) -> list[Fact]:
    return [
        Fact("sheet", _("Ark"), _sheet_title(row.round.sheet_key)),
        Fact("at", _("Når"), row.at),
        Fact("marks", _("Merker"), _told(row.round.sheet_key, str(row.marks))),
        Fact("words", _("Ord ved siden av"), str(row.words)),
    ]


def _entry(row: UnitEntry) -> list[Fact]:
    return [Fact("on", _("Dag"), row.on), Fact("text", _("Svar"), str(row.text))]


def _asked(row: MentorQuestion) -> list[Fact]:
    return [
        Fact("asked_at", _("Spurt"), row.asked_at),
        Fact("text", _("Spørsmål"), str(row.text)),
        Fact("attached", _("Lagt ved"), str(row.attached)),
        Fact("taken_back_at", _("Tatt tilbake"), row.taken_back_at),
    ]


def _answer(row: MentorAnswer) -> list[Fact]:
    return [Fact("at", _("Svart"), row.at), Fact("text", _("Svar"), str(row.text))]


def counts(parting: Parting) -> Counts:
    who = parting.person_id
    questions = MentorQuestion.objects.unrestricted(_GONE).filter(asker_id=who, **in_scope(parting))
    told: dict[tuple[Fate, str], Any] = {
        (Fate.GONE, "mentor-question"): questions,
        (Fate.GONE, "mentor-answer"): MentorAnswer.objects.unrestricted(_GONE).filter(
            author_id=who, **in_scope(parting, "question__process_id")
        ),
        (Fate.GONE, "laid-marks"): Laid.objects.unrestricted(_GONE).filter(
            person_id=who, **in_scope(parting, "round__process_id")
        ),
    }
    if parting.process_id is None:
        told[Fate.GONE, "course-note"] = CourseNote.objects.unrestricted(_GONE).filter(person_id=who)
        told[Fate.GONE, "own-marks"] = OwnMarks.objects.unrestricted(_GONE).filter(person_id=who)
        entries = UnitEntry.objects.unrestricted(_GONE).filter(author_id=who)
        told[Fate.GONE if parting.way == Way.TAKE else Fate.NAMELESS, "unit-entry"] = entries
    return told


def erase(parting: Parting) -> Numbers:
    """All that is theirs goes. Counts of a closed round stay: nobody can be found in them. What they wrote for their unit
    stays without their name, or goes, as they chose."""
    told = counted(counts(parting))
    who = parting.person_id
    scope = in_scope(parting)
    MentorAnswer.objects.unrestricted(_GONE).filter(
        author_id=who, **in_scope(parting, "question__process_id")
    ).delete()
    MentorQuestion.objects.unrestricted(_GONE).filter(asker_id=who, **scope).delete()
    for laid in Laid.objects.unrestricted(_GONE).filter(
        person_id=who, **in_scope(parting, "round__process_id")
    ):
        laid.delete()
    if parting.process_id is None:
        CourseNote.objects.unrestricted(_GONE).filter(person_id=who).delete()
        CoursePlace.objects.unrestricted(_GONE).filter(person_id=who).delete()
        OwnMarks.objects.unrestricted(_GONE).filter(person_id=who).delete()
        entries = UnitEntry.objects.unrestricted(_GONE).filter(author_id=who)
        if parting.way == Way.TAKE:
            entries.delete()
        else:
            entries.update(author=None)
    return told


_ALONE = gettext_lazy("For at du skal kunne gå videre der du var. Ingen andre ser det.")
_TOGETHER = gettext_lazy("For at de som arbeider sammen, skal kunne lære sammen.")
_MENTOR = gettext_lazy("For at du skal kunne spørre noen som har gjort det før.")

HOLDINGS = (
    Holding(
        "learning.CourseNote",
        gettext_lazy("det du noterte for deg selv i kurset"),
        _ALONE,
        (Category.WORDS,),
        whose=("person_id",),
    ),
    Holding(
        "learning.CoursePlace",
        gettext_lazy("hvor i kurset du var sist"),
        _ALONE,
        (Category.TRACES,),
        whose=("person_id",),
    ),
    Holding(
        "learning.OwnMarks",
        gettext_lazy("merkene du satte for deg selv"),
        _ALONE,
        (Category.WORDS,),
        whose=("person_id",),
    ),
    Holding(
        "learning.Round",
        gettext_lazy("at du åpnet en runde, og hva alle svarte til sammen"),
        _TOGETHER,
        (Category.TRACES,),
        mentions=("opened_by",),
        process="process_id",
    ),
    Holding(
        "learning.Laid",
        gettext_lazy("det du la på bordet i en runde"),
        _TOGETHER,
        (Category.WORDS,),
        whose=("person_id",),
        process="round__process_id",
    ),
    Holding(
        "learning.TalkPlan",
        gettext_lazy("at du begynte en samtale i flere omganger"),
        _TOGETHER,
        (Category.TRACES,),
        mentions=("begun_by",),
        process="process_id",
    ),
    Holding(
        "learning.Lab",
        gettext_lazy("hva et læringsverksted handler om"),
        _TOGETHER,
        (Category.TRACES,),
        process="gathering__process_id",
    ),
    Holding(
        "learning.UnitEntry",
        gettext_lazy("det du skrev i loggen til enheten din"),
        gettext_lazy("For at enheten skal kunne se tilbake på hvem de spurte."),
        (Category.WORDS,),
        mentions=("author",),
    ),
    Holding(
        "learning.MentorQuestion",
        gettext_lazy("det du spurte en mentor om"),
        _MENTOR,
        (Category.WORDS,),
        whose=("asker_id",),
        mentions=("mentor",),
        process="process_id",
    ),
    Holding(
        "learning.MentorAnswer",
        gettext_lazy("det du svarte som mentor"),
        _MENTOR,
        (Category.WORDS,),
        whose=("author_id",),
        process="question__process_id",
    ),
)


def declare() -> None:
    register(
        Register(
            app="learning",
            holdings=HOLDINGS,
            export=export,
            counts=counts,
            erase=erase,
            things={
                "course-note": lambda n: (
                    ngettext("%(n)d notat fra kurset", "%(n)d notater fra kurset", n) % {"n": n}
                ),
                "own-marks": lambda n: (
                    ngettext("%(n)d ark med merkene dine", "%(n)d ark med merkene dine", n) % {"n": n}
                ),
                "laid-marks": lambda n: (
                    ngettext("%(n)d gang du la merker på bordet", "%(n)d ganger du la merker på bordet", n)
                    % {"n": n}
                ),
                "unit-entry": lambda n: (
                    ngettext("%(n)d svar i loggen til enheten", "%(n)d svar i loggen til enheten", n)
                    % {"n": n}
                ),
                "mentor-question": lambda n: (
                    ngettext("%(n)d spørsmål til en mentor", "%(n)d spørsmål til en mentor", n) % {"n": n}
                ),
                "mentor-answer": lambda n: (
                    ngettext("%(n)d svar som mentor", "%(n)d svar som mentor", n) % {"n": n}
                ),
            },
        )
    )
