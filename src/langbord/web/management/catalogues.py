"""The translations of screen texts: collected, written, compiled and checked without GNU gettext.

Texts in the source are Bokmål and need no catalogue of their own; Nynorsk and English have one each. A catalogue file
says where a text stands (file, no line), and nothing of the machine or the hour it was made on, so that it changes
only when a text does. Django's `templatize` turns templates into Python, Babel reads that and the real Python.
"""

from __future__ import annotations

import ast
import os
import re
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import langbord

PACKAGE = Path(langbord.__file__).resolve().parent
LOCALE = PACKAGE / "locale"
LANGUAGES = ("nn", "en")
TEMPLATE_ENDINGS = (".html", ".txt", ".xml", ".svg")

KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
"""What a call means to a translator: which of its arguments are text, which is the context."""

NAMED = re.compile(r"(?<!%)(?:%%)*%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")
_UNNAMED = re.compile(r"(?<!%)(?:%%)*%[sdr](?!\w)")
_BRACES = re.compile(r"\{(\w*)\}")
_TAG = re.compile(r"</?[a-z][^>]*>")


class BrokenSource(Exception):
    """A file whose texts cannot be read; says which and why."""


class StillCatalog(Catalog):
    """A catalogue whose head says only what a reader of it needs, so that it never changes by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_many: dict[tuple[str | None, str], list[str]] = {}
        """The forms for many that the source has for each form for one. A translation can answer only one."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Any) -> None:
        """What a file says of itself counts for nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a text in a language."""

    language: str
    kind: str
    text: str
    detail: str = ""

    def __str__(self) -> str:
        shown = textwrap.shorten(self.text, 90, placeholder=" …")
        return f"{self.language}: {self.kind}: «{shown}»" + (f" ({self.detail})" if self.detail else "")


def _new(language: str) -> StillCatalog:
    catalogue = StillCatalog(
        locale=language,
        domain="django",
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# Screen texts of Langbord from Bokmål to {language}. Made by: langbord messages extract",
    )
    return catalogue


def po_path(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


# Collecting -------------------------------------------------------------------------------------------------------


def source_files(package: Path = PACKAGE) -> list[Path]:
    """Files that may hold screen texts, in a fixed order. Tests, migrations and static files hold none."""
    found = []
    for path in package.rglob("*"):
        parts = path.relative_to(package).parts
        if {"migrations", "static", "locale", "__pycache__", "node_modules"} & set(parts):
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATE_ENDINGS and "templates" in parts[:-1]):
            found.append(path)
    return sorted(found, key=lambda path: path.relative_to(package).as_posix())


