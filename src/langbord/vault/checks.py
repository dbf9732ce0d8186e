from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from langbord.vault import keyfiles
from langbord.vault.router import VAULT


@register("vault")
def vault_is_apart(**kwargs: Any) -> list[CheckMessage]:
    """The vault is a database of its own, and the router keeps the two apart."""
    found: list[CheckMessage] = []
    databases = settings.DATABASES
    if VAULT not in databases:
        return [Error("There is no database for the keys (DATABASES['vault']).", id="vault.E010")]

    def place(alias: str) -> tuple[str, ...]:
        return tuple(str(databases[alias].get(part, "")) for part in ("ENGINE", "NAME", "HOST", "PORT"))

    if ":memory:" not in place(VAULT)[1] and place(VAULT) == place("default"):
        found.append(Error("The keys are in the same database as the words.", id="vault.E011"))
    if "langbord.vault.router.VaultRouter" not in settings.DATABASE_ROUTERS:
        found.append(Error("VaultRouter is not among DATABASE_ROUTERS.", id="vault.E012"))
    return found


@register("vault")
def key_files_are_private(**kwargs: Any) -> list[CheckMessage]:
    """Whoever else can read a key file needs only a copy of the databases."""
    return [
        Warning(
            f"{path.name} can be read by others than its owner.", hint=f"chmod 600 {path}", id="vault.W001"
        )
        for path in (keyfiles.master_path(), keyfiles.lookup_path())
        if path.exists() and path.stat().st_mode & 0o077
    ]
