"""Reads content files (YAML) into models, strictly, and says file and line where something is wrong.

    sections = read_folder(CONTENT / "staff" / "guide", Section)

An unknown word, a missing language, a key that stands twice or a wrong letter is refused:

    content/staff/guide/01-x.yaml:37: points › what-it-is-not › why: Nynorsk is missing

Content of ours must have all three languages. What a municipality adds (`complete=False`) needs Bokmål only; the rest
falls back to it and is pointed out elsewhere (`library.own_files`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import yaml
from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

PACKAGE = Path(__file__).resolve().parent.parent
CONTENT = PACKAGE / "content"
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINK = re.compile(r"\[\[(?P<kind>[a-z]+):(?P<key>[a-z0-9-]+)(?:\|(?P<label>[^\]|]+))?\]\]")

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where."""

    place: str
    line: int
    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}:{self.line}: " + (f"{self.path}: " if self.path else "") + self.what


class BrokenContent(ValueError):
    """Content that cannot be used. `faults` has each place; the text is one line for each."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


# --- what every text and entry is ---------------------------------------------------------------------------------------


class Entry(BaseModel):
    """The base of all content models: nothing unknown, nothing guessed, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


_title_of: Callable[[str, str], str] = lambda kind, key: key  # noqa: E731


def titles_from(find: Callable[[str, str], str]) -> None:
    """Called once by `library.kinds`: how a link gets its words (kind, key) -> title in the language now spoken."""
    global _title_of
    _title_of = find


class Texts(Entry):
    """A text in Bokmål, Nynorsk and English. `str()` is the language now spoken, Bokmål where it is missing, with the title
    of what it links to where a link stands. Paragraphs are parted by a blank line; lines with `- ` are a list."""

    nb: str
    nn: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, raw: Any, info: ValidationInfo) -> Any:
        if not isinstance(raw, dict):
            raise PydanticCustomError(
                "texts", "one text for each language is needed: {{nb: …, nn: …, en: …}}"
            )
        for language in raw:
            if language not in LANGUAGES:
                raise PydanticCustomError("texts", "unknown language «{code}»", {"code": str(language)})
        context = info.context or {}
        if context.get("empty") and not any(raw.values()):
            return raw
        needed = LANGUAGES if context.get("complete", True) else {"nb": "Bokmål"}
        for code, name in LANGUAGES.items():
            text = raw.get(code)
            if code not in needed and not text:
                continue
            if text is not None and not isinstance(text, str):
                raise PydanticCustomError("texts", "{name} is not a text: put it in quotes", {"name": name})
            if not (text or "").strip():
                raise PydanticCustomError("texts", "{name} is missing", {"name": name})
        return {code: (text or "").strip() for code, text in raw.items()}

    def spoken(self, language: str | None = None) -> str:
        """As it was written, links and all. Bokmål where the language is missing."""
        code = (language or get_language() or "nb")[:2]
        return str(getattr(self, code, "") or self.nb)

    def has(self, language: str) -> bool:
        return bool(getattr(self, language[:2], ""))

    def __bool__(self) -> bool:
        """Nothing is said: only in a point that a municipality added, and that says less than ours."""
        return bool(self.nb)

    def __str__(self) -> str:
        text = self.spoken()
        return LINK.sub(_in_words, text) if "[[" in text else text


def _in_words(link: re.Match[str]) -> str:
    return link["label"] or _title_of(link["kind"], link["key"])


class Keyed(Entry):
    """An entry with a key of its own: never changed, never used for something else. `own`: added by a municipality."""

    key: str = Field(pattern=KEY, max_length=80)
    own: bool = False

    @model_validator(mode="after")
    def _ours_are_not_own(self, info: ValidationInfo) -> Self:
        if self.own and (info.context or {}).get("complete", True):
            raise PydanticCustomError("own", "«own» is for what a municipality adds")
        return self


def texts_in(entry: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Texts]]:
    """Every text of an entry with its place in it."""
    if isinstance(entry, Texts):
        yield loc, entry
    elif isinstance(entry, Entry):
        for name, info in type(entry).model_fields.items():
            yield from texts_in(getattr(entry, name), (*loc, info.alias or name))
    elif isinstance(entry, tuple):
        for place, value in enumerate(entry):
            yield from texts_in(value, (*loc, place))


# --- reading ------------------------------------------------------------------------------------------------------------

M = TypeVar("M", bound=BaseModel)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Source:
    """A file that was read: its data (lists as tuples), and its nodes, to find a line."""

    path: Path
    data: Any
    node: Any

    def fault(self, loc: Loc, what: str) -> Fault:
        return Fault(place_of(self.path), _line(self.node, loc), _path(self.data, loc), what)


def place_of(path: Path) -> str:
    """How a file is named to people: below `content/` for ours, whole for others."""
    return path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else path.as_posix()


