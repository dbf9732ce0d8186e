"""Paper: printing a sheet for a person, and keying in what came back.

A sheet names exactly the texts that stood on it. When a text has changed in substance since, nothing is recorded for it:
what the person read is no longer what would be done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import yaml
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.models import Person

from .. import asking, ledger, texts
from ..enums import Method, Purpose
from ..models import ConsentEvent, Guardianship, NoticeText
from ..texts import Notice
from . import rules
from .models import Sheet
from .querysets import adults_beside
from .recording import Answer, answered_since, latest, write_down

FOLDER = Path(__file__).resolve().parents[2] / "content" / "paper"
_AGAIN = "a second click prints nothing new"
NOTHING_TO_ASK = _("Ingen av tekstene finnes på språket til dem du har valgt. Ingenting er skrevet ut.")


@cache
def around() -> dict[str, dict[str, str]]:
    """What stands around the questions, per language, from content/paper/sheet.yaml."""
    raw = yaml.safe_load((FOLDER / "sheet.yaml").read_text(encoding="utf-8"))
    return {key: words for key, words in raw.items() if isinstance(words, dict)}


def around_in(language: str) -> dict[str, str]:
    """The same in one language; Bokmål where it is missing."""
    return {key: words.get(language) or words["nb"] for key, words in around().items()}


def language_of(person: Person) -> str:
    """The language somebody has chosen; Bokmål until they have."""
    return person.language if person.language in texts.LANGUAGES else "nb"


def notices_for(process_id: UUID, language: str, purposes: Iterable[str]) -> list[Notice]:
    """The texts that can be asked, in the order in which they are asked; those without this language are left out. One
    query."""
    wanted, off = set(purposes), asking.purposes_off(process_id)
    found = [texts.notice(p, language) for p in Purpose if p in wanted and p not in off]
    return [notice for notice in found if notice is not None]


def print_sheets(
    *, actor: Actor, process_id: UUID, people: Iterable[Person], purposes: Iterable[str], once: UUID
) -> list[Sheet]:
    """One sheet for each person, and one for each adult who stands beside them. A second click with the same `once` gives
    the same sheets. NotNow when nothing can be asked in anybody's language. Side effect: the texts are kept."""
    people = list(people)
    if not all(rules.may_ask(actor, process_id, person.pk) for person in people):
        raise NotAllowed()
    actor.must_be_open(process_id)
    with transaction.atomic():
        again = list(Sheet.objects.unrestricted(_AGAIN).filter(batch=once))
        if again:
            if any(sheet.made_by != actor.person_id for sheet in again):
                raise NotAllowed()
            return again
        beside: dict[UUID, list[Guardianship]] = {}
        for held in adults_beside(actor, process_id, objected_at__isnull=True):
            if not held.gone:
                beside.setdefault(held.record.person_id, []).append(held)
        made = []
        for person in people:
            readers: list[Guardianship | None] = [None, *beside.get(person.pk, [])]
            for adult in readers:
                sheet = _make(actor, process_id, person, adult, purposes, once)
                if sheet is not None:
                    made.append(sheet)
        if not made:
            raise NotNow(NOTHING_TO_ASK)
    return made


def _make(
    actor: Actor,
    process_id: UUID,
    person: Person,
    adult: Guardianship | None,
    purposes: Iterable[str],
    once: UUID,
) -> Sheet | None:
    reader = adult.guardian if adult is not None and adult.guardian is not None else person
    language = language_of(reader)
    found = notices_for(process_id, language, purposes)
    if not found or actor.person_id is None:
        return None
    for notice in found:
        ledger.keep(notice)
    sheet = Sheet(
        id=uuid5(once, f"{person.pk}|{adult.pk if adult else ''}"),
        person=person,
        process_id=process_id,
        guardianship=adult,
        language=language,
        texts=[[n.purpose, n.version, n.sha256] for n in found],
        batch=once,
        made_by=actor.person_id,
        made_at=clock.now(),
    )
    sheet.code = sheet.computed_code()
    sheet.save(force_insert=True)
    events.record(actor.person_id, "consent.sheet-printed", sheet, process_id=process_id)
    return sheet


