from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from langbord.base import clock
from langbord.operate import restoring, swap
from langbord.operate.errors import Refused, of_system
from langbord.vault import keyfiles


class Command(BaseCommand):
    help = (
        "Put a backup back in a data folder. Everything is tested first; what is there is never overwritten."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, help="the backup of the words")
        parser.add_argument("--vault", type=Path, help="the backup of the keys")
        parser.add_argument("--into", type=Path, help="the folder to fill (default: the data folder)")
        parser.add_argument("--master-key", type=Path, help="default: the one in use here")
        parser.add_argument("--lookup-key", type=Path, help="default: the one in use here")
        parser.add_argument(
            "--ledger", type=Path, action="append", default=[], help="one more shredded.ledger"
        )
        parser.add_argument("--set-aside", action="store_true", help="move aside what is in the folder now")
        parser.add_argument(
            "--accept-mismatch",
            action="store_true",
            help="restore two halves that do not belong together, or texts that are damaged or whose key is gone",
        )
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        into = (options["into"] or Path(settings.DATA_DIR)).absolute()
        try:
            if self._finish(into, options["json"]):
                return
            if options["data"] is None or options["vault"] is None:
                raise CommandError(
                    "Si hvilke filer: --data FIL --vault FIL / Name the files: --data FILE --vault FILE"
                )
            done = restoring.restore(
                restoring.Request(
                    data=options["data"],
                    vault=options["vault"],
                    into=into,
                    master=(options["master_key"] or keyfiles.master_path()).absolute(),
                    lookup=(options["lookup_key"] or keyfiles.lookup_path()).absolute(),
                    accept=options["accept_mismatch"],
                    set_aside=options["set_aside"],
                    ledgers=tuple(options["ledger"]),
                )
            )
        except Refused as error:
            if options["json"]:
                self.stdout.write(json.dumps({"ok": False, "code": error.code, "problem": str(error)}))
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"Kunne ikke skrive: {of_system(error)}\nIngenting er endret. / Nothing has been changed."
            ) from error
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "ok": True,
                        "into": str(into),
                        "aside": str(done.aside) if done.aside else None,
                        "pair": done.halves.data.pair,
                        "newer": done.halves.newer,
                        **asdict(done.findings),
                    }
                )
            )
            return
        self._tell(into, done)

    def _finish(self, into: Path, as_json: bool) -> bool:
        """A restore that was cut off is finished first, and nothing else is done."""
        if not (into / swap.NOTE).exists():
            return False
        with swap.alone(into):
            swap.finish(into)
        if as_json:
            self.stdout.write(json.dumps({"ok": True, "finished": True, "into": str(into)}))
        else:
            self.stdout.write(
                "En gjenoppretting ble avbrutt her før. Nå er den gjort ferdig.\n"
                "Vil du legge tilbake en annen kopi, kjør kommandoen på nytt med --set-aside."
            )
        return True

    def _tell(self, into: Path, done: restoring.Restored) -> None:
        texts = done.findings.texts
        write = self.stdout.write
        write(f"Lagt tilbake i {into}")
        write(f"  rader:   {done.findings.row_total}, like mange som i sikkerhetskopien")
        write(
            f"  tekster: {texts['opened']} kan åpnes, {texts['missing']} mangler nøkkel, {texts['destroyed']} er ødelagt,"
            f" {texts['damaged']} er skadd"
        )
        if done.findings.replayed:
            write(
                f"  {done.findings.replayed} nøkler var ødelagt etter at denne kopien ble tatt. De er ødelagt på nytt."
            )
        if done.findings.ledger_damaged:
            write(f"  {done.findings.ledger_damaged} linjer i listene over ødelagte nøkler kunne ikke leses.")
        for line in [*done.findings.hooks, *done.findings.broken, *done.findings.known]:
            write(f"  {line}")
        write(
            f"\nAlt som er gjort etter {_moment(done.halves.data.made)}, er ugjort: også plasser som ble avsluttet, kort"
            " som ble stoppet, og bidrag som ble tatt tilbake. Si det til koordinatorene, og se over det sammen."
        )
        if done.aside is not None:
            write(
                f"\nDet som lå der før, ligger i {done.aside}\nSlett den mappa når du ser at alt er som det skal."
            )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.OSLO):%d.%m.%Y %H.%M}"
