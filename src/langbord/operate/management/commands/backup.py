from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langbord.operate import taking
from langbord.operate.errors import Refused, of_system
from langbord.operate.manifest import DATA, VAULT
from langbord.vault import keyfiles, startup
from langbord.vault.errors import KeyFileError


class Command(BaseCommand):
    help = "Take a backup: words in one file, keys in another. Keep the two apart, and the master key apart from both."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, help="a folder; the halves go in data/ and vault/ in it")
        parser.add_argument("--vault-only", action="store_true", help="the keys only")
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            taken = taking.backup(options["out"], vault_only=options["vault_only"])
        except KeyFileError as error:
            raise CommandError(startup.words(error)) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"Kunne ikke skrive sikkerhetskopien: {of_system(error)}\n"
                f"The backup could not be written: {of_system(error)}"
            ) from error
        where = {"master_key": str(keyfiles.master_path()), "lookup_key": str(keyfiles.lookup_path())}
        if options["json"]:
            vault = taken.manifests[VAULT]
            self.stdout.write(
                json.dumps(
                    {
                        "data": str(taken.data) if taken.data else None,
                        "vault": str(taken.vault),
                        "pair": vault.pair,
                        "counter": vault.counter,
                        "made_at": vault.made_at,
                        "keys": vault.keys,
                        "destroyed": vault.destroyed,
                        "rows": sum(taken.manifests[DATA].rows.values()) if taken.data else None,
                        "master": vault.in_force,
                        **where,
                    }
                )
            )
            return
        if taken.data is not None:
            rows = sum(taken.manifests[DATA].rows.values())
            self.stdout.write(f"Ordene:   {taken.data}   ({rows} rader, forseglet)")
        self.stdout.write(f"Nøklene:  {taken.vault}   ({taken.manifests[VAULT].keys} nøkler, innpakket)")
        self.stdout.write(
            "\nTa vare på dem hver for seg: den ene på ett sted, den andre på et annet.\n"
            "To filer til er ikke med i noen av dem, og må ligge på et tredje sted, gjerne i et låst skap:\n"
            f"  hovednøkkelen     {where['master_key']}   (uten den kan ingen tekster åpnes)\n"
            f"  oppslagsnøkkelen  {where['lookup_key']}   (uten den kommer ingen inn)\n"
            "Hovednøkkelen må kopieres på nytt hver gang den er byttet (bin/langbord rotate-key).\n"
            "Prøv kopien nå: bin/langbord drill"
        )