@dataclass(frozen=True)
class OnPaper:
    """One text as it stood on a sheet. `stale`: the text that counts now says something else in substance, or the
    process no longer asks about it."""

    notice: Notice
    stale: bool

    @property
    def purpose(self) -> str:
        return self.notice.purpose

    @property
    def short_hash(self) -> str:
        return self.notice.sha256[:8]


def on_paper(sheet: Sheet) -> list[OnPaper]:
    """The texts of a sheet as they were printed. Two queries."""
    return many_on_paper([sheet])[sheet.pk]


def many_on_paper(printed: Iterable[Sheet]) -> dict[UUID, list[OnPaper]]:
    """The same for sheets of one process, by the id of the sheet. Two queries."""
    printed = list(printed)
    off = asking.purposes_off(printed[0].process_id) if printed else frozenset()
    hashes = {sha for sheet in printed for _purpose, _version, sha in sheet.texts}
    kept = dict(NoticeText.objects.filter(sha256__in=hashes).values_list("sha256", "text"))
    found: dict[UUID, list[OnPaper]] = {}
    for sheet in printed:
        for purpose, version, sha in sheet.texts:
            stale = purpose in off or texts.major(version) != texts.major(texts.version_now(purpose))
            notice = texts.restored(purpose, version, sheet.language, kept[sha])
            found.setdefault(sheet.pk, []).append(OnPaper(notice, stale))
    return found


class SheetRefused(NotNow):
    """What is wrong with what was keyed in: per purpose a sentence for people. Nothing was recorded."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(_("Ingenting er lagret ennå. Se på det som er merket."))
        self.wrong = dict(wrong)


STALE = _(
    "Teksten er endret siden arket ble skrevet ut. Dette svaret kan ikke lagres. Skriv ut et nytt ark og spør igjen."
)
ANSWERED_SINCE = _(
    "Personen har svart på dette senere på en annen måte. Det siste svaret gjelder. Velg «ikke svart»."
)


def _keyed_before(sheet: Sheet) -> frozenset[str]:
    """The purposes whose latest answer came from this sheet: the only ones where *not answered* corrects a slip."""
    if sheet.keyed_at is None:
        return frozenset()
    record = ledger.head_of(sheet.person_id, sheet.process_id)
    found = {text[0]: latest(record, text[0], sheet.guardianship_id) for text in sheet.texts}
    return frozenset(p for p, event in found.items() if event is not None and event.method == Method.PAPER)


def key_in(
    *, actor: Actor, sheet: Sheet, signed_on: dt.date, answers: Mapping[str, str], once: UUID | None = None
) -> list[ConsentEvent]:
    """Write down what stands on a sheet that came back: per purpose yes, no or none. Keying it in once more corrects a
    slip with new events. SheetRefused, and nothing recorded, when an answered text has changed in substance or the person
    has answered since in another way; the form has checked the date and the code."""
    if not rules.may_ask(actor, sheet.process_id, sheet.person_id):
        raise NotAllowed()
    if signed_on > clock.today() or signed_on < sheet.made_at.astimezone(clock.OSLO).date():
        raise NotAllowed()
    with transaction.atomic():
        held = Sheet.objects.unrestricted("held while it is keyed in").select_for_update().get(pk=sheet.pk)
        if once is not None and held.keyed_once == once:
            return []
        found = on_paper(sheet)
        wrong: dict[str, str] = {}
        for text in found:
            if answers.get(text.purpose, Answer.NONE) == Answer.NONE:
                continue
            if text.stale:
                wrong[text.purpose] = str(STALE)
            elif answered_since(sheet, text.purpose, signed_on) is not None:
                wrong[text.purpose] = str(ANSWERED_SINCE)
        if wrong:
            raise SheetRefused(wrong)
        written = write_down(
            actor=actor,
            person=sheet.person,
            process_id=sheet.process_id,
            answers=[
                (text.notice, answers.get(text.purpose, Answer.NONE)) for text in found if not text.stale
            ],
            method=Method.PAPER,
            once=once or uuid4(),
            language=sheet.language,
            guardianship=sheet.guardianship,
            takes_back=_keyed_before(held),
        )
        held.signed_on, held.keyed_by, held.keyed_at = signed_on, actor.person_id, clock.now()
        held.keyed_once = once
        held.save(update_fields=["signed_on", "keyed_by", "keyed_at", "keyed_once"])
        events.record(actor.person_id, "consent.sheet-keyed", sheet, process_id=sheet.process_id)
    return written
