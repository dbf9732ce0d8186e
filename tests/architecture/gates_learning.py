"""Where a gate is opened for all rows, for the course, labs, reflection, the mentor: file, reason, how often. Kept by hand."""

ALLOWED: dict[str, dict[str, int]] = {
    "learning/labs.py": {
        "a second click makes nothing new": 2,
    },
    "learning/mentoring.py": {
        "is anything of the mentor's left?": 2,
        "a second click makes nothing new": 3,
    },
    "learning/notes.py": {
        "one's own note is written over": 1,
        "where one is oneself, written over": 1,
    },
    "learning/personal_data.py": {
        "the person's own file": 7,
        "somebody leaves: what is theirs goes": 13,
    },
    "learning/querysets.py": {
        "who reads the unit's log": 2,
        "which questions a mentor has answered themself": 1,
        "whom one may ask": 1,
    },
    "learning/retention.py": {
        "what is kept no longer; nothing is shown": 8,
    },
    "learning/rounds.py": {
        "one's own, written over": 1,
        "a second click makes nothing new": 1,
        "closed by those who arrange": 1,
        "counted once, when the round closes": 1,
        "held against what was shown before": 1,
        "is the round still open?": 2,
        "the sheet for all, held while it is written": 1,
        "words on the table, without names": 1,
    },
    "learning/unit_log.py": {
        "a second click makes nothing new": 1,
    },
}

LOADS_RELATED: dict[str, int] = {}