def read_source(path: Path) -> Source:
    """The data of a YAML file. Raises BrokenContent where it is not YAML, or where a word stands twice in one entry."""
    place = place_of(path)
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        try:
            node = loader.get_single_node()
            if node is None:
                raise BrokenContent(Fault(place, 1, "", "the file is empty"))
            _tidy(node, place)
            data = loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise BrokenContent(Fault(place, line, "", f"not YAML: {error.problem or error}")) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BrokenContent(Fault(place, 1, "", f"cannot be read: {error}")) from error
    return Source(path, _tuples(data), node)


def _tidy(node: Any, place: str) -> None:
    """Refuses a word that stands twice; makes a blank line in a folded text part paragraphs as in a literal one."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if str(key.value) in seen:
                raise BrokenContent(Fault(place, key.start_mark.line + 1, "", f"«{key.value}» stands twice"))
            seen.add(str(key.value))
            _tidy(value, place)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _tidy(value, place)
    elif node.style != "|" and "\n" in node.value:
        node.value = re.sub(r"\n+", "\n\n", node.value)


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


def validated(
    source: Source,
    model: type[M],
    *,
    complete: bool = True,
    data: Any = None,
    placed: Callable[[Loc], Loc] = lambda loc: loc,
) -> M:
    """The file as a model. `data`: other data than the file's own (it laid over ours), and `placed`: where a place in that
    data stands in the file. Raises BrokenContent."""
    data = source.data if data is None else data
    try:
        found = model.model_validate(data, context={"complete": complete})
    except ValidationError as error:
        raise BrokenContent(
            *(source.fault(placed(_shown(data, fault["loc"])), _said(fault)) for fault in _causes(error))
        ) from error
    doubles = list(_doubles(data))
    if doubles:
        raise BrokenContent(*(source.fault((*loc, place), "this key stands twice") for loc, place in doubles))
    return found


def _causes(error: ValidationError) -> list[Any]:
    """Its faults, without a list that is too short only because what is in it was refused."""
    faults = error.errors(include_url=False)
    return [
        fault
        for fault in faults
        if fault["type"] != "too_short"
        or not any(
            other["loc"][: len(fault["loc"])] == fault["loc"] and other is not fault for other in faults
        )
    ]


def _shown(data: Any, loc: Loc) -> Loc:
    """Without what only the validator knows (such as the name of one kind among several)."""
    kept: list[str | int] = []
    for step in loc:
        if isinstance(data, dict):
            kept.append(step)
            data = data.get(step)
        elif isinstance(data, tuple) and isinstance(step, int) and step < len(data):
            kept.append(step)
            data = data[step]
    return tuple(kept)


def _said(fault: Any) -> str:
    if fault["type"] == "missing":
        return "is missing"
    if fault["type"] == "extra_forbidden":
        return "is not known here"
    return str(fault["msg"])


def _doubles(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, int]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _doubles(value, (*loc, key))
    elif isinstance(data, tuple):
        seen = set()
        for place, value in enumerate(data):
            key = value.get("key") if isinstance(value, dict) else None
            if key is not None and key in seen:
                yield loc, place
            seen.add(key)
            yield from _doubles(value, (*loc, place))


def _line(node: Any, loc: Loc) -> int:
    line = int(node.start_mark.line) + 1
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = int(found[0].start_mark.line) + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = int(node.start_mark.line) + 1
        else:
            break
    return line


def _path(data: Any, loc: Loc) -> str:
    """points › what-it-is-not › why: the key of an entry where it has one, else its number."""
    said = []
    for step in loc:
        if isinstance(data, tuple) and isinstance(step, int):
            data = data[step] if step < len(data) else None
            key = data.get("key") if isinstance(data, dict) else None
            said.append(str(key) if key else str(step + 1))
        else:
            data = data.get(step) if isinstance(data, dict) else None
            said.append(str(step))
    return " › ".join(said)


def read_file(path: Path, model: type[M], *, complete: bool = True) -> M:
    """One file as a model. Raises BrokenContent with each place where it does not hold."""
    return validated(read_source(path), model, complete=complete)


def read_folder(folder: Path, model: type[M], *, complete: bool = True, named: bool = False) -> tuple[M, ...]:
    """Every file of a folder, in the order of their names; none when there is no folder. `named`: the file must be
    called what its key is. Raises BrokenContent for all files at once. Read it once and keep it (`library.kinds`)."""
    found: list[M] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            entry = read_file(path, model, complete=complete)
        except BrokenContent as error:
            faults += error.faults
            continue
        key = str(getattr(entry, "key", path.stem))
        if key in seen:
            faults.append(Fault(place_of(path), 1, "key", f"«{key}» is already in {seen[key]}"))
        elif named and key != path.stem:
            faults.append(Fault(place_of(path), 1, "key", f"«{key}» must be called {key}.yaml"))
        seen[key] = path.name
        found.append(entry)
    if faults:
        raise BrokenContent(*faults)
    return tuple(found)
