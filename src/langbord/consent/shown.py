"""What one's own pages say about each purpose: plain words for where it stands, and what one can do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_SIDE
from langbord.base import clock, dates
from langbord.processes.models import Process
from langbord.vault import preload_for

from . import asking, texts
from .asking import Head, Said, State
from .enums import AgeBand, By, EventKind, Method, Purpose, Standing
from .models import ConsentEvent, Guardianship, NoticeText
from .querysets import with_controller


def language() -> str:
    """The language of the screen, as the texts name it."""
    return (get_language() or "nb")[:2]


def day(at: dt.datetime | None) -> str:
    """21. november 2026; empty for never."""
    return dates.written(at.astimezone(clock.OSLO).date(), "j. F Y") if at is not None else ""


def title(purpose: str) -> str:
    """What a purpose is called: by its text, or in one word where there is no text in this language."""
    notice = texts.notice(purpose, language())
    if notice is not None:
        return notice.named["title"]
    label = str(Purpose(purpose).label)
    return label[:1].upper() + label[1:]


def titles() -> dict[str, str]:
    return {purpose: title(purpose) for purpose in Purpose.values}


def consequence(purpose: str) -> str:
    """What happens when a yes is taken back."""
    return texts.facts(purpose).consequence[language()]


@dataclass(frozen=True)
class Adult:
    """An adult who answers beside, as the young person sees them. `gone`: takes no longer part, or has left."""

    id: UUID
    name: str
    objected: bool
    gone: bool = False


@dataclass(frozen=True)
class Line:
    """One purpose as it stands. may_take_back: one's own yes is there. has_text: there is a text in this language."""

    where: UUID
    purpose: str
    title: str
    state: State
    words: str
    has_text: bool
    once: UUID = field(default_factory=uuid4)

    @property
    def may_take_back(self) -> bool:
        return self.state.own in (Said.YES, Said.STALE)

    @property
    def tone(self) -> str:
        """For the mark beside: done, wait or plain. The words say it all."""
        if self.state.says_yes:
            return "done"
        return "plain" if self.state.standing == Standing.NO else "wait"


@dataclass(frozen=True)
class Part:
    """One process: all it asks about."""

    process: Process
    head: Head
    lines: list[Line]
    adults: list[Adult]
    asks_age: bool
    at_rest: bool = False
    """The process is over, or one has asked to be silent for a while: nobody is asked for anything, and may still answer."""

    @property
    def new(self) -> list[Line]:
        """What one has not met yet, and can be asked in one's language."""
        if self.at_rest:
            return []
        return [line for line in self.lines if line.state.waits and not line.state.asked and line.has_text]

    @property
    def young(self) -> bool:
        return self.head.is_young

    def place_of(self, purpose: str) -> int:
        """Which question of all this is, counted from one."""
        return [line.purpose for line in self.lines].index(purpose) + 1

    def line(self, purpose: str) -> Line | None:
        return next((line for line in self.lines if line.purpose == purpose), None)


def parts(actor: Actor, process_ids: Iterable[UUID] | None = None) -> list[Part]:
    """All one's processes, in the order in which one joined. Three queries and the keys of the adults' names."""
    if actor.person_id is None:
        return []
    asked = list(dict.fromkeys(s.process_id for s in actor.sittings))
    if process_ids is not None:
        asked = [p for p in asked if p in set(process_ids)]
    processes = {p.pk: p for p in with_controller(actor).filter(pk__in=asked)}
    found = {
        head.process_id: (head, states)
        for head, states in asking.own_heads_and_states(actor.person_id, asked)
    }
    adults = _adults(actor)
    made = []
    for process_id in asked:
        head, states = found[process_id]
        beside = adults.get(process_id, [])
        hidden = not_today(actor, head)
        made.append(
            Part(
                process=processes[process_id],
                head=head,
                lines=[
                    Line(
                        where=process_id,
                        purpose=purpose,
                        title=title(purpose),
                        state=State(purpose, Standing.NOT_ASKED, asked=True) if purpose in hidden else state,
                        words=_("Kortet ditt er nytt. I morgen ser du hva du svarte.")
                        if purpose in hidden
                        else in_words(state, beside),
                        has_text=texts.notice(purpose, language()) is not None,
                    )
                    for purpose, state in states.items()
                ]
                + [line for line in _put_away(head) if line.purpose not in hidden],
                adults=beside,
                asks_age=asks_age(actor, head),
                at_rest=rests(actor, process_id),
            )
        )
    return made


def _put_away(head: Head) -> list[Line]:
    """What the process does not use now, and one has said yes to: it counts for nothing, and can be taken back before
    somebody takes it into use again."""
    said = {p: asking.said_by(p, list(head.chain.values()), By.SELF)[0] for p in head.unused}
    return [
        Line(
            where=head.process_id,
            purpose=purpose,
            title=title(purpose),
            state=State(purpose, Standing.NOT_HERE, own=said[purpose], asked=True),
            words=_("Vi bruker ikke dette nå. Du har sagt ja før."),
            has_text=texts.notice(purpose, language()) is not None,
        )
        for purpose in Purpose
        if said.get(purpose) in (Said.YES, Said.STALE)
    ]


