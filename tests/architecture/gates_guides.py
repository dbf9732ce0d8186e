"""Where a gate is opened for all rows, for working with the guide: file, reason, how often. Kept by hand."""

ALLOWED: dict[str, dict[str, int]] = {
    "guides/actions.py": {"a second click makes nothing new": 1},
    "guides/personal_data.py": {"the person's own file": 1},
    "guides/ready.py": {"how many carry it and whether a leader is in, never who": 1},
}

LOADS_RELATED: dict[str, int] = {}
