"""The views that pages are compared with cost what they say."""

import pytest
from django.conf import settings as site_settings

from benchmarks.references import QUERIES, ROWS, ordinary, trivial
from tests.factories import ProposalFactory


@pytest.fixture
def templates(settings):
    """Those of the benchmark, beside the site's."""
    folder = site_settings.BASE_DIR / "benchmarks" / "templates"
    [engine] = site_settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], folder]}]


def test_the_trivial_view_asks_nothing_of_the_database(rf):
    assert trivial(rf.get("/")).content == b"ok"


def test_the_ordinary_view_asks_four_queries_for_twenty_rows(
    rf, templates, open_debate, django_assert_num_queries
):
    ProposalFactory.create_batch(ROWS + 1, debate=open_debate)

    with django_assert_num_queries(QUERIES):
        response = ordinary(rf.get("/"), open_debate.slug)

    assert response.content.count(b"<tr>") == 1 + ROWS
