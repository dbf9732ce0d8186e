"""`langbord bench`: measures the main pages against a minimal project in the same run; writes bench.json."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Measure queries, time, processor time and bytes of the main pages, as ratios to a control in the same run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--requests", type=int, default=150, help="requests for each page (default 150)")
        parser.add_argument("--small", action="store_true", help="leave out the large size")
        parser.add_argument("--out", type=Path, default=settings.DATA_DIR / "bench.json")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.path.insert(0, str(settings.BASE_DIR))
        run = import_module("bench.run")
        run.run(options["requests"], self.stdout.write, options["out"], large=not options["small"])
