"""The intruders: everybody, also nobody, at every address that anybody has come upon; after every step of the journey.

What each may open is kept by hand here, by name. Whoever is not named gets the page for what does not exist, or is sent
to sign in; and no word ever reaches somebody it was not written for, whatever page it might have slipped onto.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import ResolverMatch, resolve

from . import behind
from .guests import Seen

Names = frozenset[str]

PUBLIC = frozenset({
    "home", "about", "sign-in", "sign-in-card", "sign-in-email", "sign-in-code", "sign-in-pin", "second-factor",
    "first-run", "card-link", "one-time-link", "leave-page", "set-language", "set-text-size", "sign-out",
    "privacy", "receipt", "receipt-put-away", "leave-do",
})  # fmt: skip
"""Open to anybody; what they show is one's own. Not posted to: there is nothing behind them to reach."""

OWN = frozenset({
    "me", "me-name", "me-pin", "me-cards", "me-sessions", "rescued", "second-factor-setup", "second-factor-begin",
    "processes", "process-new", "tell", "tell-autosave", "promises", "group", "sessions-end", "rescued-throw-away",
    "me-readers", "me-openings", "keeping", "consents", "consents-print", "my-file", "leave", "leave-way",
    "leave-silence", "come-back", "consent-said-right", "my-ways", "learning", "course-unit", "course-print",
    "course-step", "course-hang", "reflection", "unit-log", "mentor-inbox", "first-meetings", "first-meeting-new",
    "first-meeting-join", "library-own", "library-own-new", "library-own-point", "library-own-back",
})  # fmt: skip
"""Everybody's own page under the same address: asked for by all, for the words on it, and not posted to."""

ARRANGING = frozenset({
    "process-people", "process-invite", "process-purpose", "room-new", "member-end", "seat-end", "cards-print",
    "process-close", "process-reopen", "process-length", "consent-setup", "received-list", "received-export",
})  # fmt: skip

SETTLED = ARRANGING | (PUBLIC - {"home"}) | (OWN - {"tell", "promises", "processes", "me-cards"})
"""Who may open these does not change on the way, and they show nothing that was written on it."""

INVITING = frozenset({
    "question-change", "inviting", "inviting-lists", "inviting-add", "invitees-forget", "inviting-seat", "letters",
    "letter", "letter-question", "letter-announced", "letter-sheets", "invitee", "invitee-step", "invitee-ring",
    "invitee-mail", "invitee-forget", "ways-of-group",
})  # fmt: skip
GUIDE = frozenset({
    "guide", "guide-print", "guide-word", "guide-point", "can-invite", "point-carry", "point-date", "point-talked",
    "point-aside", "point-again", "point-words", "point-later", "point-update",
})  # fmt: skip
OF_THE_SERVICE = frozenset({
    "learning-together", "lab", "talks", "round", "round-lay", "round-take-back", "mentor",
})  # fmt: skip
LEADS_A_LAB = frozenset({"lab-new", "talks-begin", "round-open", "round-close", "round-together"})

WRITTEN_BY_INTRUDERS = "innbruddsord"