def _calls(path: Path, origin: str) -> list[tuple[int, Any, Any, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            ast.parse(text)
        else:
            # Left margins mean nothing in a template, but would to a reader of Python.
            text = "\n".join(line.strip() for line in templatize(text, origin=origin).splitlines())
        return list(extract_python(BytesIO(text.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}))
    except Exception as error:  # a tokenizer, a parser or Django may each have words of their own for it
        raise BrokenSource(f"{origin}: {error}") from error


def collect(package: Path = PACKAGE, language: str = "nn") -> StillCatalog:
    """Every screen text in the source, in order of file and place. Raises BrokenSource."""
    catalogue = _new(language)
    for path in source_files(package):
        origin = path.relative_to(package).as_posix()
        for _line, function, arguments, comments in _calls(path, origin):
            written = _written(function, arguments)
            if written is not None:
                context, text = written
                if isinstance(text, tuple):
                    forms = catalogue.for_many.setdefault((context, text[0]), [])
                    forms += [text[1]] if text[1] not in forms else []
                catalogue.add(text, context=context, locations=[(origin, 0)], auto_comments=comments)
    for text in _borrowed(package / "locale", language):
        catalogue.add(text, locations=[("locale/borrowed.yaml", 0)])
    for message in catalogue:
        _set_flag(message)
    return catalogue


def _written(function: str, arguments: Any) -> tuple[str | None, str | tuple[str, str]] | None:
    """Context and text of one call; None when its text is not written out there."""
    given = arguments if isinstance(arguments, (tuple, list)) else (arguments,)
    spec = KEYWORDS[function] or (1,)
    context: str | None = None
    texts: list[str] = []
    for place in spec:
        number = place[0] if isinstance(place, tuple) else place
        value = given[number - 1] if len(given) >= number else None
        if not isinstance(value, str) or not value:
            return None
        if isinstance(place, tuple):
            context = value
        else:
            texts.append(value)
    return context, (texts[0] if len(texts) == 1 else (texts[0], texts[1]))


def _borrowed(locale: Path, language: str) -> list[str]:
    """Texts that a library writes on our screens and does not have in a language: a list by hand."""
    path = locale / "borrowed.yaml"
    if not path.exists():
        return []
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return list(content.get(language) or [])


def _set_flag(message: Message) -> None:
    """«100 % sikker» is not a placeholder; only named ones are."""
    message.flags.discard("python-format")
    if any(NAMED.search(text) for text in texts_of(message)):
        message.flags.add("python-format")


def texts_of(message: Message) -> list[str]:
    """The Bokmål of a message: one text, or the one for one and the one for many."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def answers_of(message: Message) -> list[str]:
    """The translation of a message, one or two texts, empty where there is none."""
    return (
        [message.string or ""]
        if isinstance(message.string, str)
        else [text or "" for text in message.string or [""]]
    )


# Writing ----------------------------------------------------------------------------------------------------------


def read(language: str, locale: Path = LOCALE) -> Catalog:
    """The catalogue of a language as it is on disk; an empty one where there is no file."""
    path = po_path(language, locale)
    if not path.exists():
        return _new(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django", charset="utf-8", abort_invalid=True)


def update(source: StillCatalog, old: Catalog, *, tidy: bool = False) -> StillCatalog:
    """The texts of the source with the translations of the old catalogue.

    What is no longer in the source stays behind as a remark («#~»), and comes back with it; `tidy` throws it away.
    Nothing is guessed from similar texts. Where the form for many has changed, the translation is unsure.
    """
    known = {(m.context, texts_of(m)[0]): m for m in (*old.obsolete.values(), *old) if m.id}
    language = str(source.locale)
    new, used = _new(language), set[tuple[str | None, str]]()
    for message in source:
        if not message.id:
            continue
        key = (message.context, texts_of(message)[0])
        before = known.get(key)
        copy = new.add(
            message.id,
            context=message.context,
            locations=_files(message),
            auto_comments=message.auto_comments,
        )
        _set_flag(copy)
        used.add(key)
        if before is None or not any(answers_of(before)):
            continue
        answers = answers_of(before)
        if copy.pluralizable:
            copy.string = tuple(answers) if len(answers) == 2 else (answers[0], answers[0])
        else:
            copy.string = answers[-1]
        copy.user_comments = before.user_comments
        if before.fuzzy or len(answers) != len(texts_of(copy)) or texts_of(before) != texts_of(copy):
            copy.flags.add("fuzzy")
    if not tidy:
        for key, message in known.items():
            if key not in used and any(answers_of(message)):
                message.locations, message.auto_comments = [], []
                new.obsolete[new._key_for(message.id, message.context)] = message
    return new


def _files(message: Message) -> list[tuple[str, int]]:
    return [(name, 0) for name in dict.fromkeys(name for name, _line in message.locations)]


def write(catalogue: StillCatalog, locale: Path = LOCALE) -> bool:
    """Write a catalogue to its place; False when the file said the same already."""
    path = po_path(str(catalogue.locale), locale)
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, include_lineno=False, omit_header=False)
    content = re.sub(rb"^(#: .*):0$", rb"\1", buffer.getvalue().rstrip() + b"\n", flags=re.MULTILINE)
    if path.exists() and path.read_bytes() == content:
        return False
    _replace(path, content)
    return True


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step: others read the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def extract(package: Path = PACKAGE, locale: Path = LOCALE, *, tidy: bool = False) -> dict[str, bool]:
    """Bring every catalogue in line with the source; which of them changed."""
    return {
        language: write(update(collect(package, language), read(language, locale), tidy=tidy), locale)
        for language in LANGUAGES
    }


def compile_all(locale: Path = LOCALE, *, force: bool = False) -> list[Path]:
    """Make the files Django reads (.mo), where the catalogue has changed since; which were made.

    A compiled file carries its catalogue's time, so that both a newer and an older catalogue are noticed.
    """
    made = []
    for path in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target, time = path.with_suffix(".mo"), path.stat().st_mtime_ns
        if not force and target.exists() and target.stat().st_mtime_ns == time:
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3], charset="utf-8", abort_invalid=True)
        buffer = BytesIO()
        write_mo(buffer, catalogue)
        _replace(target, buffer.getvalue())
        os.utime(target, ns=(time, time))
        made.append(target)
    return made


# Checking ---------------------------------------------------------------------------------------------------------


def problems(language: str, package: Path = PACKAGE, locale: Path = LOCALE) -> list[Problem]:
    """Texts without a translation, translations without a text, unsure ones, and placeholders that got lost."""
    source, known = collect(package, language), read(language, locale)
    wanted = {(m.context, texts_of(m)[0]): m for m in source if m.id}
    there = {(m.context, texts_of(m)[0]): m for m in known if m.id}
    found = [Problem(language, "unused", key[1]) for key in there if key not in wanted]
    for key, message in wanted.items():
        where = ", ".join(dict.fromkeys(name for name, _line in message.locations))
        found += [Problem(language, "source", key[1], f"{why}; {where}") for why in source_faults(message)]
        if len(forms := source.for_many.get(key, [])) > 1:
            found.append(Problem(language, "source", key[1], f"two forms for many: {forms}; {where}"))
        translated = there.get(key)
        if translated is None or not all(answers_of(translated)):
            found.append(Problem(language, "missing", key[1], where))
        elif translated.fuzzy:
            found.append(Problem(language, "fuzzy", key[1], where))
        elif texts_of(message)[1:] != texts_of(translated)[1:]:
            found.append(Problem(language, "fuzzy", key[1], f"the form for many has changed; {where}"))
        else:
            found += [Problem(language, "broken", key[1], why) for why in faults(message, translated)]
    return found


def source_faults(message: Message) -> Iterator[str]:
    """What is wrong with the Bokmål itself."""
    for text in texts_of(message):
        if _UNNAMED.search(text):
            yield "a placeholder without a name"
        elif NAMED.search(text) and _lone_percent(text):
            yield "a lone % sign: write %%"
        if text != text.strip():
            yield "space at an end: use trimmed"
        if "{}" in text:
            yield "a placeholder without a name"


def faults(message: Message, translated: Message) -> Iterator[str]:
    """What a translation lost or added: placeholders, tags, forms; or text that cannot be filled in."""
    texts, answers = texts_of(message), answers_of(translated)
    if len(texts) != len(answers):
        yield f"{len(answers)} forms, should be {len(texts)}"
        return
    every = set().union(*(NAMED.findall(text) for text in texts))
    for text, answer in zip(texts, answers, strict=True):
        asked, given = set(NAMED.findall(text)), set(NAMED.findall(answer))
        # In the form for one, «én dag» may stand for the number.
        if given - every or (asked - given and not (len(texts) == 2 and text == texts[0])):
            yield f"placeholders {sorted(asked)} became {sorted(given)}"
        elif every and _lone_percent(answer):
            yield "a lone % sign: write %%"
        if sorted(_BRACES.findall(text)) != sorted(_BRACES.findall(answer)):
            yield "placeholders in braces differ"
        if sorted(_TAG.findall(text)) != sorted(_TAG.findall(answer)):
            yield "tags differ"
        if answer != answer.strip():
            yield "space at an end"


def _lone_percent(text: str) -> bool:
    """«100 % av» beside a placeholder would be read as one: Python takes «% a» for a conversion."""
    return "%" in NAMED.sub("", text).replace("%%", "")
