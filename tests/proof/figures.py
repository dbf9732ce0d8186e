"""What the proof must show: each figure with its goal. `python -m tests.proof.figures` prints them as a table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

BY_THEIR_PLACE = {
    "followup.Received.about",
    "followup.Received.archive_reference",
    "followup.Received.asked_by_name",
    "followup.Received.body",
    "followup.Received.reason",
    "followup.Received.said_by",
    "gatherings.AgendaItem.text",
    "gatherings.AgendaItem.who",
    "gatherings.Gathering.place",
    "gatherings.GatheringWords.cancelled_why",
    "gatherings.GatheringWords.food",
    "gatherings.GatheringWords.ground",
    "gatherings.GatheringWords.practical",
    "gatherings.GatheringWords.title",
    "inviting.Invitee.code",
    "inviting.Invitee.contact",
    "inviting.Invitee.name",
    "inviting.Invitee.token",
    "inviting.Letter.announced_where",
    "inviting.Letter.caller",
    "inviting.Letter.phone",
    "inviting.Letter.text",
    "inviting.Letter.title",
    "inviting.Proposal.answer",
    "inviting.QuestionVersion.elsewhere",
    "inviting.QuestionVersion.ours",
    "inviting.QuestionVersion.text",
    "inviting.QuestionVersion.why",
    "inviting.WhoToAsk.lives_with",
    "inviting.WhoToAsk.not_here",
    "inviting.WhoToAsk.seldom_asked",
    "learning.Round.result",
    "learning.Round.together",
    "learning.UnitEntry.text",
    "operate.Canary.text",
    "processes.Closing.reason",
    "processes.ResearchEnd.reason",
    "processes.Term.reason",
    "rooms.GroupDecision.text",
}
"""Sealed with the key of a room, a process, an organisation, or of somebody who is not a person here yet: no person's key
opens them."""

NOT_IN_THE_FILE = {
    "gatherings.Answer.needs": "what was planted is none of the needs one can choose, so it is none to show",
    "people.SecondFactor.secret": "whoever finds the file shall not be able to sign in with it",
    "rooms.Piece.hidden_why": "shown while a host keeps the piece back, and these are not kept back",
}


WRITTEN_BY_OTHERS: dict[str, str] = {
    "minutes": "the group's, with the room's key",
    "rule": "the group's, with the room's key",
}
"""Kinds of pieces that none of the two who leave has written in the example."""

WITH_WORDS = {
    "board-print",
    "consents-print",
    "course-print",
    "first-meeting-file",
    "gathering-ics",
    "guide-print",
    "guide-word",
    "my-file",
    "research-material",
    "room-words",
}
"""Paper, files and lists to which a link must have led somebody."""

TAKEN_OUT = {"log-file", "research-file", "received-export", "word-check"}
"""What gives something out when it is pressed for."""


def live(folder: Path) -> dict[str, Any]:
    """Run the scene in `folder`; its figures. RuntimeError with what it said if it could not be run."""
    left_out = ("LANGBORD_", "DJANGO_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.proof.scene", str(folder)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def judged(seen: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """`{name: {"value", "goal", "holds"}}`, as docs/operate.md and `make proof` promise."""

    def figure(value: object, goal: str, holds: bool) -> dict[str, Any]:
        return {"value": value, "goal": goal, "holds": holds}

    def none(found: list[Any]) -> dict[str, Any]:
        return figure(len(found), "0", not found)

    own = {name for name in seen["fields_not_planted"] if name not in BY_THEIR_PLACE}
    lacking = [name for name in seen["file_lacks"] if name not in NOT_IN_THE_FILE]
    return {
        "fields of sealed text": figure(seen["fields"], "all known", seen["fields"] > 0),
        "fields of one's own without a planted word": none(sorted(own)),
        "words planted for those who leave": figure(seen["planted"], "> 0", seen["planted"] > 0),
        "words planted for those who stay": figure(seen["planted_theirs"], "> 0", seen["planted_theirs"] > 0),
        "kinds of pieces without a planted word": none(
            [kind for kind in seen["kinds_not_planted"] if kind not in WRITTEN_BY_OTHERS]
        ),
        "kinds of pages opened": figure(len(seen["routes_opened"]), "> 70", len(seen["routes_opened"]) > 70),
        "papers and files that nobody opened": none(sorted(WITH_WORDS - set(seen["routes_opened"]))),
        "files taken out that were not": none(sorted(TAKEN_OUT - set(seen["taken_out"]))),
        "mails to those who leave": figure(seen["mails_sent"], "> 0", seen["mails_sent"] > 0),
        "pages opened before": figure(seen["pages_opened"], "> 100", seen["pages_opened"] > 100),
        "planted words that the search would not have found": none(seen["dump_before_lacks"]),
        "planted words seen on pages before": figure(
            seen["own_words_seen"], "> 0", seen["own_words_seen"] > 0
        ),
        "own words missing in the file to take along": none(lacking),
        "another's words in that file": none(seen["file_of_another"]),
        "words on pages after": none(seen["words_on_pages_after"]),
        "files searched": figure(seen["files_searched"], "> 10", seen["files_searched"] > 10),
        "hits in any file, in any encoding": none(seen["hits"]),
        "hits in what can still be opened, the oldest backup included": none(seen["dump_hits"]),
        "the oldest keys open with today's master key": figure(
            "no" if seen["oldest_keys_refused"] else "yes", "no", seen["oldest_keys_refused"]
        ),
        "words lost for those who stay": none(seen["live_lacks_of_theirs"]),
        "words lost for those who stay, oldest backup put back": none(seen["restored_lacks_of_theirs"]),
        "seconds until unreadable": figure(seen["seconds_to_unreadable"], "told", True),
        "seconds until unreadable in backups, with rotate-key at once": figure(
            seen["seconds_to_unreadable_in_backups"], "told", True
        ),
    }


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        figures = judged(live(Path(folder)))
    wide = max(map(len, figures))
    for name, figure in figures.items():
        mark = "ok    " if figure["holds"] else "FAILED"
        print(f"{mark} {name:<{wide}}  {figure['value']}  (goal: {figure['goal']})")
    out = ROOT / "var" / "proof.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(figures, indent=1) + "\n")
    return 0 if all(figure["holds"] for figure in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