@dataclass
class Guestlist:
    """Who may open what, at this moment of the journey. The journey moves people as things happen."""

    slug: str = ""
    other_slug: str = ""
    peer: Names = frozenset()
    citizens: Names = frozenset()
    hosts: Names = frozenset()
    second_group: Names = frozenset()
    second_hosts: Names = frozenset()
    service: Names = frozenset()
    joint: Names = frozenset()
    members: Names = frozenset()
    answering: Names = frozenset()
    coordinator: Names = frozenset()
    leaders: Names = frozenset()
    researchers: Names = frozenset()
    other_members: Names = frozenset()
    other_coordinator: Names = frozenset()
    other_hosts: Names = frozenset()

    def readers(self, room: str) -> Names:
        """Who reads a room, by its name."""
        return {
            "Likemannsgruppa": self.peer,
            "Fredagsgruppa": self.second_group,
            "Tjenesterommet": self.service,
            "Rundt bordet": self.joint,
            "Tavla": self.members,
        }[room]

    def holders(self, room: str) -> Names:
        """Who holds gatherings there: plans, notes, writes minutes."""
        return {
            "Likemannsgruppa": self.hosts,
            "Fredagsgruppa": self.second_hosts,
            "Tjenesterommet": self.coordinator,
            "Rundt bordet": (self.hosts | self.second_hosts | self.coordinator) & self.joint,
        }.get(room, frozenset())

    def moderators(self, room: str) -> Names:
        """Who may hold something back there until they have talked with its author."""
        return {
            "Tavla": self.coordinator,
            "Rundt bordet": (self.hosts | self.second_hosts) & self.joint,
        }.get(room, self.holders(room))

    def may_open(self, match: ResolverMatch, place: str, owner: str) -> Names:
        """Who may open this address, or post to it. An AssertionError says which address has no row here."""
        name, slug = str(match.url_name), match.kwargs.get("process")
        if name in ("organisations", "unit-new", "processing"):
            return self.coordinator | self.other_coordinator
        if name in ("consent-age", "consent-ask", "consent-back"):
            return self.other_members if place == f"{self.other_slug}/" else self.members
        own = frozenset({owner}) - {""}
        if place == "member" and name.startswith("consent-"):
            return self._asks_about(owner, slug == self.other_slug)
        if slug == self.other_slug or place.startswith(f"{self.other_slug}/"):
            return self._in_the_other(name)
        room = place.partition("/")[2]
        if place in ("draft", "gone"):
            return own
        if name in ("card-answer", "session-end"):
            return own if place == "session" else own | self.hosts | self.second_hosts | self.coordinator
        try:
            return self._in_process(name, room, own)
        except KeyError:
            raise AssertionError(
                f"The journey came upon «{name}», and nobody has said who may open it. Give it a row in Guestlist, "
                "tests/browser/intruders.py."
            ) from None

    def _in_process(self, name: str, room: str, own: Names) -> Names:
        fixed = {
            **dict.fromkeys(
                ("process", "board", "board-print", "case", "case-comment", "gatherings"), self.members
            ),
            **dict.fromkeys(("task-new", "task-take", "task-leave", "task-done"), self.members),
            **dict.fromkeys(ARRANGING - {"cards-print"}, self.coordinator),
            "process-keeping": self.members,
            **dict.fromkeys(("question", "question-compare", "inviting-numbers"), self.members),
            "question-propose": self.members,
            "proposal-answer": self.coordinator,
            **dict.fromkeys(INVITING, self.coordinator | self.hosts | self.second_hosts),
            **dict.fromkeys(GUIDE, self.service | self.hosts | self.second_hosts),
            **dict.fromkeys(OF_THE_SERVICE, self.service),
            **dict.fromkeys(LEADS_A_LAB, self.coordinator),
            "research-end": self.coordinator | self.researchers,
            **dict.fromkeys(("research-material", "research-file"), self.researchers),
            "consent-desk": self.coordinator | self.hosts | self.second_hosts | self.researchers,
            "consent-sheets": self.coordinator | self.hosts | self.second_hosts,
            "help-leave": self.hosts | self.second_hosts,
            "case-receive": self.answering,
            "cards-print": self.coordinator | self.hosts | self.second_hosts,
            **dict.fromkeys(("case-assign", "case-answer", "case-use", "case-came-back"), self.answering),
        }
        if name in fixed:
            return fixed[name]
        readers, holders = self.readers(room), self.holders(room)
        citizens_room = room in ("Likemannsgruppa", "Fredagsgruppa")
        in_group = self.citizens if room == "Likemannsgruppa" else self.second_group - self.second_hosts
        by_room = {
            **dict.fromkeys(
                (
                    "room",
                    "room-write",
                    "exchange",
                    "rules",
                    "readers",
                    "room-find",
                    "piece",
                    "entrance",
                    "what-now",
                    "room-words",
                    "word-explain",
                ),
                readers,
            ),
            "door": readers | self.service | self.leaders,
            **dict.fromkeys(("door-answer", "host-answer"), in_group),
            **dict.fromkeys(("door-open", "door-close", "propose"), holders),
            "decision-answer": in_group,
            **dict.fromkeys(("piece-edit", "take-back"), own or holders),
            **dict.fromkeys(("carry", "carry-to", "share-draft", "throw-away", "draft"), own),
            **dict.fromkeys(("hold-back", "let-out"), self.moderators(room)),
            "seat-met": holders,
            "gathering": readers | (self.coordinator | self.researchers if citizens_room else frozenset()),
            **dict.fromkeys(("gathering-needs", "gathering-ics", "gathering-answer"), readers),
            "gathering-new": holders if citizens_room else self.coordinator | self.hosts | self.second_hosts,
            **dict.fromkeys(("gathering-edit", "gathering-cancel", "gathering-after"), holders),
            **dict.fromkeys(("gathering-note", "gathering-note-remove", "minutes-edit"), holders),
            **dict.fromkeys(("minutes", "minutes-wrong"), readers),
        }
        return by_room[name]

    def _asks_about(self, owner: str, other: bool) -> Names:
        """Who may write down somebody's yes and no: the coordinator, and who hosts them."""
        if other:
            return (self.other_coordinator | self.other_hosts) - {owner}
        hosts = (self.hosts if owner in self.peer else frozenset()) | (
            self.second_hosts if owner in self.second_group else frozenset()
        )
        return (self.coordinator | hosts) - {owner}

    def _in_the_other(self, name: str) -> Names:
        if name in ("cards-print", "consent-desk", "consent-sheets"):
            return self.other_coordinator | self.other_hosts
        if name == "help-leave":
            return self.other_hosts
        if name in ("research-material", "research-file"):
            return frozenset()
        if name == "research-end":
            return self.other_coordinator
        if name in ARRANGING:
            return self.other_coordinator
        return self.other_members


