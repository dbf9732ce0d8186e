"""A backup is one file: an uncompressed tar with its list of contents last, so that one that was cut off has none."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tarfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO, cast

from langbord.operate import manifest as manifests
from langbord.operate.errors import Refused
from langbord.operate.manifest import Manifest

CHUNK = 1 << 20


def write(target: Path, manifest: Manifest, contents: Iterable[tuple[str, Path]]) -> None:
    """Write a backup whole or not at all; on the disk when it returns. Fills in the manifest's files.

    A file that goes while it is copied (its words were erased just then) is left out.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.making")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for name, path in contents:
                    with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:
                        _add(tar, manifest, name, file)
                _member(tar, manifests.NAME, io.BytesIO(manifest.to_bytes()))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _flush(target.parent)


def _add(tar: tarfile.TarFile, manifest: Manifest, name: str, file: IO[bytes]) -> None:
    hashing = _Hashing(file)
    size = _member(tar, name, hashing)
    manifest.files[name] = {"sha256": hashing.sha.hexdigest(), "bytes": size}


def _member(tar: tarfile.TarFile, name: str, file: IO[bytes] | io.RawIOBase) -> int:
    info = tarfile.TarInfo(name)
    info.size = file.seek(0, os.SEEK_END)
    info.mode = 0o600
    file.seek(0)
    tar.addfile(info, cast(IO[bytes], file))
    return info.size


class _Hashing(io.RawIOBase):
    """A file that is hashed as it is read once from the beginning."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sha = hashlib.sha256()

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self.file.seek(offset, whence)

    def read(self, size: int = -1, /) -> bytes:
        read = self.file.read(size)
        self.sha.update(read)
        return read


def glance(path: Path) -> Manifest:
    """The list of contents only, nothing checked against it. Refused (damaged)."""
    try:
        return manifests.from_bytes(one(path, manifests.NAME))
    except ValueError as error:
        raise damaged(path, error) from error


def one(path: Path, name: str) -> bytes:
    """One small file of a backup. Refused (damaged)."""
    try:
        with tarfile.open(path, "r:") as tar:
            member = tar.extractfile(name)
            if member is None:
                raise ValueError(f"no {name} in it")
            return member.read()
    except (tarfile.TarError, OSError, ValueError, KeyError, EOFError) as error:
        raise damaged(path, error) from error


def unpack(path: Path, into: Path | None = None) -> Manifest:
    """Check every byte against the list of contents, and write the files if `into` is given. Refused (damaged)."""
    found = glance(path)
    seen = set()
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                if member.name == manifests.NAME:
                    continue
                listed = found.files.get(member.name)
                source = tar.extractfile(member) if member.isreg() and _safe(member.name) else None
                if listed is None or source is None or member.name in seen:
                    raise ValueError("holds what is not in its list of contents")
                if _copy(source, into / member.name if into else None) != listed["sha256"]:
                    raise ValueError("a file in it is not what it was")
                seen.add(member.name)
    except (tarfile.TarError, ValueError, KeyError, EOFError) as error:
        raise damaged(path, error) from error
    if seen != set(found.files):
        raise damaged(path, ValueError("something is missing in it"))
    return found


def damaged(path: Path, why: Exception) -> Refused:
    if isinstance(why, FileNotFoundError):
        return Refused("damaged", f"Fant ikke sikkerhetskopien: {path}", f"There is no such backup: {path}")
    return Refused(
        "damaged",
        f"Sikkerhetskopien er skadet eller ikke en sikkerhetskopi: {path}\nIngenting er endret. Bruk en annen kopi.",
        f"The backup is damaged, or no backup: {path} ({why})\nNothing has been changed. Use another copy.",
    )


def _copy(source: IO[bytes], target: Path | None) -> str:
    sha = hashlib.sha256()
    with contextlib.ExitStack() as stack:
        out = None
        if target is not None:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            out = stack.enter_context(
                open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            )
        while chunk := source.read(CHUNK):
            sha.update(chunk)
            if out is not None:
                out.write(chunk)
        if out is not None:
            out.flush()
            os.fsync(out.fileno())
    return sha.hexdigest()


def _safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
