"""What must be done with a data folder before anything is served from it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from langbord.operate import hooks, scratch, swap
from langbord.vault import keys, ledger

_held: list[int] = []


def take_folder() -> list[str]:
    """Finish a restore that was cut off, and keep others from beginning one while this process lives.

    Gives words for the operator. Refused (running) while a restore is going on.
    """
    folder = Path(settings.DATA_DIR)
    said = []
    if (folder / swap.NOTE).exists():
        with swap.alone(folder):
            swap.finish(folder)
        said.append("En gjenoppretting ble avbrutt her. Nå er den gjort ferdig.")
        settings.EXAMPLE_DATA = Path(settings.EXAMPLE_MARKER).is_file()
    _held.append(swap.hold(folder))
    # Nobody restores from now on: what lies here of a restore, a drill or a backup was left by one that was killed.
    swap.sweep(folder)
    scratch.sweep()
    return said


def erase_again() -> list[str]:
    """Let every app erase those who have left and are back, because files were copied back by hand. The keys have been
    destroyed again before this (`vault.startup.verify`).
    """
    with keys.ring():
        return hooks.run(ledger.read(ledger.path()))
