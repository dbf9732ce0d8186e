"""The learning of the example: a note that was hung up, a lab with notes, a round with a picture, a unit's log, a mentor.

Through the same actions as the pages, on the days they happened.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from langbord.access.actor import Actor, actor_of
from langbord.access.enums import Role
from langbord.base import clock
from langbord.gatherings import minutes
from langbord.learning import labs, mentoring, notes, rounds, rules, sheets, unit_log
from langbord.learning.enums import Circle, Stage
from langbord.library import content
from langbord.people.actions import register_person
from langbord.rooms import finding, seating

from .script import moment

LAB_NOTES = """Vi snakket om hvem som egentlig er med når vi bestemmer.

- Mette har aldri møtt noen av familiene før leiekontrakten er underskrevet.
- Petra sa at hun svarer på spørsmål hun ikke forstår, og det gjør visst flere av oss.
- Vi vil prøve å ringe før vi sender brev, i en måned. Ola holder i det."""

MARKS = {
    "three-ways-of-governing": [
        ("kari", "rules+together", "together"),
        ("espen", "rules", "rules+together"),
        ("mette", "rules", "middle"),
        ("ola", "results", "together"),
        ("petra", "results", "rules+together"),
        ("solveig", "rules", "together"),
    ]
}
WORDS = {
    "espen": "Jeg er i loven hele dagen. Det er ikke alltid galt.",
    "ola": "Vi teller samtaler, ikke hva de førte til.",
}


def live(story: Any) -> None:
    """All of it, in the first process of the example. `story`: the script on its way (build.py)."""
    if story.script["process"]["coordinator"] != "kari":
        return
    made_on = story.made_on
    with clock.frozen(moment(made_on, -64, 9)):
        _lab(story)
    with clock.frozen(moment(made_on, -60, 14)):
        _course(story.people["espen"])
    with clock.frozen(moment(made_on, -50, 10)):
        _round(story)
    _log(story, made_on)
    with clock.frozen(moment(made_on, -20, 15)):
        _mentor(story)
    _coming(story)


def _room(actor: Actor, process_id: Any) -> Any:
    return rules.service_rooms(actor, process_id)[0]


def _course(person: Any) -> None:
    unit = content.course()[0]
    actor = actor_of(person)
    written = False
    for step in unit.steps[:4]:
        if step.prompt is not None:
            note = notes.keep(
                actor=actor,
                unit=unit,
                step=step,
                text="Det siste folkemøtet. Vi hadde planen klar, og spurte om fargen på døra.",
            )
            if note is not None and not written:
                room = finding.room(actor, rules.service_rooms(actor)[0].id)
                notes.hang_up(actor=actor, note=note, room=room, text=note.text, piece_id=uuid4())
                written = True
        notes.move_on(actor=actor, unit=unit, step=step)


def _lab(story: Any) -> None:
    actor = story.actor("kari")
    room = _room(actor, story.process.pk)
    unit = content.course()[1]
    starts_at = clock.now() + timedelta(days=2, hours=3)
    lab = labs.plan_lab(
        actor=actor,
        room=room,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place="Møterom 2 på rådhuset",
        title=labs.title_for(unit),
        agenda=labs.agenda_for(unit, before=False, lead="Solveig"),
        topic_key=f"unit:{unit.key}",
    )
    plan = labs.begin_talks(actor=actor, room=room)
    today = labs.plan_lab(
        actor=actor,
        room=room,
        starts_at=lab.gathering.ends_at + timedelta(minutes=30),
        ends_at=lab.gathering.ends_at + timedelta(minutes=90),
        place="Møterom 2 på rådhuset",
        title=str(Stage.TODAY.label),
        agenda=labs.agenda_for(None, before=True, stage=Stage.TODAY, lead="Kari"),
        plan=plan,
        stage=Stage.TODAY,
    )
    story.talks = plan
    for held, text in (
        (lab, LAB_NOTES),
        (today, "Mye avgjøres før noen har møttes. Ingen av oss eier hele veien inn."),
    ):
        with clock.frozen(held.gathering.ends_at + timedelta(hours=1)):
            minutes.publish(actor=actor, gathering=held.gathering, text=text)


def _coming(story: Any) -> None:
    """The second stage, with the notes of the first to be read aloud."""
    actor = story.actor("kari")
    starts_at = moment(story.made_on, 8, 13)
    if starts_at <= clock.now():
        return
    labs.plan_lab(
        actor=actor,
        room=_room(actor, story.process.pk),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place="Bruktbua",
        title=str(Stage.COULD_BE.label),
        agenda=labs.agenda_for(None, before=True, stage=Stage.COULD_BE, lead="Ola"),
        plan=story.talks,
        stage=Stage.COULD_BE,
    )


def _round(story: Any) -> None:
    coordinator = story.actor("kari")
    for key, given in MARKS.items():
        sheet = sheets.find(key)
        assert sheet is not None
        round_ = rounds.open_round(actor=coordinator, room=_room(coordinator, story.process.pk), sheet=sheet)
        for name, now, wished in given:
            actor = story.actor(name)
            marks = {"place.now": now, "place.wished": wished}
            rounds.keep_own(actor=actor, sheet=sheet, marks=marks, words=WORDS.get(name, ""))
            rounds.lay(actor=actor, round_=round_, sheet=sheet, marks=marks, words=WORDS.get(name, ""))
        rounds.close(actor=coordinator, round_=round_)


def _log(story: Any, made_on: Any) -> None:
    for day, text in (
        (-58, "Vi spurte ingen om de nye vaskelistene. De gikk ut i dag, og tre har ringt."),
        (-30, "Kari tok med brevet til frivilligsentralen før vi sendte det. Det ble halvparten så langt."),
        (-9, "Ikke i dag. Vi rakk bare det som hastet."),
    ):
        with clock.frozen(moment(made_on, day, 15)):
            unit_log.note(actor=story.actor("kari"), text=text, on=clock.today())


def _mentor(story: Any) -> None:
    ingrid = register_person(name="Ingrid", actor=None, email="ingrid@eksempel.example")
    story.people["ingrid"] = ingrid
    kari = story.actor("kari")
    seating.take_in(process_id=story.process.pk, person=ingrid, role=Role.MENTOR, actor=kari)
    asked = mentoring.ask(
        actor=story.actor("kari"),
        process_id=story.process.pk,
        mentor=ingrid,
        text="Gruppa vil vente med å møte oss. Noen av kollegene mine begynner å miste motet. Hva gjorde dere da?",
        circle=Circle.SERVICE,
    )
    with clock.frozen(clock.now() + timedelta(days=2)):
        mentoring.answer(
            actor=actor_of(ingrid),
            question=asked,
            text="Vi ventet åtte uker. Det hjalp at vi brukte tida på oss selv: vi skrev ned hva vi ikke får til, og leste det høyt for hverandre. Da de kom, var det vi som begynte.",
        )
