from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langbord.operate import rotating
from langbord.operate.errors import Refused, of_system
from langbord.vault import keyfiles, rotation, startup
from langbord.vault.errors import KeyFileError


class Command(BaseCommand):
    help = "Exchange the master key, so that no older backup of the keys can be opened. Can be cut off and repeated."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-shredded", action="store_true", help="only if a key was destroyed since the last time"
        )
        parser.add_argument(
            "--leave-damaged", action="store_true", help="go on although some keys in the vault do not open"
        )
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        steady = rotation.stage() is rotation.Stage.STEADY
        if options["if_shredded"] and steady and rotation.waiting().count == 0:
            self._say(options, {"rotated": False}, "Ingen nøkler er ødelagt siden sist. Ingenting er gjort.")
            return
        try:
            done = rotating.rotate(leave_damaged=options["leave_damaged"])
        except rotation.Busy as error:
            raise CommandError(
                "Hovednøkkelen blir byttet akkurat nå. / The master key is being exchanged just now."
            ) from error
        except rotation.Unopenable as error:
            raise CommandError(
                f"{error.count} nøkler lar seg ikke åpne med hovednøkkelen. Ingenting er byttet.\n"
                "Hent dem fra en kopi først, eller si at de er tapt for alltid: --leave-damaged\n"
                f"{error.count} keys do not open with the master key. Nothing was exchanged."
            ) from error
        except KeyFileError as error:
            raise CommandError(startup.problem() or str(error)) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"Kunne ikke skrive: {of_system(error)}\n"
                "Alt virker som før. Den gamle hovednøkkelen er ikke ødelagt. Rett feilen og kjør på nytt.\n"
                "Everything works as before. The old master key was not destroyed. Mend it and run this again."
            ) from error
        kept = str(done.copy) if done.copy else None
        answer = {
            "rotated": True,
            "resumed": done.rotated.resumed.value,
            "master": done.rotated.new,
            "keys": done.rotated.keys,
            "backup": str(done.backup) if done.backup else None,
            "copy": kept,
        }
        again = "" if steady else "Et bytte som ble avbrutt, er gjort ferdig. "
        backup = f"\nNy sikkerhetskopi, prøvd og i orden: {done.backup}" if done.backup else ""
        where = (
            f"Kopien av hovednøkkelen er også byttet: {kept}"
            if kept
            else f"Kopier den nye hovednøkkelen til det trygge stedet nå: {keyfiles.master_path()}\n"
            "Ødelegg den gamle kopien som ligger der. Så lenge den finnes, kan gamle kopier av nøklene åpnes."
        )
        self._say(
            options,
            answer,
            f"{again}Hovednøkkelen er byttet. {done.rotated.keys} nøkler er pakket inn på nytt.{backup}\n{where}",
        )

    def _say(self, options: dict[str, Any], answer: dict[str, Any], text: str) -> None:
        self.stdout.write(json.dumps(answer) if options["json"] else text)
