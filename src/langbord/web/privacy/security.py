"""The measures that are really in place in this installation, read from settings, databases and code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from langbord.people.signin.sessions import DESK, LIMITS
from langbord.vault import keyfiles
from langbord.vault.fields import sealed_fields
from langbord.vault.router import VAULT

Measure = tuple[str, str, str, str]
"""Key, term, what is so, and (when that is empty) where to do something about it."""


def measures() -> Iterator[Measure]:
    sealed = sum(len(sealed_fields(model)) for model in apps.get_models())
    yield (
        "sealed",
        _("Ordene er låst"),
        _("AES-256-GCM med en nøkkel for hver person eller gruppe, i %(n)d felt") % {"n": sealed},
        "",
    )
    yield (
        "vault",
        _("Nøklene ligger for seg"),
        _("egen database, pakket inn av en hovednøkkel som ikke er i noen database"),
        "",
    )
    apart = not _inside(keyfiles.master_path(), Path(settings.DATA_DIR))
    yield (
        "master-key",
        _("Hovednøkkelen ligger utenfor datamappa"),
        _("ja") if apart else "",
        "LANGBORD_MASTER_KEY_FILE",
    )
    yield "https", _("Kryptert på vei"), _("https, med HSTS") if settings.HTTPS else "", "LANGBORD_PUBLIC_URL"
    yield (
        "gate",
        _("Én vei til innholdet"),
        _("lukkede spørringer; vegg-tabellen sier hvem som leser hva"),
        "",
    )
    postgres = connections["default"].vendor == "postgresql"
    yield (
        "database",
        _("Database"),
        _("PostgreSQL; radvis sperre i databasen er ikke innført ennå")
        if postgres
        else _("SQLite; ingen egen sperre inne i databasen"),
        "",
    )
    idle, whole = LIMITS[DESK]
    yield (
        "sessions",
        _("Innlogging på jobb"),
        _("andre faktor; slutter etter %(idle)d minutter uten bruk og %(whole)d timer i alt")
        % {"idle": (idle.total_seconds() if idle else 0) // 60, "whole": whole.total_seconds() // 3600},
        "",
    )
    yield "csp", _("Ingen fremmede skript"), _("innhold bare herfra (CSP uten unntak for skript og stil)"), ""
    yield "log", _("Logg"), _("hvem, hva, når, på hvilken id; aldri innhold"), ""
    yield (
        "vault-database",
        _("Nøkkelbasen er en annen base"),
        _("ja")
        if connections[VAULT].settings_dict["NAME"] != connections["default"].settings_dict["NAME"]
        else "",
        "LANGBORD_VAULT_URL",
    )
    yield (
        "hosting",
        _("Hvem som drifter (databehandler)"),
        str(getattr(settings, "LANGBORD_HOSTED_BY", "")),
        "LANGBORD_HOSTED_BY",
    )
    mail = str(getattr(settings, "EMAIL_HOST", "")) if "smtp" in settings.EMAIL_BACKEND else ""
    yield "mail", _("Hvem som sender e-post (databehandler)"), mail, "LANGBORD_MAIL_URL"


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
