from __future__ import annotations


class Refused(Exception):
    """Something was asked for that cannot be done, and nothing was changed. Says why in both languages.

    `code` names the reason for scripts and tests: damaged, kind, newer, pair, unreadable, master-missing, master-old,
    master-wrong, lookup, occupied, running, migrate, tool, space, uncovered, canary.
    """

    def __init__(self, code: str, nb: str, en: str) -> None:
        super().__init__(f"{nb}\n{en}")
        self.code = code
        self.nb = nb
        self.en = en


def of_system(error: OSError) -> str:
    """What the machine says, and of which file where it says that."""
    return f"{error.strerror} ({error.filename})" if error.filename else str(error.strerror or error)
