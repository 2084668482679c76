"""The conventions of docs/architecture.md, executed. Columns of text are ruff's."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.core.management import call_command
from django.db.models import Model
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver
from wagtail.models import Page

from tests.factories import ProposalFactory

ROOT: Path = settings.BASE_DIR
OUR_APPS = [
    config for config in apps.get_app_configs() if Path(config.path).parent == ROOT
]
OUR_MODELS = [
    model
    for config in OUR_APPS
    for model in config.get_models(include_auto_created=True)
]
OUR_FILES = sorted(
    path
    for folder in [ROOT / "config", *(Path(config.path) for config in OUR_APPS)]
    for path in folder.rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))

FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py"}
FORBIDDEN_IMPORTS = ("django.dispatch", "django.db.models.signals")
INLINE = re.compile(
    r'<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)|<style|\sstyle\s*=|'
    r"\son[a-z]+\s*=|javascript:",
    re.I,
)

# Addresses to which a visitor without a session may post, and why.
OPEN_TO_ALL = {
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": (
        "Wagtail's password of a private page"
    ),
    "documents/authenticate_with_password/<int:restriction_id>/": (
        "Wagtail's password of a private collection"
    ),
    "_util/login/": "Wagtail's way in to a private page",
    r"documents/(\d+)/(.*)$": "Wagtail reads a document whatever the method",
    # A visitor may fill in a form: what is typed is kept until somebody logs in.
    **{
        rf"contributions/([0-9]{{1,18}})/{verb}/$": "typed before logging in"
        for verb in (
            "argumenter",
            "ajouter-une-source",
            "signaler",
            "soutenir",
            "voter",
        )
    },
    "debats/([-a-zA-Z0-9_]+)/proposer/$": "typed before logging in",
    "debats/([-a-zA-Z0-9_]+)/proches/$": "compares what a visitor types, keeps nothing",
    "contributions/([0-9]{1,18})/deja-dit/$": (
        "compares what a visitor types, keeps nothing"
    ),
    "contributions/([0-9]{1,18})/contenu-illicite/$": "a notice needs no account",
    "receipts/([0-9]{1,18})/verifier/$": "compares, and keeps nothing",
    **{
        f"accounts/{step}/": "the way to an account"
        for step in (
            "login",
            "login/code",
            "logout",
            "password/reset",
            "password/reset/complete",
            "signup",
        )
    },
}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def at_line(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def test_files_stay_under_300_lines():
    assert not [p for p in OUR_FILES if len(p.read_text().splitlines()) >= 300]


def test_functions_stay_under_40_lines():
    assert not [
        at_line(path, function)
        for path in OUR_FILES
        for function in functions(path)
        if function.end_lineno - function.lineno >= 39
    ]


def test_functions_take_four_positional_arguments_or_fewer():
    assert not [
        at_line(path, function)
        for path in OUR_FILES
        for function in functions(path)
        if len(
            [
                argument
                for argument in function.args.posonlyargs + function.args.args
                if argument.arg not in {"self", "cls"}
            ]
        )
        > 4
    ]


def test_classes_have_three_bases_or_fewer():
    assert not [
        at_line(path, node)
        for path in OUR_FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and len(node.bases) > 3
    ]


def test_no_file_is_a_drawer():
    assert not [path for path in OUR_FILES if path.name in FORBIDDEN_NAMES]


def test_nothing_listens_to_django_signals():
    assert not [
        at_line(path, node)
        for path in OUR_FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
        and any(
            name.startswith(FORBIDDEN_IMPORTS)
            for name in [
                getattr(node, "module", None) or "",
                *(a.name for a in node.names),
            ]
        )
    ]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_models_refer_by_real_foreign_keys(model: type[Model]):
    assert not [
        field
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ]


@pytest.mark.parametrize(
    "model",
    [m for m in OUR_MODELS if not issubclass(m, Page) and not m._meta.auto_created],
    ids=lambda model: model._meta.label,
)
def test_rows_that_are_no_pages_stay_out_of_the_reference_index(model: type[Model]):
    assert getattr(model, "wagtail_reference_index_ignore", False)


@pytest.mark.parametrize("config", OUR_APPS, ids=lambda config: config.label)
def test_every_constraint_has_a_test(config):
    ours = {
        constraint.name
        for model in config.get_models(include_auto_created=True)
        for constraint in model._meta.constraints
    }
    if not ours:
        return

    tests = importlib.import_module(f"tests.{config.label}.test_constraints")

    assert tests.BREAKS.keys() == ours


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_hold_no_inline_script_nor_style(path: Path):
    assert not INLINE.findall(path.read_text())


def test_the_search_for_inline_script_finds_it():
    assert all(
        INLINE.search(found)
        for found in (
            "<script>x()</script>",
            "<style>p{}</style>",
            '<p style="x">',
            '<a onclick="x()">',
            '<a href="javascript:x()">',
        )
    )
    assert not INLINE.search('<script src="a.js" defer></script><p class="online=">')


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every route outside the admin, as it is written, prefixes included."""
    for pattern in resolver.url_patterns:
        route = (
            ""
            if isinstance(pattern.pattern, LocalePrefixPattern)
            else str(pattern.pattern)
        )
        if prefix + route == settings.ADMIN_PATH:
            continue
        if isinstance(pattern, URLPattern):
            yield prefix + route.lstrip("^")
        else:
            yield from addresses(pattern, prefix + route.lstrip("^"))


