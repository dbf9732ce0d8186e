"""Gather the built front end in build/collected, with a fingerprint in each name and compressed beforehand.

    python -m langbord.config.collect

Needs neither a data folder nor a database, so it can be part of a build.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

BUILD = Path(__file__).resolve().parents[3] / "build"


def collect() -> None:
    """Gathered beside the old folder and then put in its place, so a server never meets half of it."""
    ready, fresh, old = BUILD / "collected", BUILD / "collected.next", BUILD / "collected.old"
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STATIC_URL="/static/",
        STATIC_ROOT=fresh,
        STATICFILES_DIRS=[BUILD / "static"],
        STORAGES={"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
    )
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    if ready.exists():
        ready.rename(old)
    fresh.rename(ready)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    collect()
