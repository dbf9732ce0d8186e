"""Settings of the suite: the same product, with a cheap password hasher and databases of its own.

LANGBORD_TEST_DB=postgres asks for PostgreSQL; tests/plugins/postgres.py starts one and gives its addresses.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="langbord-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

POSTGRES = os.environ.get("LANGBORD_TEST_DB") == "postgres"
for _name in ("DATABASE_URL", "VAULT_URL"):
    os.environ.pop(f"LANGBORD_{_name}", None)
for _name in (
    "PUBLIC_URL",
    "HOSTS",
    "MAIL_URL",
    "MASTER_KEY_FILE",
    "DEBUG",
    "NEUTRAL_SITE",
    "BACKUPS",
    "VAULT_BACKUPS",
):
    os.environ.pop(f"LANGBORD_{_name}", None)
os.environ["LANGBORD_DATA"] = str(_folder)

from langbord.config.databases import postgres, sqlite  # noqa: E402
from langbord.config.settings import *  # noqa: E402
from langbord.config.settings import TEMPLATES  # noqa: E402

if POSTGRES:
    DATABASES = {
        "default": postgres(os.environ["LANGBORD_TEST_DATABASE_URL"]),
        "vault": postgres(os.environ["LANGBORD_TEST_VAULT_URL"]),
    }
    for _entry in DATABASES.values():
        _entry["CONN_MAX_AGE"] = 0
else:
    # Files, as in production, so that threads meet the same locks; but nothing needs to survive a power cut.
    _pragmas = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    DATABASES = {
        "default": sqlite(_folder / "langbord.sqlite3", _pragmas),
        "vault": sqlite(_folder / "vault.sqlite3", _pragmas),
    }
    for _alias, _entry in DATABASES.items():
        _entry["CONN_MAX_AGE"] = 0
        _entry["TEST"] = {"NAME": str(_folder / f"test-{_alias}.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # type: ignore[index]
