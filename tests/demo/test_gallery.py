"""`langbord gallery`: it waits for a slow machine, says why when it gives up, and knows the README's pictures."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from langbord.demo.management.commands import gallery


def started(program: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", program])


def test_a_server_that_has_stopped_is_not_waited_for(tmp_path: Path) -> None:
    said = tmp_path / "server.log"
    said.write_text("http://localhost:8000/l/hemmelig/\nDer ute er det fullt.\n", encoding="utf-8")
    server = started("raise SystemExit(3)")
    server.wait()
    with pytest.raises(CommandError, match="Der ute er det fullt") as stopped:
        gallery.wait_for(1, server, said, seconds=60)
    assert "hemmelig" not in str(stopped.value)


def test_giving_up_says_what_takes_time(tmp_path: Path) -> None:
    server = started("import time; time.sleep(60)")
    try:
        with pytest.raises(CommandError, match=r"makes the example first(.|\n)*\(nothing\)"):
            gallery.wait_for(1, server, tmp_path / "none.log", seconds=0, step=0)
    finally:
        server.kill()
        server.wait()


def test_the_pictures_of_the_readme_are_those_it_shows() -> None:
    shown = re.findall(
        r"docs/pictures/([\w-]+)\.png", (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    )
    made = [name for pictures in gallery.wanted(readme=True).values() for name, _path, _size in pictures]
    assert sorted(shown) == sorted(made)
    for name in shown:
        assert (settings.BASE_DIR / "docs" / "pictures" / f"{name}.png").stat().st_size < 200_000


def test_the_gallery_draws_each_page_at_both_widths() -> None:
    for key, pages in gallery.PAGES.items():
        drawn = gallery.wanted(readme=False, only=key) if key else gallery.wanted(readme=False)
        assert len(drawn[key]) == 2 * len(pages)
        assert len({name for name, _path, _size in drawn[key]}) == len(drawn[key])
