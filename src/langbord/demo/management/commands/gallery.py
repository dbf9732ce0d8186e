"""`langbord gallery`: pictures of the main pages of the example, at the width of a phone and of a desk."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

WAIT_SECONDS = 600
"""The example is made first. A server that cannot start is noticed at once."""
WIDTHS = {"phone": (360, 740), "desk": (1280, 860)}

PAGES: dict[str, list[str]] = {
    "citizen-1": ["/", "/fortell/", "/gruppa/", "/meg/", "{process}/tavla/", "{process}/samlinger/"],
    "host-peer": ["/", "/gruppa/", "{process}/samlinger/"],
    "coordinator": ["/", "{process}/", "{process}/folk/", "{process}/folk/ny/", "/s/ny/"],
    "employee-1": ["/", "/lofter/", "{process}/tavla/"],
    "leader": ["/"],
    "researcher": ["/"],
    "": ["/", "/om/", "/inn/", "/finnes-ikke/"],
}
"""Which pages are pictured, as whom; `{process}` is the process of that persona. The empty key is nobody."""


class Command(BaseCommand):
    help = "Pictures of the main pages of the example, as PNG. Needs the development packages and a browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(settings.DATA_DIR) / "gallery")
        parser.add_argument("--dark", action="store_true", help="the dark colours")
        parser.add_argument("--only", default="", help="one persona only")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="langbord-gallery-") as folder:
            port = _free_port()
            environment = {
                **os.environ,
                "LANGBORD_DATA": folder,
                "PORT": str(port),
                "NO_BROWSER": "1",
                "LANGBORD_PUBLIC_URL": f"http://localhost:{port}",
            }
            server = subprocess.Popen(
                [sys.executable, "-m", "langbord", "serve", "--first-run", "--workers", "1", "--no-worker"],
                env=environment,
                stdout=subprocess.DEVNULL,
            )
            try:
                _wait(port, server)
                told = subprocess.run(
                    [sys.executable, "-m", "langbord", "personas", "--json"],
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=True,
                )
                people = {p["key"]: p for p in json.loads(told.stdout)}
                count = self._pictures(f"http://localhost:{port}", people, out, options)
            finally:
                server.terminate()
                server.wait(timeout=60)
        self.stdout.write(f"{count} pictures in {out}")

    def _pictures(self, address: str, people: dict[str, Any], out: Path, options: dict[str, Any]) -> int:
        sys.path.insert(0, str(settings.BASE_DIR))
        try:
            finder = import_module("tests.plugins.chromium")
            playwright = import_module("playwright.sync_api")
        except ImportError as error:
            raise CommandError("The development packages are missing: run make setup first.") from error
        finder.prepare()
        program, extra = finder.find()
        count = 0
        with playwright.sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--disable-gpu"], env={**os.environ, **extra}
            )
            for key, pages in PAGES.items():
                if options["only"] and key != options["only"]:
                    continue
                context = browser.new_context(
                    locale="nb-NO",
                    color_scheme="dark" if options["dark"] else "light",
                    reduced_motion="reduce",
                )
                page = context.new_page()
                process = ""
                if key:
                    page.goto(people[key]["url"])
                    page.locator("main form button[type=submit]").first.click()
                    process = f"/s/{people[key]['process']}"
                for size, (width, height) in WIDTHS.items():
                    page.set_viewport_size({"width": width, "height": height})
                    for path in pages:
                        page.goto(address + path.replace("{process}", process))
                        name = path.replace("{process}", "process").strip("/").replace("/", "-") or "home"
                        page.screenshot(path=out / f"{key or 'nobody'}-{name}-{size}.png", full_page=True)
                        count += 1
                context.close()
            browser.close()
        return count


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _try in range(WAIT_SECONDS * 2):
        if server.poll() is not None:
            raise CommandError("The server did not start.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise CommandError(f"The server did not answer in {WAIT_SECONDS // 60} minutes.")
