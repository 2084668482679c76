"""The French catalogue is complete, and compiled from what stands in it.

A new machine has no `msgfmt`, so the compiled file is committed; here the two are read
and compared, with nothing but the standard library.
"""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from tests.test_conventions import OUR_FILES, TEMPLATES

CATALOGUE = settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES" / "django.po"
CONTEXT_END = "\x04"

# A key as gettext writes it, context included; for each plural form, its text.
Messages = dict[str, dict[int, str]]

pytestmark = pytest.mark.skipif(
    not CATALOGUE.exists(), reason="there is no catalogue yet"
)


def entries(po: str) -> Iterator[dict[str, str]]:
    """The fields of each entry of a .po file, flags under `#`."""
    entry: dict[str, str] = {}
    field = ""
    for line in [*po.splitlines(), ""]:
        if not line.strip():
            if "msgid" in entry:
                yield entry
            entry = {}
        elif line.startswith("#,"):
            entry["#"] = line
        elif line.startswith('"'):
            entry[field] += ast.literal_eval(line)
        elif not line.startswith("#"):
            field, _, text = line.partition(" ")
            entry[field] = ast.literal_eval(text)


def written() -> Messages:
    messages = {}
    for entry in entries(CATALOGUE.read_text()):
        context = entry.get("msgctxt")
        key = (
            entry["msgid"]
            if context is None
            else context + CONTEXT_END + entry["msgid"]
        )
        messages[key] = {
            int(field[7:-1] or 0) if field != "msgstr" else 0: text
            for field, text in entry.items()
            if field.startswith("msgstr")
        }
    return messages


def compiled() -> Messages:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    messages: Messages = {}
    for key, text in catalogue.items():
        msgid, form = key if isinstance(key, tuple) else (key, 0)
        messages.setdefault(msgid, {})[form] = text
    return messages


def test_the_compiled_catalogue_says_what_the_written_one_says():
    ours, theirs = written(), compiled()
    ours.pop(""), theirs.pop("")

    assert theirs == ours


def test_no_translation_is_empty_or_uncertain():
    lacking = [
        entry["msgid"]
        for entry in entries(CATALOGUE.read_text())
        if "fuzzy" in entry.get("#", "")
        or not all(text for field, text in entry.items() if field.startswith("msgstr"))
    ]

    assert lacking == []


CALL = re.compile(
    r"""\b(?P<name>_|n?p?gettext(?:_lazy|_noop)?)\(\s*
    (?P<first>u?"(?:[^"\\]|\\.)*"|u?'(?:[^'\\]|\\.)*')
    (?:\s*,\s*(?P<second>u?"(?:[^"\\]|\\.)*"|u?'(?:[^'\\]|\\.)*'))?""",
    re.X,
)


def keys_of_template(path: Path) -> Iterator[str]:
    for call in CALL.finditer(templatize(path.read_text(), origin=str(path))):
        first = ast.literal_eval(call["first"])
        if "p" in call["name"].replace("gettext", ""):
            yield first + CONTEXT_END + ast.literal_eval(call["second"])
        else:
            yield first


def keys_of_code(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        name = called.removesuffix("_lazy").removesuffix("_noop")
        texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant)]
        if name in {"_", "gettext", "ngettext"}:
            yield texts[0]
        elif name in {"pgettext", "npgettext"}:
            yield CONTEXT_END.join(texts)


def test_every_text_of_the_code_and_the_templates_is_in_the_catalogue():
    used = {key for path in OUR_FILES for key in keys_of_code(path)} | {
        key
        for path in TEMPLATES
        if path.suffix in {".html", ".txt"}
        for key in keys_of_template(path)
    }

    assert used - written().keys() == set()
    assert written().keys() - used == {""}
