"""Before anything is served: do the key files belong to this vault, and the vault to this data?"""

from __future__ import annotations

import sys

from django.apps import apps
from django.db import connections, router

from langbord.vault import keyfiles, keys, ledger
from langbord.vault.errors import KeyFileError, KeyFileMissing
from langbord.vault.fields import SealedTextField
from langbord.vault.models import DataKey, KeyCheck
from langbord.vault.router import VAULT

EXIT_CODE = 3

MISSING = """\
Nøkkelfila mangler: {path}
Uten den kan ingen tekster åpnes. Ingenting er endret, og ingenting er borte.
Legg fila tilbake fra sikkerhetskopien, eller si hvor den er med {setting}, og start på nytt.

The key file is missing: {path}
Without it no text can be opened. Nothing has been changed, and nothing is lost.
Put the file back from your backup, or name its place in {setting}, and start again."""

WRONG = """\
Nøkkelfila er ikke den som hører til disse dataene: {path}
({detail})
Ingenting er endret, og ingenting er borte. Legg den riktige fila på plass, og start på nytt.

The key file does not belong to this data: {path}
({detail})
Nothing has been changed, and nothing is lost. Put the right file in its place, and start again."""

EMPTY_VAULT = """\
Her er det forseglede tekster, men nøkkelbasen (vault) er tom. Den er trolig ikke lagt tilbake.
Ingenting er endret. Legg tilbake nøkkelbasen fra sin egen sikkerhetskopi, og start på nytt.

There are sealed texts here, but the database of keys (vault) is empty. It was probably not restored.
Nothing has been changed. Restore the vault from its own backup, and start again."""

REVIVED = """\
{count} nøkler skulle vært ødelagt, men fantes: nøkkelbasen kom fra en eldre kopi, eller noe ble avbrutt.
Nå er de ødelagt på nytt.
{count} keys that had been destroyed were here: the vault came from an older copy, or something was cut off.
They have now been destroyed again."""

DAMAGED_LEDGER = """\
{count} linjer i {path} kan ikke leses. Hent dem fra kopien ved sikkerhetskopiene.
{count} lines of {path} cannot be read. Fetch them from the copy beside the backups."""


def problem() -> str | None:
    """What is wrong with the keys, in words for the operator; None if all is well. Changes nothing if not.

    On a new installation (migrated, empty) it makes the key files.
    """
    try:
        if not _migrated():
            return None
        if not DataKey.objects.exists() and _sealed_rows_exist():
            return EMPTY_VAULT
        for key in _checked_first():
            keyfiles.confirm(key)
    except KeyFileError as error:
        return words(error)
    return None


def words(error: KeyFileError) -> str:
    """What is the matter with a key file, for the operator."""
    if isinstance(error, KeyFileMissing):
        setting = "LANGBORD_MASTER_KEY_FILE" if error.path == keyfiles.master_path() else "LANGBORD_DATA"
        return MISSING.format(path=error.path, setting=setting)
    return WRONG.format(path=error.path, detail=str(error).removeprefix(f"{error.path}: "))


def verify() -> None:
    """Stop with exit code 3 and a clear message if the keys are not right. Called before serving."""
    found = problem()
    if found is not None:
        sys.stderr.write(f"\n{found}\n\n")
        raise SystemExit(EXIT_CODE)
    for line in destroy_again():
        sys.stderr.write(f"\n{line}\n\n")


def destroy_again() -> list[str]:
    """Carry out what the ledger says was destroyed; words for the operator where there was something to do."""
    if not _migrated():
        return []
    known = ledger.read(ledger.path())
    said = [DAMAGED_LEDGER.format(count=known.damaged, path=ledger.path())] if known.damaged else []
    count = keys.replay(known)
    return [*said, REVIVED.format(count=count)] if count else said


def _checked_first() -> list[keyfiles.KeyFile]:
    # The lookup key is asked for last: with a wrong master key, not even a lookup key shall be made.
    master = keyfiles.master()
    keyfiles.confirm(master)
    keyfiles.in_force()
    return [master, keyfiles.lookup()]


def _migrated() -> bool:
    tables = connections[VAULT].introspection.table_names()
    return {DataKey._meta.db_table, KeyCheck._meta.db_table} <= set(tables)


def _sealed_rows_exist() -> bool:
    """Whether any row holds sealed text; asked in SQL, past every manager, because nothing is read."""
    for model in apps.get_models():
        connection = connections[router.db_for_read(model) or "default"]
        quote = connection.ops.quote_name
        table = model._meta.db_table
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, SealedTextField) or field.column is None:
                continue
            with connection.cursor() as cursor:
                if table not in connection.introspection.table_names(cursor):
                    continue
                cursor.execute(
                    f"SELECT 1 FROM {quote(table)} WHERE {quote(field.column)} IS NOT NULL"
                    f" AND LENGTH({quote(field.column)}) > 1 LIMIT 1"
                )
                if cursor.fetchone() is not None:
                    return True
    return False
