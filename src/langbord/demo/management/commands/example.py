"""`langbord example create | remove`: the example processes, in a data folder that is marked as example."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from langbord.demo import folder
from langbord.demo.build import build


class Command(BaseCommand):
    help = "Make the example processes in an empty data folder, or take them away again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["create", "remove"])
        parser.add_argument("--yes", action="store_true", help="do not ask before removing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "create":
            _lay_tables()
            if not folder.can_hold_example():
                raise CommandError(
                    "This data folder is not empty. The example is only made in a folder of its own."
                )
            folder.mark()
            build(self.stdout.write)
            return
        if not folder.is_example():
            raise CommandError("This data folder holds no example. Nothing was touched.")
        if (
            not options["yes"]
            and input("Take the example away? Everything in this data folder goes. [y/N] ") != "y"
        ):
            raise CommandError("Nothing was touched.")
        folder.clear()
        self.stdout.write("The example is gone. The next start begins empty.")


def _lay_tables() -> None:
    """In a folder that was never started there are none. The keys' database first: nothing can be sealed before."""
    if get_user_model()._meta.db_table in connection.introspection.table_names():
        return
    for alias in ("vault", "default"):
        call_command("migrate", database=alias, interactive=False, verbosity=0)
