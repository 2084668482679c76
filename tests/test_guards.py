"""The guards of conftest.py do guard."""

import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines

from journal import clock
from tests.workers import makes_something

OURS = settings.BASE_DIR / "templates" / "page.html"
WAGTAILS = settings.BASE_DIR / ".venv" / "wagtail" / "page.html"


def render(source, path, **context):
    template = Template(source, Origin(str(path)), engine=engines["django"].engine)
    return template.render(Context(context))


@pytest.mark.parametrize(
    "source", ["{{ nom }}", "{{ débat.nom }}", "{{ nom|upper }}", "{{ débat.nom.x }}"]
)
def test_an_undefined_variable_fails_in_our_templates(source):
    with pytest.raises(AssertionError, match=r"page\.html:1"):
        render(source, OURS, débat={})


def test_an_undefined_variable_is_silent_where_something_says_what_to_print():
    source = "{{ nom|default:'Anonyme' }}{% if nom %}non{% endif %}"

    assert render(source, OURS) == "Anonyme"


def test_an_undefined_variable_is_silent_in_the_templates_of_others():
    assert render("[{{ nom }}{{ nom|upper }}]", WAGTAILS) == "[]"


def test_what_a_file_makes_once_is_made_by_one_worker():
    assert makes_something(settings.BASE_DIR / "tests/exchange/test_round_trip.py")
    assert not makes_something(settings.BASE_DIR / "tests/test_guards.py")


def test_no_test_without_a_browser_follows_one_with_it(request):
    chosen = [each.get_closest_marker("browser") for each in request.session.items]
    with_browser = [marker is not None for marker in chosen]

    assert with_browser == sorted(with_browser)


def test_the_clock_is_set_wherever_it_was_imported(at):
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    real = clock.database_now

    at(noon)

    holders = [
        module
        for name, module in sys.modules.items()
        if not name.startswith("tests.") and hasattr(module, "database_now")
    ]
    assert {module.__name__ for module in holders} >= {
        "journal.clock",
        "journal.actions",
    }
    assert all(module.database_now is not real for module in holders)
    assert {module.database_now() for module in holders} == {noon}


def test_the_clock_is_the_real_one_again(db):
    assert clock.database_now().year >= datetime.now(UTC).year
