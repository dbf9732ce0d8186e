"""Makes the example: two processes lived through, line by line, through the same actions as the pages.

Nothing here touches a row by itself (a test of imports sees to it); time is moved with the clock, so that every date is
relative to the day on which the example is made.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from langbord.access.actor import Actor, actor_of
from langbord.access.enums import CasePower
from langbord.base import clock
from langbord.consent import actions as consent
from langbord.followup import actions as followup
from langbord.followup import receiving
from langbord.followup.enums import StepKind
from langbord.followup.lines import case_on
from langbord.gatherings import actions as gatherings
from langbord.gatherings import after, minutes
from langbord.people.actions import found_organisation, name_persona, register_person
from langbord.processes import actions as processes
from langbord.rooms import actions as pieces
from langbord.rooms import decisions, door, finding, seating
from langbord.rooms.beginning import begin_process
from langbord.vault import keys

from . import firstmeeting, guides, inviting, learning, words
from .script import SCRIPTS, happenings, load, moment

THURSDAY = 3
Say = Callable[[str], None]


def build(say: Say = print) -> None:
    """Make the whole example in an empty installation. Raises whatever an action refuses."""
    people: dict[str, Any] = {}
    units: dict[str, Any] = {}
    organisations: dict[str, Any] = {}
    # The groups meet on Thursdays: day 0 is the last one. Asked for once, lest midnight pass between the stories.
    today = clock.today()
    made_on = today - timedelta(days=(today.weekday() - THURSDAY) % 7)
    for name in SCRIPTS:
        script = load(name)
        _Story(script, made_on, people, units, organisations).live(say)


class _Story:
    """One script on its way through time."""

    def __init__(
        self,
        script: dict[str, Any],
        made_on: date,
        people: dict[str, Any],
        units: dict[str, Any],
        organisations: dict[str, Any],
    ) -> None:
        self.script = script
        self.people, self.units, self.organisations = people, units, organisations
        self.process: Any = None
        self.made_on = made_on
        self.rooms: dict[str, Any] = {}
        self.gatherings: dict[str, Any] = {}
        self.caught: list[tuple[str, Any]] = []
        self.pieces: dict[str, Any] = {}
        self.cases: dict[str, Any] = {}

    def actor(self, key: str) -> Actor:
        return actor_of(self.people[key])

    def live(self, say: Say) -> None:
        # One transaction: all of the example or nothing, and one wait for the disk instead of hundreds.
        with keys.ring(), transaction.atomic():
            self._set_the_table()
            for day, hour, verb, facts in happenings(self.script):
                with clock.frozen(moment(self.made_on, day, hour)):
                    getattr(self, f"_{verb}")(facts)
            guides.live(self)
            inviting.live(self)
            learning.live(self)
            firstmeeting.live(self)
            words.live(self)
            self._name_personas()
        say(f"  {self.process.name}")

    def _set_the_table(self) -> None:
        with clock.frozen(moment(self.made_on, -152)):
            for org in self.script["organisations"]:
                made = found_organisation(name=org["name"], kind=org["kind"], units=tuple(org["units"]))
                self.organisations[org["name"]] = made
                self.units.update({unit.name: unit for unit in made.units.all()})
            for key, facts in self.script["people"].items():
                self.people[key] = register_person(
                    name=facts["name"],
                    actor=None,
                    unit=self.units.get(facts.get("unit", "")),
                    case_power=facts.get("power", CasePower.NONE),
                    email=facts.get("email", ""),
                    is_operator=facts.get("operator", False),
                )
            plan = self.script["process"]
            self.process = begin_process(
                actor=self.actor(plan["coordinator"]),
                name=plan["name"],
                organisation=self.organisations[plan["organisation"]],
                template=plan["template"],
                purpose=plan["purpose"],
            )
            coordinator = self.actor(plan["coordinator"])
            for key, room in plan["rooms"].items():
                found = (
                    None
                    if "name" in room
                    else finding.room_of_kind(coordinator, self.process.pk, room["kind"])
                )
                if found is None:
                    found = seating.open_room(
                        process=self.process,
                        kind=room["kind"],
                        name=room["name"],
                        actor=coordinator,
                        has_door=room.get("door", False),
                    )
                elif "rename" in room:
                    seating.rename_room(room=found, name=room["rename"], actor=coordinator)
                self.rooms[key] = found

    def _coordinator(self) -> Actor:
        return self.actor(self.script["process"]["coordinator"])

    def _take_in(self, facts: dict[str, Any]) -> None:
        seating.take_in(
            process_id=self.process.pk,
            person=self.people[facts["person"]],
            role=facts["role"],
            actor=self._coordinator(),
            room=self.rooms.get(facts.get("room", "")),
        )

    def _consent(self, facts: dict[str, Any]) -> None:
        """What somebody says yes and no to, each purpose for itself. A no after a yes takes it back."""
        for yes, purposes in ((True, facts.get("says_yes", [])), (False, facts.get("says_no", []))):
            for purpose in purposes:
                consent.answer(
                    actor=self.actor(facts["person"]), process_id=self.process.pk, purpose=purpose, yes=yes
                )

    def _host_yes(self, facts: dict[str, Any]) -> None:
        for key in facts["by"]:
            actor = self.actor(key)
            for seat in seating.waiting_hosts(actor, self.rooms[facts["room"]]):
                seating.answer_host(seat=seat, yes=True, actor=actor)

    def _leave(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["person"])
        for sitting in actor.sittings_in(self.process.pk):
            processes.end_membership(membership=finding.membership(actor, sitting.membership_id), actor=actor)

    # -- pieces and the board

    def _write(self, facts: dict[str, Any]) -> None:
        write = pieces.write_for_group if facts.get("group") else pieces.write
        piece = write(
            actor=self.actor(facts["by"]),
            room=self.rooms[facts["room"]],
            kind=facts["kind"],
            text=facts["text"],
        )
        self.pieces[facts.get("key", facts["text"])] = piece

    def _draft(self, facts: dict[str, Any]) -> None:
        pieces.save_draft(
            actor=self.actor(facts["by"]), process_id=self.process.pk, kind=facts["kind"], text=facts["text"]
        )

    def _carry(self, facts: dict[str, Any]) -> None:
        if facts["from"] == "caught":
            piece = next(p for text, p in self.caught if text.startswith(facts["source"]))
        else:
            piece = self.pieces[facts["source"]]
        board = self.rooms["tavla"]
        if facts["by"] == "gruppa":
            decision = decisions.propose(
                actor=self.actor(facts["host"]),
                piece=piece,
                target=board,
                text=facts["text"],
                agreed_at_gathering=True,
            )
            for member in seating.citizens_of(finding.room(self.actor(facts["host"]), piece.room_id)):
                decisions.answer(actor=actor_of(member.person), decision=decision, yes=True)
            decision.refresh_from_db()
            copy_id: UUID | None = decision.copy_id
        else:
            copy_id = pieces.carry_over(
                actor=self.actor(facts["by"]),
                piece=piece,
                target=board,
                text=facts["text"],
                signed=facts.get("signed", False),
            ).pk
        self.cases[facts["key"]] = copy_id

    def _case(self, key: str, actor: Actor) -> Any:
        return case_on(actor, self.cases[key])

    def _promise(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["responder"])
        promised_on = clock.today() + timedelta(days=facts["promised"])
        followup.assign(actor=actor, case=self._case(facts["case"], actor), promised_on=promised_on)

    def _settle(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["by"])
        case = self._case(facts["case"], actor)
        if facts["kind"] == StepKind.IN_USE:
            followup.take_into_use(actor=actor, case=case, text=facts["text"])
        else:
            followup.answer(
                actor=actor,
                case=case,
                kind=facts["kind"],
                reason=facts["text"],
                sent_to=facts.get("sent_to", ""),
            )

    def _ask_to_keep(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["by"])
        receiving.ask(actor=actor, case=self._case(facts["case"], actor), reason=facts["why"])

    def _say_yes_to_keep(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["author"])
        receiving.answer_case(actor=actor, case=self._case(facts["case"], actor), yes=True)

    def _task(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["by"])
        case = self._case(facts["case"], actor) if facts["case"] else None
        task = followup.propose_task(actor=actor, process_id=self.process.pk, text=facts["text"], case=case)
        for key in facts["takers"]:
            followup.take_task(actor=self.actor(key), task=task)

    # -- the door

    def _wish(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["person"])
        for room in actor.rooms_in(self.process.pk):
            if room.has_door and actor.may_read(room.id):
                door.answer(room=finding.room(actor, room.id), wish=facts["wish"], actor=actor)

    def _open_door(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["open"])
        door.open_door(room=self.rooms["torsdag"], actor=actor)

    # -- gatherings

    def _plan(self, facts: dict[str, Any]) -> None:
        actor = self.actor(facts["host"])
        self.gatherings[facts["key"]] = gatherings.plan(
            actor=actor,
            room=finding.room(actor, self.rooms[facts["room"]].pk),
            starts_at=moment(self.made_on, facts["day"], facts["hour"]),
            ends_at=moment(self.made_on, facts["day"], facts["hour"] + facts["hours"]),
            title=facts["title"],
            place=facts["place"],
            ground=facts.get("ground", ""),
            food=facts["food"],
            agenda=facts["agenda"],
        )

    def _answer(self, facts: dict[str, Any]) -> None:
        gathering = self.gatherings[facts["key"]]
        for key, said in facts.get("answers", {}).items():
            gatherings.answer(actor=self.actor(key), gathering=gathering, answer=said)
        for key, needs in facts.get("needs", {}).items():
            gatherings.say_needs(actor=self.actor(key), gathering=gathering, needs=needs)

    def _hold(self, facts: dict[str, Any]) -> None:
        actor, gathering = self.actor(facts["host"]), self.gatherings[facts["key"]]
        after.mark_there(
            actor=actor, gathering=gathering, person_ids=[self.people[key].pk for key in facts["came"]]
        )
        for said in facts.get("caught", []):
            speaker = None if said["by"] == "gruppa" else self.people[said["by"]].pk
            piece = after.catch(actor=actor, gathering=gathering, text=said["text"], speaker_id=speaker)
            self.caught.append((said["text"], piece))

    def _minutes(self, facts: dict[str, Any]) -> None:
        minutes.publish(
            actor=self.actor(facts["host"]), gathering=self.gatherings[facts["key"]], text=facts["minutes"]
        )

    def _name_personas(self) -> None:
        """The stable names under which the example can be tried (see the command `personas`)."""
        for number, (name, key) in enumerate(self.script["personas"].items()):
            actor = self.actor(key)
            sitting = next(iter(actor.sittings_in(self.process.pk)), None)
            seats = {s for sitting in actor.sittings_in(self.process.pk) for s in sitting.seats}
            track = next((room.kind for room in actor.rooms if room.id in seats), "")
            name_persona(
                key=name,
                person=self.people[key],
                process_slug=self.process.slug,
                track=track,
                role=sitting.role
                if sitting is not None
                else "mentor"
                if actor.mentoring
                else ("operator" if actor.is_operator else ""),
                order=number,
            )
