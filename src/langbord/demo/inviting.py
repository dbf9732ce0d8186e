"""The inviting of the example: a question that was changed twice, lists in words, a letter, two households on their way, and
how some want to take part. Through the same actions as the pages, on the days they happened."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from langbord.base import clock
from langbord.inviting import actions, letters, question, taking_part
from langbord.inviting.actions import Name
from langbord.inviting.enums import ChangedBy, Step, Through

from .script import moment

QUESTION = (
    (-150, "kari", ChangedBy.FIRST, "Hvordan kan familier med lite penger få en bedre bolig?", ""),
    (
        -126,
        "randi",
        ChangedBy.TALK,
        "Hva skal til for at boligen blir et godt sted å være?",
        "To av familiene sa at de ikke tror på en ny bolig. De vil ha det bedre i den de har.",
    ),
    (
        -98,
        "randi",
        ChangedBy.GATHERING,
        "Hva skal til for at et hjem blir et godt sted å være, når pengene er små og boligen er trang?",
        "Gruppa ville ha ordet hjem, og at det står at det er trangt.",
    ),
)
OURS = "Hvordan vi svarer, hvor raskt ting blir fikset, og hva vi bruker fellesrommene til."
ELSEWHERE = "Husleia og hvem som får kommunal bolig. Det bestemmer kommunestyret og boligkontoret."
AGREED = {
    "amina": {
        "channel": "sms",
        "companion": "Søsteren min, noen ganger.",
        "language": "Jeg forstår norsk. Når det blir vanskelig, vil jeg si det på somali.",
        "food": "Ikke svin.",
        "hard": "Siste buss går klokka åtte.",
    },
    "bjarne": {
        "channel": "call",
        "pace": "Jeg blir sliten etter en time. Da går jeg ut litt.",
        "reading": "Les høyt, så slipper jeg brillene.",
    },
}


def live(story: Any) -> None:
    """All of it, in the first process of the example. `story`: the script on its way (build.py)."""
    if story.script["process"]["coordinator"] != "kari":
        return
    process_id = story.process.pk
    for day, by, changed_by, text, why in QUESTION:
        with clock.frozen(moment(story.made_on, day, 11)):
            question.change(
                actor=story.actor(by),
                process_id=process_id,
                text=text,
                why=why,
                changed_by=changed_by,
                ours=OURS,
                elsewhere=ELSEWHERE,
            )
    with clock.frozen(moment(story.made_on, -90, 9)):
        proposed = question.propose(
            actor=story.actor("mette"),
            process_id=process_id,
            text="Hva skal til for at et hus blir et hjem?",
            why="Kortere, og lettere å si.",
        )
    with clock.frozen(moment(story.made_on, -88, 9)):
        question.answer(
            actor=story.actor("kari"),
            proposal=proposed,
            text="Fint sagt. Gruppa vil at det skal stå at det er trangt, så vi lar det stå.",
        )
    with clock.frozen(moment(story.made_on, -149, 10)):
        actions.write_lists(
            actor=story.actor("kari"),
            process_id=process_id,
            lives_with="Familier i de kommunale boligene på Nordre.\nDe som leier hos private med kort kontrakt.",
            seldom_asked="De som ikke svarer på brev.\nFedre som bor alene.\nUngdommene.",
            not_here="De som har flyttet mye de siste årene.",
        )
    _asks(story, process_id)
    with clock.frozen(moment(story.made_on, -60, 18)):
        for key, words in AGREED.items():
            taking_part.write_own(actor=story.actor(key), process_id=process_id, words=words)


def _asks(story: Any, process_id: Any) -> None:
    """The second round: some who moved in lately are asked, by letter and by telephone."""
    kari = story.actor("kari")
    with clock.frozen(moment(story.made_on, -12, 10)):
        letter = letters.begin(
            actor=kari,
            process_id=process_id,
            kind="families",
            language="nb",
            question=question.current(kari, process_id),
            caller="Randi",
            phone="99 00 00 00",
        )
        made = actions.note(
            actor=kari,
            process_id=process_id,
            households=[
                [Name("Ranveig", False), Name("Jon", True)],
                [Name("Soheila", False)],
                [Name("Torunn", False)],
            ],
            side="citizen",
            heard_of="visit",
            asker_id=story.people["randi"].pk,
            once=uuid4(),
        )
        letters.give(actor=kari, letter=letter, invitees=made)
    with clock.frozen(moment(story.made_on, -10, 10)):
        letters.handed_out(actor=kari, letter=letter, invitees=made)
    ranveig, _jon, soheila, _torunn = made
    with clock.frozen(moment(story.made_on, -6, 19)):
        actions.set_step(invitee=ranveig, step=Step.YES, actor=None, through=Through.LETTER)
        taking_part.write_for(
            invitee=ranveig, actor=None, words={"channel": "sms", "hard": "Jeg må ha med Jon. Han er ni."}
        )
    with clock.frozen(moment(story.made_on, -4, 17)):
        actions.set_step(invitee=soheila, step=Step.LATER, actor=story.actor("randi"), through=Through.PHONE)
