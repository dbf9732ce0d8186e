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

README: list[tuple[str, str, str, tuple[int, int]]] = [
    ("citizen-home", "citizen-1", "/", (360, 720)),
    ("tell", "citizen-1", "/fortell/", (360, 720)),
    ("board", "citizen-1", "{process}/tavla/", (360, 720)),
    ("desk", "coordinator", "{process}/", (1280, 860)),
]
"""The pictures in docs/pictures: what stands on the screen when the page is opened, not the whole page."""

SLOW = 60.0
"""Seconds a page may take on a machine that is busy with other things."""


class Command(BaseCommand):
    help = "Pictures of the main pages of the example, as PNG. Needs the development packages and a browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(settings.DATA_DIR) / "gallery")
        parser.add_argument("--dark", action="store_true", help="the dark colours")
        parser.add_argument("--only", default="", help="one persona only")
        parser.add_argument("--readme", action="store_true", help="the four pictures of the README instead")

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
            said = Path(folder) / "server.log"
            with said.open("wb") as log:
                server = subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "langbord",
                        "serve",
                        "--first-run",
                        "--workers",
                        "1",
                        "--no-worker",
                    ],
                    env=environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            try:
                self.stdout.write("Building the example. It takes a minute, or several on a busy machine.")
                wait_for(port, server, said, seconds=WAIT_SECONDS)
                told = subprocess.run(
                    [sys.executable, "-m", "langbord", "personas", "--json"],
                    env=environment,
                    capture_output=True,
                    text=True,
                )
                if told.returncode != 0:
                    raise CommandError(f"There is no way in for the people of the example:\n{told.stderr}")
                people = {p["key"]: p for p in json.loads(told.stdout)}
                count = self._pictures(f"http://localhost:{port}", people, out, options)
            finally:
                server.terminate()
                server.wait(timeout=SLOW)
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
            for key, pictures in wanted(readme=options["readme"], only=options["only"]).items():
                context = browser.new_context(
                    locale="nb-NO",
                    color_scheme="dark" if options["dark"] else "light",
                    reduced_motion="reduce",
                )
                context.set_default_timeout(SLOW * 1000)
                page = context.new_page()
                process = ""
                if key:
                    page.goto(people[key]["url"])
                    page.locator("main form button[type=submit]").first.click()
                    page.wait_for_url(f"{address}/")
                    process = f"/s/{people[key]['process']}"
                for name, path, (width, height) in pictures:
                    page.set_viewport_size({"width": width, "height": height})
                    page.goto(address + path.replace("{process}", process))
                    page.screenshot(path=out / f"{name}.png", full_page=not options["readme"])
                    count += 1
                context.close()
            browser.close()
        return count


def wanted(*, readme: bool, only: str = "") -> dict[str, list[tuple[str, str, tuple[int, int]]]]:
    """Name, address and size of each picture, by persona."""
    found: dict[str, list[tuple[str, str, tuple[int, int]]]] = {}
    if readme:
        for name, key, path, size in README:
            found.setdefault(key, []).append((name, path, size))
    else:
        for key, pages in PAGES.items():
            for kind, size in WIDTHS.items():
                for path in pages:
                    name = path.replace("{process}", "process").strip("/").replace("/", "-") or "home"
                    found.setdefault(key, []).append((f"{key or 'nobody'}-{name}-{kind}", path, size))
    return {key: pictures for key, pictures in found.items() if only in ("", key)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(
    port: int, server: subprocess.Popen[bytes], said: Path, *, seconds: float, step: float = 0.5
) -> None:
    """Until the server answers. A slow machine is waited for; a server that has stopped is not."""
    until = time.monotonic() + seconds
    while True:
        if server.poll() is not None:
            raise CommandError(f"The server stopped before it answered. The last it said:\n{_last_of(said)}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10):
                return
        except OSError:
            if time.monotonic() > until:
                break
            time.sleep(step)
    raise CommandError(
        f"The server has not answered in {seconds / 60:g} minutes. It makes the example first, which takes a minute on a "
        f"machine that is free. Try again when less is going on. The last it said:\n{_last_of(said)}"
    )


def _last_of(said: Path, lines: int = 8) -> str:
    """The end of what the server wrote, without the ways in that it shows."""
    text = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
    told = [line for line in text.splitlines() if line.strip() and "/l/" not in line]
    return "\n".join(f"    {line}" for line in told[-lines:]) or "    (nothing)"
