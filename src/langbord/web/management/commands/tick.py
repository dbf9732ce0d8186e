"""`langbord tick`: timed work. Every piece of it can be repeated or missed without harm."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from langbord.followup import receiving
from langbord.leaving import doing, helping
from langbord.operate import rotating
from langbord.processes.keeping import job
from langbord.rooms import decisions
from langbord.vault import keys

SECONDS_BETWEEN = 60
TICKS_BETWEEN_SWEEPS = 60

log = logging.getLogger("langbord.tick")


class Command(BaseCommand):
    help = "Do what is due: group decisions whose seven days have passed; warn of what will go, and take it away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on, once a minute, until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        while True:
            done = self._once(sweep=count % TICKS_BETWEEN_SWEEPS == 0)
            if not options["loop"]:
                if not done:
                    raise CommandError(
                        "Noe ble ikke gjort; grunnen står over. / Not all was done; see above."
                    )
                return
            count += 1
            close_old_connections()
            time.sleep(SECONDS_BETWEEN)

    def _once(self, *, sweep: bool) -> bool:
        """Whether all of it could be done; what could not be is in the log of faults."""
        done = True
        try:
            with keys.ring():
                settled = decisions.settle_due() + receiving.settle_due()
                left = doing.sweep() + helping.settle_due()
            if left:
                self.stdout.write(f"{left} people left")
            if settled:
                self.stdout.write(f"{settled} group decisions took effect")
            if sweep:
                with keys.ring():
                    result = job.run()
                done = not result.failed
                if result.gone:
                    self.stdout.write(f"what had been kept long enough went: {result.gone}")
        except Exception:
            # One bad tick must not end the worker; it is told, and the next tick tries again.
            log.exception("a tick failed")
            done = False
        return (not sweep or self._keys()) and done

    def _keys(self) -> bool:
        """By itself, so that no other fault can keep the master key from being exchanged in time."""
        try:
            if rotating.if_due() is not None:
                self.stdout.write("the master key was exchanged, and a fresh backup taken")
        except Exception:
            log.exception("the master key was not exchanged")
            return False
        return True
