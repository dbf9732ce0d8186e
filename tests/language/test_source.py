"""Texts in the source can be collected: written out whole, with nothing put into them before they are translated."""

from __future__ import annotations

import ast
import re

import pytest
from django.template.base import Lexer, TokenType

from langbord.web.management import catalogues

FUNCTIONS = set(catalogues.KEYWORDS)
NAMES = {"Langbord", "Bokmål", "Nynorsk", "English"}
"""Said the same way in every language."""
UNSEEN_BLOCKS = {"page", "wide"}
"""Blocks that fill an attribute."""
SEEN_ATTRIBUTES = r"(?:aria-label|aria-description|alt|title|placeholder|data-confirm|data-text\w*)"


def python_faults(source: str) -> list[str]:
    """Calls for a translation whose text is not a plain string: f-strings, %, format, +, or a name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in FUNCTIONS:
            continue
        wanted = 2 if name.startswith(("ngettext", "pgettext")) else 3 if name.startswith("npgettext") else 1
        given = node.args[:wanted]
        plain = [
            isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value for part in given
        ]
        if len(given) < wanted or not all(plain):
            found.append(f"line {node.lineno}: {ast.unparse(node)[:80]}")
    return found


def template_faults(source: str) -> list[str]:
    """Translate tags without a text of their own, blocks that are not trimmed, and words outside any of them."""
    found, visible, inside, blocks = [], [], "", [""]
    for token in Lexer(source).tokenize():
        words = token.split_contents() if token.token_type is TokenType.BLOCK else [""]
        if inside:
            if words[0] == f"end{inside}":
                inside = ""
        elif words[0] in ("blocktranslate", "blocktrans", "comment", "verbatim"):
            inside = words[0]
            if inside.startswith("blocktrans") and "trimmed" not in words:
                found.append(f"line {token.lineno}: not trimmed")
        elif words[0] in ("translate", "trans") and words[1][0] not in "\"'":
            found.append(f"line {token.lineno}: {{% {token.contents} %}}")
        elif words[0] == "block":
            blocks.append(words[1])
        elif words[0] == "endblock":
            blocks.pop()
        elif token.token_type is TokenType.TEXT and blocks[-1] not in UNSEEN_BLOCKS:
            visible.append(token.contents)
    page = re.sub(
        r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>", " ", " ".join(visible), flags=re.S | re.I
    )
    spoken = re.findall(rf"\s{SEEN_ATTRIBUTES}=\"([^\"]*)\"", page)
    spoken += re.sub(r"<[^>]*>", "\n", re.sub(r"&\w+;", " ", page)).split("\n")
    for text in spoken:
        for word in re.findall(r"[^\W\d_]{2,}[\w-]*", text):
            if word not in NAMES:
                found.append(f"not translated: {text.strip()[:80]}")
                break
    return found


def test_no_text_is_put_together_before_it_is_translated() -> None:
    wrong = [
        f"{path.relative_to(catalogues.PACKAGE)}: {fault}"
        for path in catalogues.source_files()
        if path.suffix == ".py"
        for fault in python_faults(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_words_stand_in_a_template_untranslated() -> None:
    wrong = [
        f"{path.relative_to(catalogues.PACKAGE)}: {fault}"
        for path in catalogues.source_files()
        if path.suffix == ".html"
        for fault in template_faults(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "call",
    [
        '_(f"Hei {name}")',
        '_("Hei %s" % name)',
        '_("Hei {}".format(name))',
        '_("Hei " + name)',
        "_(name)",
        "translation.gettext(name)",
        'ngettext("én", f"{n} mange", n)',
        'pgettext_lazy("sted", name)',
        '_("")',
        "gettext_lazy()",
    ],
)
def test_a_text_that_cannot_be_collected_is_noticed(call: str) -> None:
    assert python_faults(call)


@pytest.mark.parametrize(
    "call",
    [
        '_("Hei %(name)s") % {"name": name}',
        'ngettext("én", "mange", n)',
        '_("to " "deler")',
        "for _ in x: print(_)",
    ],
)
def test_a_text_that_can_be_collected_is_fine(call: str) -> None:
    assert not python_faults(call)


@pytest.mark.parametrize(
    "template",
    [
        "{% translate name %}",
        "{% blocktranslate %}Hei{% endblocktranslate %}",
        "<p>Hei</p>",
        '<a aria-label="Hjem" href="/">{{ x }}</a>',
        '<p class="{% if a %}b{% endif %}">{{ x }} er her</p>',
    ],
)
def test_words_outside_a_translation_are_noticed(template: str) -> None:
    assert template_faults(template)


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "Hei" %}',
        "{% blocktranslate trimmed %}Hei{% endblocktranslate %}",
        "{% comment %}Hei{% endcomment %}{# hei #}<!-- hei -->",
        '<p class="{% if a > b %}note{% endif %}" data-page="home">{{ x }} – 12 &middot; {{ y }}</p>',
        '<a aria-label="{% translate "Hjem" %}">Langbord</a>',
        "{% block page %}process-people{% endblock %}",
        "<svg><title>x</title></svg><script>let hei</script>",
    ],
)
def test_a_translated_template_is_fine(template: str) -> None:
    assert not template_faults(template)
