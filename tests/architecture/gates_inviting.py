"""Where a gate is opened for all rows, for inviting people: file, reason, how often. Kept by hand."""

ALLOWED: dict[str, dict[str, int]] = {
    "inviting/actions.py": {
        "a second click makes nothing new": 2,
        "the next number of a household": 1,
        "the one row of a process, held while it is written": 1,
        "the row itself, held while it is written": 1,
        "who may be the one who asks: those who prepare, known to each other": 1,
    },
    "inviting/answering.py": {
        "the holder of a code on a letter is looked up by its digest": 1,
    },
    "inviting/callers.py": {
        "whose name and number stand on a letter; nothing is shown": 5,
    },
    "inviting/forgetting.py": {
        "somebody who did not join goes; nothing is shown": 7,
    },
    "inviting/letters.py": {
        "a second click makes nothing new": 1,
        "the letter itself, held while it is written": 2,
    },
    "inviting/numbers.py": {
        "how many, by side and step: counts alone": 2,
    },
    "inviting/personal_data.py": {
        "somebody leaves: what is theirs goes": 2,
        "the person's own file": 2,
    },
    "inviting/querysets.py": {
        "how many take part already: counts by role": 1,
        "since when do they sit there?": 1,
        "whom do I follow up?": 1,
    },
    "inviting/question.py": {
        "a second click makes nothing new": 2,
        "the process itself, held while it is numbered": 1,
    },
    "inviting/retention.py": {
        "what is kept no longer; nothing is shown": 15,
    },
    "inviting/taking_part.py": {
        "is this address or number somebody's already? nothing is shown": 1,
        "the one row of a person or an invitee, held while it is written": 3,
        "the row itself, held while it becomes a person; or that person, at a second click": 3,
    },
}

LOADS_RELATED: dict[str, int] = {}