@dataclass
class Intruders:
    """Everybody with a client each. `words`: canary words and who may read them, now."""

    seen: Seen
    guests: Guestlist = field(default_factory=Guestlist)
    words: dict[str, Names] = field(default_factory=dict)
    asked: int = 0
    _clients: dict[str, Any] = field(default_factory=dict)
    _names: dict[Any, str] = field(default_factory=dict)
    _tried: set[str] = field(default_factory=set)
    _turn: int = 0

    def gather(self) -> None:
        """Give everybody who is registered a session; and nobody, too."""
        people = behind.people_by_name()
        self._names = {person.pk: name for name, person in people.items()}
        self._clients = {"nobody": behind.client_of(None)}
        self._clients.update({name: behind.client_of(person) for name, person in people.items()})

    def may_read(self, word: str, readers: Iterable[str]) -> None:
        self.words[word] = frozenset(readers)

    def try_new(self, step: str) -> None:
        """Somebody of every role at every address that was come upon since the last time."""
        self._try_all(step, [a for a in self.seen.addresses if a not in self._tried], self._one_of_each())

    def try_each(self, step: str) -> None:
        """Somebody of every role, at every address that is new, and at one of each kind, place and owner that is not:
        but for those whose answer cannot depend on what has happened since, which wait for the end."""
        kinds: dict[tuple[str, ...], str] = {}
        for address in self.seen.addresses:
            match = resolve(address)
            if match.url_name in SETTLED:
                continue
            place = behind.place_of(match.kwargs, self._names)
            kinds.setdefault((str(match.url_name), match.kwargs.get("process", ""), *place), address)
        chosen = [a for a in self.seen.addresses if a not in self._tried or a in kinds.values()]
        self._try_all(step, chosen, self._one_of_each())

    def try_everything(self, step: str) -> None:
        """Every address × everybody."""
        self._try_all(step, list(self.seen.addresses), list(self._clients))

    def _one_of_each(self) -> list[str]:
        """Everybody who has a role of their own here; one of the group and one of the other process, in turn."""
        self._turn += 1
        alike = [sorted(self.guests.peer), sorted(self.guests.other_members)]
        chosen = [names[self._turn % len(names)] for names in alike]
        return [name for name in self._clients if name in chosen or not any(name in names for names in alike)]

    def _try_all(self, step: str, addresses: list[str], names: list[str]) -> None:
        before = behind.everything_written()
        faults: list[str] = []
        logging.disable(logging.CRITICAL)
        try:
            for address in addresses:
                again = address in self._tried and len(names) < len(self._clients)
                faults.extend(self._try(address, names, again))
        finally:
            logging.disable(logging.NOTSET)
        self._tried.update(addresses)
        assert faults == [], f"after «{step}»:\n" + "\n".join(faults[:20])
        assert behind.everything_written() == before, f"after «{step}» an intruder has changed something"

    def _try(self, address: str, names: list[str], again: bool) -> Iterable[str]:
        match = resolve(address)
        declared = match.func.declared  # type: ignore[attr-defined]
        everyone = match.url_name in PUBLIC | OWN or any(rule.public for rule in declared.values())
        place, owner = behind.place_of(match.kwargs, self._names)
        allowed = frozenset(self._clients) if everyone else self.guests.may_open(match, place, owner)
        if match.url_name in OWN:
            allowed -= {"nobody"}
        for name in names:
            for method in declared:
                if method == "POST" and (everyone or name in allowed):
                    continue  # that would change something, as it should
                if method == "POST" and again and "GET" in declared:
                    continue  # the page itself is asked for instead, and refused by the same rule
                response = self._ask(self._clients[name], method, address)
                fault = self._fault(name, response, name in allowed)
                if fault:
                    yield f"{name}: {method} {address} ({match.url_name}, {place}): {fault}"

    def _ask(self, client: Any, method: str, address: str) -> Any:
        self.asked += 1
        data = {"text": WRITTEN_BY_INTRUDERS, "answer": "yes", "once": str(uuid4()), "to": "me"}
        return client.post(address, data) if method == "POST" else client.get(address)

    def _fault(self, name: str, response: HttpResponse, allowed: bool) -> str:
        if response.status_code >= 500:
            return f"{response.status_code}"
        if not allowed and not _refused(response):
            return f"got {response.status_code} {response.get('Location', '')}"
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        text = body.decode("utf-8", "replace")
        told = [word for word, readers in self.words.items() if name not in readers and word in text]
        if told:
            return f"reads {told}"
        return "reads what an intruder wrote" if WRITTEN_BY_INTRUDERS in text else ""


def _refused(response: HttpResponse) -> bool:
    if response.status_code == 404:
        return True
    return response.status_code in (302, 303) and response["Location"].startswith("/inn/")
