"""Where a gate is opened for all rows, for the open library and overrides of content: file, reason, how often. Kept by hand."""

ALLOWED: dict[str, dict[str, int]] = {}

LOADS_RELATED: dict[str, int] = {"library/pinning.py": 3}