def not_today(actor: Actor, head: Head) -> frozenset[str]:
    """Purposes that were answered before a new card's first day: whoever printed it might hold it (decision 0006)."""
    if actor.reads_from is None:
        return frozenset()
    return frozenset(row.purpose for row in head.chain.values() if row.at < actor.reads_from)


def rests(actor: Actor, process_id: UUID) -> bool:
    """Nobody is asked for anything: the process is over, or one has asked to be silent for a while."""
    return actor.is_closed(process_id) or actor.is_silent(process_id)


def asks_age(actor: Actor, head: Head) -> bool:
    """Citizens are asked for their age band, once, before anything else. Nobody asks an employee."""
    return (
        head.age_band == AgeBand.UNKNOWN
        and not head.is_young
        and actor.has_role(head.process_id, *CITIZEN_SIDE)
    )


def _adults(actor: Actor) -> dict[UUID, list[Adult]]:
    if actor.person_id is None:
        return {}
    rows = [
        g
        for g in Guardianship.objects.visible_to(actor).about(actor.person_id).with_people()
        if g.ended_at is None
    ]
    preload_for([*rows, *(g.guardian for g in rows if g.guardian is not None)])
    found: dict[UUID, list[Adult]] = {}
    for g in rows:
        found.setdefault(g.record.process_id, []).append(
            Adult(g.pk, adult_name(g), g.objected_at is not None, g.gone)
        )
    return found


def adult_name(guardianship: Guardianship) -> str:
    """Who the adult is: first name of who signs in here, or the name that was written down."""
    if guardianship.guardian is not None:
        return guardianship.guardian.shown_name
    return str(guardianship.guardian_name) or _("en voksen")


def in_words(state: State, adults: list[Adult] = []) -> str:  # noqa: B006 (only read)
    """One sentence on where it stands, and since when."""
    since = {"day": day(state.since)}
    who = next((adult.name for adult in adults if not (adult.objected or adult.gone)), "")
    match state.standing:
        case Standing.YES:
            return _("Du sa ja %(day)s.") % since
        case Standing.NO if state.own is Said.NO:
            return _("Du sa nei %(day)s.") % since
        case Standing.NO:
            return _("Den voksne sa nei %(day)s. Da gjør vi det ikke.") % since
        case Standing.WAITS_FOR_GUARDIAN if who:
            return _("Du har sagt ja. Vi venter på svar fra %(name)s.") % {"name": who}
        case Standing.WAITS_FOR_GUARDIAN:
            return _("Du har sagt ja. Vi spør en voksen også.")
        case Standing.WAITS_FOR_SELF:
            return _("Den voksne har sagt ja. Nå bestemmer du.")
        case Standing.ASK_AGAIN:
            return _("Vi spør deg på nytt. Til du svarer, er det et nei.")
    return _("Du har ikke svart ennå.")


# -- what was answered, in time


@dataclass(frozen=True)
class Told:
    """One event in plain words, with the text it was about."""

    purpose: str
    title: str
    at: dt.datetime
    words: str
    version: str
    language: str
    sha256: str


def history(actor: Actor, process_id: UUID | None = None, purpose: str = "") -> dict[UUID, list[Told]]:
    """All that was answered about oneself, per process, oldest first. One query."""
    events = ConsentEvent.objects.visible_to(actor).with_process().in_order()
    if process_id is not None:
        events = events.in_process(process_id)
    if purpose:
        events = events.filter(purpose=purpose)
    found: dict[UUID, list[Told]] = {}
    for event in events:
        found.setdefault(event.record.process_id, []).append(
            Told(
                purpose=event.purpose,
                title=title(event.purpose),
                at=event.at,
                words=event_words(event),
                version=event.notice_version,
                language=event.notice_language,
                sha256=event.notice_sha256,
            )
        )
    return found


def event_words(event: ConsentEvent, reader: str = By.SELF) -> str:
    """«Du sa ja, på papir.» `reader`: who reads it, the person or the adult who answered beside."""
    mine = event.by == reader
    match event.kind:
        case EventKind.ASKED:
            what = _("Du ville bli spurt senere") if mine else _("En voksen ble spurt")
        case EventKind.GIVEN | EventKind.CONFIRMED:
            what = _("Du sa ja") if mine else _("En voksen sa ja")
        case EventKind.REFUSED:
            what = _("Du sa nei") if mine else _("En voksen sa nei")
        case EventKind.WITHDRAWN:
            what = _("Du tok det tilbake") if mine else _("En voksen tok det tilbake")
        case _unknown:
            return _("Tida var ute")
    match event.method:
        case Method.PAPER:
            return _("%(what)s, på papir") % {"what": what}
        case Method.VOICE:
            return _("%(what)s, muntlig") % {"what": what}
    return what


def kept_texts(hashes: Iterable[str]) -> list[NoticeText]:
    """The texts as they were, for the printed page. One query."""
    return list(NoticeText.objects.filter(sha256__in=set(hashes)).order_by("purpose", "version", "language"))
