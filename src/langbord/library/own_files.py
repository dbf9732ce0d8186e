"""What an operator adds to the content with files: `<data folder>/content/…`, laid out as ours.

A file names an entry of ours by its `key` and says only what it changes; what stands in lists is found by its `key` too.
`own: true` adds an entry of its own. `version` is the version of ours that was read when the change was written.

A file that cannot be read is refused when Langbord starts. What does not fit any more is pointed out and kept: a point that
is gone, a version that is older than ours, a language that is not written (Bokmål stands there instead), a dead link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from .reading import LANGUAGES, BrokenContent, Fault, Loc, Source, read_source, validated


@dataclass(frozen=True)
class Laid:
    """One file laid over ours: the entry, whether it is of its own, and what is to be pointed out."""

    entry: Any
    key: str
    remarks: tuple[Fault, ...] = ()


def folder() -> Path:
    return Path(settings.DATA_DIR) / "content"


def lay(path: Path, model: Any, ours: dict[str, dict[str, Any]]) -> Laid:
    """A file over the entry of ours with the same key. `ours`: the data of our entries. Raises BrokenContent."""
    source = read_source(path)
    theirs = source.data
    key = theirs.get("key") if isinstance(theirs, dict) else None
    if not isinstance(theirs, dict) or not isinstance(key, str):
        raise BrokenContent(source.fault((), "«key» is missing: which entry is this about?"))
    remarks = [source.fault(loc, what) for loc, what in _unspoken(theirs)]
    if theirs.get("own") is True:
        return Laid(validated(source, model, complete=False), key, tuple(remarks))
    if key not in ours:
        _shape(source)
        gone = source.fault(("key",), f"there is no «{key}» of ours any more: kept, and shown nowhere")
        return Laid(None, key, (gone,))
    merged, more = _over(ours[key], theirs, ())
    remarks += [source.fault(loc, what) for loc, what in more]
    entry = validated(
        source, model, complete=False, data=merged, placed=lambda loc: _back(merged, theirs, loc)
    )
    return Laid(entry, key, tuple(remarks))


def _shape(source: Source) -> None:
    """An orphan is kept; one whose texts nobody could read is broken all the same."""
    for loc, value in _texts(source.data):
        if not all(isinstance(text, str) for text in value.values()):
            raise BrokenContent(source.fault(loc, "one text for each language is needed"))


def _over(
    ours: dict[str, Any], theirs: dict[str, Any], at: Loc
) -> tuple[dict[str, Any], list[tuple[Loc, str]]]:
    remarks: list[tuple[Loc, str]] = []
    found = dict(ours)
    for name, value in theirs.items():
        mine = ours.get(name)
        if name == "version" and isinstance(mine, int) and isinstance(value, int):
            if value < mine:
                remarks.append(
                    ((*at, name), f"ours is version {mine} now, and this was written against {value}")
                )
        elif _keyed(mine) and _keyed(value):
            found[name], more = _lists(mine, value, (*at, name))
            remarks += more
        elif isinstance(mine, dict) and isinstance(value, dict) and "nb" not in mine:
            found[name], more = _over(mine, value, (*at, name))
            remarks += more
        else:
            found[name] = value
    return found, remarks


def _lists(ours: Any, theirs: Any, at: Loc) -> tuple[tuple[Any, ...], list[tuple[Loc, str]]]:
    remarks: list[tuple[Loc, str]] = []
    found = {entry["key"]: entry for entry in ours}
    for place, entry in enumerate(theirs):
        key = entry["key"]
        if entry.get("own") is True:
            found[key] = entry
        elif key in found:
            found[key], more = _over(found[key], entry, (*at, place))
            remarks += more
        else:
            remarks.append(((*at, place), f"there is no «{key}» of ours any more: kept, and shown nowhere"))
    return tuple(found.values()), remarks


def _keyed(value: Any) -> bool:
    return (
        isinstance(value, tuple)
        and bool(value)
        and all(isinstance(entry, dict) and isinstance(entry.get("key"), str) for entry in value)
    )


def _texts(data: Any, at: Loc = ()) -> Iterator[tuple[Loc, dict[str, Any]]]:
    if isinstance(data, dict) and "nb" in data:
        yield at, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _texts(value, (*at, name))
    elif isinstance(data, tuple):
        for place, value in enumerate(data):
            yield from _texts(value, (*at, place))


def _unspoken(data: Any) -> Iterator[tuple[Loc, str]]:
    for loc, texts in _texts(data):
        for code, name in LANGUAGES.items():
            if not texts.get(code):
                yield loc, f"{name} is missing: Bokmål stands there instead"


def _back(merged: Any, theirs: Any, loc: Loc) -> Loc:
    """The place in the merged entry as a place in the file: entries of lists are found by their key."""
    out: list[str | int] = []
    for step in loc:
        if isinstance(step, int) and isinstance(merged, tuple) and step < len(merged):
            merged = merged[step]
            key = merged.get("key") if isinstance(merged, dict) else None
            places = range(len(theirs)) if isinstance(theirs, tuple) else range(0)
            at = next((p for p in places if key is not None and theirs[p].get("key") == key), None)
            if at is None and key is None and step in places:
                at = step
            if at is None:
                break
            out.append(at)
            theirs = theirs[at]
        elif isinstance(merged, dict):
            merged = merged.get(step)
            out.append(step)
            if not isinstance(theirs, dict) or step not in theirs:
                break
            theirs = theirs[step]
        else:
            break
    return tuple(out)
