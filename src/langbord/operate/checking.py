"""Questions to a backup before anything is touched. Each answer is `Refused`, in plain words, or nothing."""

from __future__ import annotations

from pathlib import Path

from langbord import __version__
from langbord.operate import archive, tables
from langbord.operate.errors import Refused
from langbord.operate.manifest import DATA, FORMAT, Manifest
from langbord.vault import keyfiles
from langbord.vault.errors import KeyFileError
from langbord.vault.keyfiles import KeyFile

NAMES = {"data": ("ordene", "words"), "vault": ("nøklene", "keys")}


def half(path: Path, kind: str) -> Manifest:
    """The list of contents of a backup that is whole, of the right kind and not too new for this Langbord."""
    found = archive.glance(path)
    if found.kind != kind:
        nb, en = NAMES[kind]
        raise Refused(
            "kind",
            f"Dette er ikke en sikkerhetskopi av {nb}: {path}\nIngenting er endret. Er de to filene byttet om?",
            f"This is not a backup of the {en}: {path}\nNothing has been changed. Were the two files mixed up?",
        )
    unknown = [] if found.format > FORMAT else tables.unknown_migrations(found.migrations)
    if found.format > FORMAT or _version(found.product) > _version(__version__) or unknown:
        raise Refused(
            "newer",
            f"Sikkerhetskopien er laget av en nyere Langbord ({found.product}) enn denne ({__version__}): {path}\n"
            "Ingenting er endret. Oppdater Langbord først.",
            f"The backup was made by a newer Langbord ({found.product}) than this ({__version__}): {path}\n"
            "Nothing has been changed. Update Langbord first.",
        )
    archive.unpack(path)
    return found


def mismatch(data: Manifest, vault: Manifest) -> str:
    """ "" if the two halves were taken together; "vault" or "data", whichever is newer, if not.

    Refused (pair) if they come from two installations.
    """
    if data.installation != vault.installation:
        raise Refused(
            "pair",
            "Ordene og nøklene er fra to forskjellige installasjoner. Ingenting er endret.",
            "The words and the keys come from two different installations. Nothing has been changed.",
        )
    if data.pair == vault.pair:
        return ""
    return "vault" if vault.made >= data.made else DATA


def master(vault: Manifest, path: Path) -> KeyFile:
    """The master key in this file, if it is the one in force in this backup of the vault."""
    found = _key(path, "master-missing", "Hovednøkkelen", "The master key")
    if found.id == vault.in_force:
        return found
    if found.id in vault.masters:
        raise Refused(
            "master-old",
            f"Hovednøkkelen er gammel: {path}\nDen ble byttet {vault.masters[found.id]}, før denne kopien ble tatt."
            " Ingenting er endret. Bruk den nyeste hovednøkkelen.",
            f"The master key is an old one: {path}\nIt was replaced {vault.masters[found.id]}, before this backup was"
            " taken. Nothing has been changed. Use the newest master key.",
        )
    raise Refused(
        "master-wrong",
        f"Hovednøkkelen åpner ikke denne kopien av nøklene: {path}\nKopien er trolig fra før hovednøkkelen ble byttet."
        " Da kan ingen åpne den, og slik skal det være. Ingenting er endret. Bruk en nyere kopi av nøklene.",
        f"The master key does not open this backup of the vault: {path}\nThe backup is probably from before the master"
        " key was exchanged. Then nobody can open it, as it should be. Nothing has been changed. Use a newer backup"
        " of the vault; an older backup of the words may go with it.",
    )


def lookup(path: Path) -> KeyFile:
    return _key(path, "lookup", "Oppslagsnøkkelen", "The key of the look-ups")


def _key(path: Path, code: str, nb: str, en: str) -> KeyFile:
    try:
        found = keyfiles.read(path)
    except KeyFileError as error:
        raise Refused(
            code,
            f"{nb} kan ikke leses: {path}\nIngenting er endret.",
            f"{en} cannot be read: {error}\nNothing has been changed.",
        ) from error
    if found is None:
        raise Refused(
            code,
            f"{nb} mangler: {path}\nHent den der den er gjemt, og si hvor den er med --master-key eller --lookup-key."
            " Ingenting er endret.",
            f"{en} is missing: {path}\nFetch it from where it is kept, and name it with --master-key or --lookup-key."
            " Nothing has been changed.",
        )
    return found


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())
