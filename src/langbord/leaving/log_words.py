"""What the log's marks mean, for the person whose file they stand in. The marks themselves are for machines."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ABOUT: dict[str, str | Promise] = {
    "card": _("Kort"),
    "case": _("Tavla"),
    "consent": _("Samtykker"),
    "controller": _("Samskaping"),
    "course": _("Kurset"),
    "door": _("Døra"),
    "email-code": _("Innlogging"),
    "entrance": _("Rom"),
    "first-meeting": _("Det første møtet"),
    "gathering": _("Samling"),
    "group_decision": _("Gruppa"),
    "guardian": _("Voksne som svarer sammen med meg"),
    "input": _("Det jeg har notert for andre"),
    "invitee": _("Invitere"),
    "lab": _("Kurset"),
    "leaving": _("Slutte og slette"),
    "letter": _("Invitere"),
    "library": _("Biblioteket"),
    "link": _("Innlogging"),
    "log": _("Loggen"),
    "membership": _("Roller og plasser"),
    "mentor": _("Mentor"),
    "minutes": _("Referat"),
    "organisation": _("Samskaping"),
    "pause": _("Når jeg har vært stille"),
    "person": _("Om meg"),
    "person.file-taken": _("Alt i en fil"),
    "person.pin-set": _("Innlogging"),
    "piece": _("Det jeg har skrevet"),
    "piece.carried_over": _("Tatt med over"),
    "piece.edited": _("Endret"),
    "piece.shared": _("Delt"),
    "piece.taken_back": _("Tatt tilbake"),
    "piece.thrown_away": _("Kastet"),
    "point": _("Samskaping"),
    "process": _("Samskaping"),
    "question": _("Invitere"),
    "received": _("Tavla"),
    "research": _("Forskning"),
    "retention": _("Slutte og slette"),
    "room": _("Rom"),
    "round": _("Kurset"),
    "seat": _("Roller og plasser"),
    "second-factor": _("Innlogging"),
    "session": _("Innlogging"),
    "taking-part": _("Slik vil jeg være med"),
    "talks": _("Invitere"),
    "task": _("Tavla"),
    "unit": _("Kurset"),
    "vault": _("Loggen"),
    "who-to-ask": _("Invitere"),
}


def in_words(verb: str) -> str:
    """What a mark of the log is about; the mark itself where nobody has said. The longest beginning counts."""
    parts = verb.split(".")
    for length in range(len(parts), 0, -1):
        if (about := _ABOUT.get(".".join(parts[:length]))) is not None:
            return str(about)
    return verb
