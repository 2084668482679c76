"""A moderator decides: no address of the admin changes a text, a vote or a date."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

from arguments.models import Argument, ArgumentSupport, Source
from proposals.models import Proposal, Vote
from register.models import Debate, Section
from tests.factories import (
    ArgumentFactory,
    ArgumentSupportFactory,
    SectionFactory,
    SourceFactory,
    VoteFactory,
)
from tests.moderation.seats import seated, staff
from tests.test_conventions import sample

pytestmark = pytest.mark.django_db

KEPT = (Proposal, Argument, Source, Vote, ArgumentSupport, Debate, Section)
FORGED = {
    "title": "Autre titre",
    "text": "Autre texte",
    "choice": "disagree",
    "opens_at": "2090-01-01 00:00",
    "closes_at": "2091-01-01 00:00",
    "motive": "Parce que.",
    "slug": "autre",
    "question": "Autre ?",
    "sections-TOTAL_FORMS": "1",
    "sections-INITIAL_FORMS": "0",
    "sections-0-title": "Autre section",
}


def routes(patterns, prefix=""):
    """Every address of the admin, as it is written."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield route
        elif prefix or route == settings.ADMIN_PATH:
            yield from routes(pattern.url_patterns, route)


def written(route: str, number: int) -> str:
    """With that number in the place of each argument, whatever it is called."""
    return sample(route.replace("<str:pk>", "<int:pk>"), number)


@pytest.fixture
def everything(open_debate):
    proposal = ArgumentFactory(hangs_on__debate=open_debate).hangs_on
    VoteFactory(proposal=proposal)
    ArgumentSupportFactory(argument__hangs_on=proposal)
    SourceFactory(hangs_on=proposal)
    SectionFactory(debate=open_debate)
    return [proposal.pk, open_debate.pk]


def test_nothing_that_a_moderator_posts_to_the_admin_changes_what_was_said(everything):
    addresses = set()
    for route in routes(get_resolver().url_patterns):
        if "logout" in route:
            continue
        for number in everything:
            try:
                addresses.add(written(route, number))
            except AssertionError:
                continue
    client: Client = seated(staff())
    client.raise_request_exception = False
    before = {model: list(model.objects.order_by("pk").values()) for model in KEPT}

    statuses = {each: client.post(each, FORGED).status_code for each in addresses}

    assert f"/admin/debates/edit/{everything[1]}/" in statuses
    assert f"/admin/debates/{everything[1]}/period/" in statuses
    assert f"/admin/debates/{everything[1]}/sections/" in statuses
    after = {model: list(model.objects.order_by("pk").values()) for model in KEPT}
    assert after == before
