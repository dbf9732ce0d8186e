"""The kinds of content there are, so that one check at start-up reads them all, and a text of one can link to another.

An app registers its kind in `AppConfig.ready()`:

    kinds.register(Kind("letter", Letter, ("letters",)))      # content/letters/*.yaml, one entry a file
    kinds.register_reader("consent", texts.read_all)           # a reader of its own: any ValueError is shown

    kinds.entries("letter")                                    # tuple of Letter, read once and kept
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from . import own_files
from .reading import (
    CONTENT,
    LINK,
    BrokenContent,
    Entry,
    Fault,
    Texts,
    place_of,
    read_folder,
    read_source,
    texts_in,
    titles_from,
)

M = TypeVar("M", bound=Entry)


def _itself(entry: Any) -> Iterable[tuple[str, Texts]]:
    """What a link may name in an entry with a key and a title: the entry."""
    yield entry.key, entry.title


@dataclass(frozen=True)
class Kind(Generic[M]):
    """A kind of content. `name`: the word in a link. `folders`: below content/, a star stands for any folder.
    `targets`: what a link may name in an entry, each with its title. `named`: a file is called what its key is.
    `address`: where a link to a key leads; without it a link is words only."""

    name: str
    model: type[M]
    folders: tuple[str, ...]
    targets: Callable[[M], Iterable[tuple[str, Texts]]] = _itself
    named: bool = True
    address: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Found(Generic[M]):
    """An entry that was read, the folder it lies in (below content/), and its file."""

    folder: str
    entry: M
    path: Path


_kinds: dict[str, Kind[Any]] = {}
_readers: dict[str, Callable[[], object]] = {}


def register(kind: Kind[Any]) -> None:
    _kinds[kind.name] = kind
    forget()


def register_reader(name: str, read: Callable[[], object]) -> None:
    """A kind with a reader of its own: called by the check at start-up, a ValueError is what is wrong."""
    _readers[name] = read


def forget() -> None:
    """Read the files anew the next time they are asked for. For tests, and for the check."""
    ours.cache_clear()
    here.cache_clear()
    _targets.cache_clear()


def known() -> tuple[Kind[Any], ...]:
    return tuple(_kinds.values())


def folders_of(kind: Kind[Any], root: Path) -> list[Path]:
    found: list[Path] = []
    for folder in kind.folders:
        found += sorted(p for p in root.glob(folder) if p.is_dir()) if "*" in folder else [root / folder]
    return found


@cache
def ours(name: str) -> tuple[Found[Any], ...]:
    """The entries that come with Langbord, in the order of folders and file names. Raises BrokenContent."""
    kind = _kinds[name]
    found = [
        Found(folder.relative_to(CONTENT).as_posix(), entry, path)
        for folder in folders_of(kind, CONTENT)
        for path, entry in zip(
            sorted(folder.glob("*.yaml")),
            read_folder(folder, kind.model, named=kind.named),
            strict=True,
        )
    ]
    return tuple(found)


@cache
def here(name: str) -> tuple[tuple[Found[Any], ...], tuple[Fault, ...]]:
    """The entries of this installation: ours with the operator's own files laid over them (`own_files`), and what is to be
    pointed out about those. Raises BrokenContent."""
    kind, root = _kinds[name], own_files.folder()
    found = {entry.entry.key: entry for entry in ours(name)} if root.is_dir() else {}
    remarks: list[Fault] = []
    faults: list[Fault] = []
    files = (
        [path for folder in folders_of(kind, root) for path in sorted(folder.glob("*.yaml"))] if found else []
    )
    data = {key: read_source(entry.path).data for key, entry in found.items()} if files else {}
    for path in files:
        try:
            laid = own_files.lay(path, kind.model, data)
        except BrokenContent as error:
            faults += error.faults
            continue
        remarks += laid.remarks
        if laid.entry is not None:
            at = found[laid.key].folder if laid.key in found else path.parent.relative_to(root).as_posix()
            found[laid.key] = Found(at, laid.entry, path)
    if faults:
        raise BrokenContent(*faults)
    return (tuple(found.values()) if files else ours(name)), tuple(remarks)


def entries(name: str) -> tuple[Any, ...]:
    """The entries of a kind, in their order, without the folders they lie in."""
    return tuple(found.entry for found in here(name)[0])


# --- links between texts ------------------------------------------------------------------------------------------------


@cache
def _targets(name: str) -> dict[str, Texts]:
    kind = _kinds.get(name)
    if kind is None:
        return {}
    return {key: title for entry in entries(name) for key, title in kind.targets(entry)}


def title_of(name: str, key: str) -> str:
    """The title of what a link names, in the language now spoken; the key where it is not there."""
    title = _targets(name).get(key)
    return str(title) if title is not None else key


titles_from(title_of)


def address_of(name: str, key: str) -> str:
    """Where a link leads; empty where its kind has no pages, or the key is not there."""
    kind = _kinds.get(name)
    return (
        kind.address(key) if kind is not None and kind.address is not None and key in _targets(name) else ""
    )


def dead_links(text: str) -> Iterator[str]:
    """What is wrong with the links of a text, in words; nothing when all lead somewhere."""
    for link in LINK.finditer(text):
        if link["kind"] not in _kinds:
            yield f"{link[0]} leads nowhere: links are {', '.join(f'{name}:…' for name in sorted(_kinds))}"
        elif link["key"] not in _targets(link["kind"]):
            yield f"{link[0]} leads nowhere: there is no {link['kind']} «{link['key']}»"
    if "[[" in LINK.sub("", text):
        yield "a link is written [[guide:key]] or [[guide:key|words]]"


def faults_in(kind: Kind[Any]) -> list[Fault]:
    """What is wrong between the entries of ours of a kind that could be read: keys that stand twice, dead links."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for found in ours(kind.name):
        place = place_of(found.path)
        for key, _title in kind.targets(found.entry):
            if key in seen:
                faults.append(Fault(place, 1, "", f"the key «{key}» is already in {seen[key]}"))
            seen[key] = place
        faults += link_faults(found.path, found.entry)
    return faults


def link_faults(path: Path, entry: Entry) -> list[Fault]:
    """Dead links in one entry, each with its line. The file is read again only where there is one."""
    wrong = [
        (loc, what)
        for loc, texts in texts_in(entry)
        for language in ("nb", "nn", "en")
        if "[[" in getattr(texts, language)
        for what in dead_links(getattr(texts, language))
    ]
    if not wrong:
        return []
    source = read_source(path)
    return list(dict.fromkeys(source.fault(loc, what) for loc, what in wrong))


def all_faults() -> list[Fault | str]:
    """Everything that is wrong with any content of ours: for the check at start-up, and for tests."""
    faults: list[Fault | str] = []
    broken = set()
    for kind in known():
        try:
            ours(kind.name)
        except BrokenContent as error:
            faults += error.faults
            broken.add(kind.name)
    if not broken:
        for kind in known():
            faults += faults_in(kind)
    for name, read in _readers.items():
        try:
            read()
        except ValueError as error:
            faults.append(f"{name}: {error}")
    return faults


def own_faults() -> tuple[list[Fault], list[Fault]]:
    """About the operator's own files: what is broken, and what is to be pointed out (dead links among it)."""
    faults: list[Fault] = []
    remarks: list[Fault] = []
    for kind in known():
        try:
            found, said = here(kind.name)
        except BrokenContent as error:
            faults += error.faults
            continue
        remarks += said
        for entry in found:
            if entry.path.is_relative_to(own_files.folder()):
                remarks += link_faults(entry.path, entry.entry)
    return faults, remarks
