"""The record of processing (GDPR article 30), made from what the installation knows of itself.

What no register knows (purpose, legal basis) is in `content/privacy/staff/record.yaml`; all else comes from the registers
of personal data and retention, from the walls, the consents, the settings and the databases. What is missing is said to
be missing, with where to fill it in.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from langbord.access.enums import CasePower, Role, RoomKind
from langbord.access.walls import WALLS
from langbord.base import clock
from langbord.consent import texts
from langbord.consent.enums import Purpose

from . import facts
from .facts import spoken
from .security import measures

FORMAT = "langbord-record-of-processing-1"
FILE = "staff/record.yaml"


@dataclass(frozen=True)
class Entry:
    """One line: a term with what is to be said of it. `missing`: where to fill it in, when nobody has."""

    key: str
    term: str
    values: list[str]
    missing: str = ""


@dataclass(frozen=True)
class Part:
    """A controller, an activity, or the measures."""

    key: str
    heading: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """All of it, in the language now spoken. made_on: the date in Norway."""

    made_on: str
    version: int
    controllers: list[Part]
    activities: list[Part]
    measures: Part

    @property
    def parts(self) -> list[Part]:
        return [*self.controllers, *self.activities, self.measures]

    @property
    def missing(self) -> list[tuple[str, Entry]]:
        """What nobody has filled in: the heading it stands under, and the line."""
        return [(part.heading, entry) for part in self.parts for entry in part.entries if entry.missing]


def record() -> Record:
    raw = facts.content(FILE)
    return Record(
        made_on=clock.today().isoformat(),
        version=raw["version"],
        controllers=_controllers(),
        activities=[
            *(_activity(one, spoken(raw["check"])) for one in raw["activities"]),
            *(_consent(Purpose(purpose)) for purpose in Purpose.values),
        ],
        measures=Part("measures", _("Tiltak for sikkerhet (artikkel 32)"), _measures()),
    )


def _entry(key: str, term: str, values: list[str], where: str = "") -> Entry:
    """Empty values become a line that says so, and where to fill it in."""
    told = [value for value in values if value]
    return Entry(key, term, told, "" if told else where)


def _controllers() -> list[Part]:
    found = []
    for one in facts.controllers():
        number = ngettext("%(n)d samskaping", "%(n)d samskapinger", one.processes) % {"n": one.processes}
        found.append(
            Part(
                f"controller:{one.id}",
                _("Behandlingsansvarlig: %(name)s") % {"name": one.name},
                [
                    _entry("processes", _("Svarer for"), [number]),
                    _entry(
                        "dpo",
                        _("Personvernombud"),
                        [one.contact],
                        _("siden «Det vi spør om» i en av samskapingene, eller LANGBORD_DPO_CONTACT"),
                    ),
                ],
            )
        )
    return found or [
        Part(
            "controller:none",
            _("Behandlingsansvarlig"),
            [Entry("name", _("Hvem"), [], _("begynn en samskaping, så står den som svarer for den, her"))],
        )
    ]


def _activity(raw: dict[str, Any], check: str) -> Part:
    only = tuple(raw.get("only", ()))
    recipients = rooms() if raw["recipients"] == "rooms" else [spoken(text) for text in raw["recipients"]]
    lengths = [f"{k.title}: {k.lasts}" for k in facts.kept(*raw["retention"])] if raw["retention"] else []
    if "keeps" in raw:
        lengths.append(spoken(raw["keeps"]))
    return Part(
        raw["id"],
        spoken(raw["title"]),
        [
            _entry("purpose", _("Formål"), [spoken(raw["purpose"])]),
            _entry("basis", _("Rettslig grunnlag"), [f"{spoken(text)} ({check})" for text in raw["basis"]]),
            _entry("persons", _("Hvem det gjelder"), [spoken(raw["persons"])]),
            _entry(
                "data",
                _("Opplysninger"),
                facts.held_of(*raw["categories"], only=only),
                "personal_data.py",
            ),
            _entry("recipients", _("Hvem som ser dem"), recipients, FILE),
            _entry("retention", _("Hvor lenge"), lengths, "content/retention/defaults.yaml"),
            _entry("transfer", _("Ut av EØS"), [_("Nei, ikke av Langbord selv")]),
        ],
    )


def rooms() -> list[str]:
    """Who reads what in which room, from the walls table itself."""
    told = []
    for kind, wall in WALLS.items():
        by_role = [str(role.label) for role in Role if role in wall.by_role]
        seated = [str(role.label) for role in Role if role in wall.seated]
        who = []
        if by_role:
            who.append(_("alle i rollen") + ": " + ", ".join(by_role))
        if seated:
            who.append(_("med plass i rommet") + ": " + ", ".join(seated))
        out = [str(power.label) for power in CasePower if power in wall.shut_out]
        if out:
            who.append(_("aldri den som") + ": " + ", ".join(out))
        if who:
            told.append(f"{RoomKind(kind).label} – " + "; ".join(who))
    return told


def _consent(purpose: Purpose) -> Part:
    """A purpose that people say yes or no to, from the same file as the question itself."""
    told = texts.facts(purpose.value)
    return Part(
        f"consent:{purpose.value}",
        _("Eget samtykke: %(purpose)s") % {"purpose": purpose.label},
        [
            _entry("purpose", _("Formål"), [str(purpose.label)]),
            _entry("basis", _("Rettslig grunnlag"), [spoken(told.basis)]),
            _entry("persons", _("Hvem det gjelder"), [_("Den som har sagt ja")]),
            _entry("data", _("Opplysninger"), [spoken(text) for text in told.categories]),
            _entry("recipients", _("Hvem som ser dem"), [spoken(text) for text in told.recipients]),
            _entry("retention", _("Hvor lenge"), [spoken(told.storage)]),
            _entry("withdrawn", _("Når noen tar ja-et tilbake"), [spoken(told.consequence)]),
            _entry(
                "text",
                _("Teksten folk svarer på"),
                [_("versjon %(version)s") % {"version": texts.version_now(purpose.value)}],
            ),
        ],
    )


def _measures() -> list[Entry]:
    return [_entry(key, term, [value] if value else [], where) for key, term, value, where in measures()]


# -- three forms


def as_json(found: Record) -> str:
    """Keys are stable; terms and values are in the language spoken. `missing` lists what nobody has filled in."""
    told = {
        "format": FORMAT,
        **asdict(found),
        "missing": [{"under": heading, "key": e.key, "where": e.missing} for heading, e in found.missing],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_markdown(found: Record) -> str:
    lines = [f"# {_('Protokoll over behandling')}", "", _("Laget %(day)s.") % {"day": found.made_on}, ""]
    if found.missing:
        lines += [f"## {_('Dette mangler')}", ""]
        lines += [f"- {heading}: {e.term} – {not_filled_in(e)}" for heading, e in found.missing]
        lines.append("")
    for part in found.parts:
        lines += [f"## {part.heading}", ""]
        for entry in part.entries:
            if entry.missing:
                lines.append(f"- **{entry.term}:** {not_filled_in(entry)}")
            elif len(entry.values) == 1:
                lines.append(f"- **{entry.term}:** {entry.values[0]}")
            else:
                lines.append(f"- **{entry.term}:**")
                lines += [f"  - {value}" for value in entry.values]
        lines.append("")
    return "\n".join(lines)


def not_filled_in(entry: Entry) -> str:
    return _("ikke fylt ut. Fylles ut her: %(where)s") % {"where": entry.missing}
