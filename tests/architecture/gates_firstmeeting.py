"""Where a gate is opened for all rows, for the first meeting: file, reason, how often. Kept by hand."""

ALLOWED: dict[str, dict[str, int]] = {
    "firstmeeting/actions.py": {
        "a second click makes nothing new": 1,
        "the same row, held while it is written": 7,
        "who sits at the list, to keep the rules of seats": 5,
        "whoever has the code takes the empty seat": 1,
        "whole lists go": 1,
    },
    "firstmeeting/personal_data.py": {
        "somebody leaves: what is theirs goes": 4,
        "somebody leaves: what they gave stays without their name": 4,
        "the person's own file": 7,
    },
    "firstmeeting/querysets.py": {
        "the wall itself: who sits at a list, and what was written down by telephone": 8,
    },
    "firstmeeting/releasing.py": {
        "a second click makes nothing new": 1,
        "a yes was taken back, and nobody sees the figures any more": 1,
        "goes with the figures": 1,
        "how many have looked": 1,
        "one's own look": 1,
        "who sits with a citizen at a list of the unit; no list is shown": 1,
        "which months a unit was shown before": 1,
        "which points nobody ticked, from lists whose citizen said yes; nobody's list is shown": 4,
    },
    "firstmeeting/retention.py": {
        "what is kept no longer; nothing is shown": 5,
    },
    "firstmeeting/writing.py": {
        "a second click makes nothing new": 1,
        "the same row, held while it is written": 6,
    },
}

LOADS_RELATED: dict[str, int] = {}
