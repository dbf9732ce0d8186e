"""Finds a browser for pytest-playwright, and a node for Playwright itself.

Looked for in this order: $LANGBORD_CHROMIUM, chromium-headless-shell, chromium, google-chrome, the npm package
@sparticuz/chromium (unpacked once into .tools/chromium), Playwright's own download.
"""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKED = ROOT / "node_modules/@sparticuz/chromium/bin"
UNPACKED = ROOT / ".tools/chromium"
ON_PATH = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def prepare() -> None:
    """What must be in the environment before Playwright starts."""
    # Playwright's synchronous interface runs a loop of its own in the thread of the tests.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    # The node inside Playwright needs a library that small systems lack.
    own = ROOT / ".tools/node/bin/node"
    node = str(own) if own.exists() else shutil.which("node")
    if node:
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)


def find() -> tuple[str | None, dict[str, str]]:
    """Where the browser is (None: Playwright's own) and what it needs in its environment."""
    named = os.environ.get("LANGBORD_CHROMIUM")
    if named:
        return named, {}
    for name in ON_PATH:
        if found := shutil.which(name):
            return found, {}
    if (PACKED / "chromium.br").exists():
        return str(unpack()), {
            "LD_LIBRARY_PATH": str(UNPACKED / "al2023/lib"),
            "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf"),
        }
    return None, {}


def unpack() -> Path:
    """The browser from npm, unpacked beside and then put in place, so that a cut-off try leaves nothing half."""
    program = UNPACKED / "chromium"
    if program.exists():
        return program
    import brotli

    UNPACKED.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="chromium.", dir=UNPACKED.parent))
    draft.chmod(0o755)
    for name in ("al2023", "fonts", "swiftshader"):
        archive = brotli.decompress((PACKED / f"{name}.tar.br").read_bytes())
        target = draft / ("" if name == "swiftshader" else name)
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            # The package came with its hash. Early 3.11 (Debian 12 has 3.11.2) knows no filter and goes without.
            if hasattr(tarfile, "data_filter"):
                tar.extraction_filter = tarfile.data_filter
            tar.extractall(target)
    (draft / "chromium").write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
    (draft / "chromium").chmod(0o755)
    (draft / "fonts.conf").write_text(FONTS.format(fonts=UNPACKED / "fonts", cache=UNPACKED / "fonts-cache"))
    if program.exists():  # somebody else was first, and their browser may be running from it
        shutil.rmtree(draft, ignore_errors=True)
        return program
    shutil.rmtree(UNPACKED, ignore_errors=True)
    draft.rename(UNPACKED)
    return program


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program, environment = find()
    arguments = dict(browser_type_launch_args)
    arguments["args"] = [*arguments.get("args", []), "--disable-dev-shm-usage", "--disable-gpu"]
    if os.geteuid() == 0:
        arguments["args"].append("--no-sandbox")
    if program:
        arguments["executable_path"] = program
        arguments["env"] = {**os.environ, **environment}
    return arguments


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nb-NO", "timezone_id": "Europe/Oslo"}


prepare()