# What stands for the arguments of a route. A new kind of argument is added here.
ARGUMENTS = [
    (re.compile(r"<int:\w+>|\((?:\?P<\w+>)?(?:\\d|\[0-9\])[^)]*\)"), "{number}"),
    # Wagtail's address of any page, and ours of the first ones: the home page's.
    (re.compile(r"\(\(\?:\[\\w\\-\]\+/\)\*\)"), ""),
    (re.compile(r"\(\?!_util/\)\(\(\?:\[-\\w\]\+/\)\{0,2\}\)"), ""),
    (re.compile(r"<\w+(?::\w+)?>|\(\.[*+]\)|\(\[-a-zA-Z0-9_\]\+\)"), "a"),
    (re.compile(r"\(\[-a-zA-Z\]\+\\\.\[a-z\]\+\)"), "README.md"),
    (re.compile(r"(?:/\?)?\$$"), ""),
    (re.compile(r"\\\."), "."),
]


def sample(route: str, number: int) -> str:
    for argument, value in ARGUMENTS:
        route = argument.sub(value.format(number=number), route)
    assert not re.search(r"[<>()\\^$*+?]", route), f"ARGUMENTS lacks one of {route}"
    return f"/{route}"


def test_every_address_refuses_what_the_anonymous_post(db, client):
    proposal = ProposalFactory()
    routes = set(addresses(get_resolver()))
    assert len(routes) > 3
    assert routes >= OPEN_TO_ALL.keys(), "an address listed here is no longer there"

    answers = {
        route: client.post(sample(route, proposal.number))
        for route in routes - OPEN_TO_ALL.keys()
    }

    assert {
        route: answer.status_code
        for route, answer in answers.items()
        if answer.status_code not in {401, 403, 405}
        and not (answer.status_code == 302 and "login" in answer.url)
    } == {}


def test_rooms_import_downwards_only():
    contract = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert contract.returncode == 0, contract.stdout + contract.stderr


def test_every_room_is_in_the_contract_of_layers():
    contract = (ROOT / "pyproject.toml").read_text().partition("\nlayers = ")[2]
    layers = contract.partition("]")[0]

    rooms = set(re.findall(r"[a-z]+", layers))
    assert {config.label for config in OUR_APPS} <= rooms


def test_migrations_hold_the_whole_state_of_the_models(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
