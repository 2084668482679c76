"""Nothing of what is prepared shows before the opening; then all of it does."""

from datetime import timedelta

import pytest
from django.test import Client

from consultation.actions import present_debate
from proposals.actions import drop_prepared, prepare_proposals
from proposals.models import Proposal
from register.models import Debate
from tests.exchange.commands import export, import_bytes
from tests.exchange.site import empty
from tests.factories import (
    DebateFactory,
    MembershipFactory,
    ProposalFactory,
    SectionFactory,
)
from tests.proposals.preparing import prepare, prepared

pytestmark = pytest.mark.django_db
WORDS = "Tournesols"


@pytest.fixture
def cited(page) -> Proposal:
    return ProposalFactory(debate=page.debate)


@pytest.fixture
def debate(page) -> Debate:
    debate = DebateFactory(upcoming=True, slug="a-venir")
    SectionFactory(debate=debate, slug="une-partie")
    present_debate(debate=debate)
    return debate


@pytest.fixture
def row(debate, cited) -> Proposal:
    """Prepared in the name of an institution that spoke nowhere else."""
    member = MembershipFactory(institution__name=f"Société des {WORDS}")
    member.institution.verifications.all().delete()
    (number,) = prepare_proposals(
        debate=debate,
        author=member.user,
        membership=member,
        proposals=[
            prepared(
                f"Semer des {WORDS}",
                text=f"<p>{WORDS} : voir #{cited.pk}.</p>",
                section=debate.sections.get(),
                themes=[WORDS],
            )
        ],
    )
    return Proposal.objects.get(pk=number)


@pytest.fixture
def own(debate, organiser) -> Proposal:
    (own,) = prepare(debate, organiser, f"Cueillir des {WORDS}")
    return own


@pytest.fixture
def addresses(debate, row, own, cited) -> dict[str, str]:
    """Whatever could show it, by what it is."""
    page = debate.pages.get(locale__language_code="fr")
    slug = row.institution.slug
    return {
        "home": "/",
        "the consultation": page.get_parent().url,
        "the debate": page.url,
        "a section": f"{page.url}?section=une-partie",
        "the debate in English": "/en" + page.url,
        "beyond it": f"{page.url}?after={own.pk}",
        "its page": f"/propositions/{row.pk}/",
        "its number": f"/contributions/{row.pk}",
        "an argument about it": f"/contributions/{row.pk}/argumenter/",
        "a vote on it": f"/contributions/{row.pk}/voter/",
        "its feed": f"/debats/{debate.slug}/atom.xml",
        "what it cites": f"/propositions/{cited.pk}/",
        "its author": f"/auteurs/{own.author.public_key}/",
        "its institution": f"/institutions/{slug}/",
        "the institutions": "/institutions/",
        "a number nearby": f"/contributions/{own.pk + 1}",
        "the map of the site": "/sitemap.xml",
        "the map of proposals": "/sitemap-propositions-0.xml",
    }


NOT_THERE = {
    "beyond it",
    "its page",
    "its number",
    "an argument about it",
    "a vote on it",
    "its feed",
    "its author",
    "its institution",
}


def test_nothing_shows_before_the_opening(client: Client, addresses, row, own, at):
    at(row.submitted_at - timedelta(microseconds=1))

    answers = {name: client.get(where) for name, where in addresses.items()}

    assert {name for name, each in answers.items() if each.status_code == 404} >= (
        NOT_THERE
    )
    for name, answer in answers.items():
        shown = answer.content.decode()
        assert WORDS not in shown, name
        # A page that is not there names its own address.
        if answer.status_code == 200:
            for each in (row, own):
                assert f"propositions/{each.pk}/" not in shown, name
    assert WORDS.encode() not in export()


def test_all_of_it_shows_at_the_opening_instant(client: Client, addresses, row, at):
    at(row.submitted_at)

    for name in ("the debate", "a section", "its page", "its feed", "its author"):
        assert WORDS in client.get(addresses[name]).content.decode(), name
    assert f"#{row.pk}" in client.get(addresses["what it cites"]).content.decode()
    assert client.get(addresses["its number"]).status_code == 302
    assert client.get(addresses["its institution"]).status_code == 200
    assert export().count(WORDS.encode()) >= 3


def test_a_page_that_it_cites_is_another_from_the_opening_on(
    client: Client, addresses, row, cited, at
):
    """Although nothing was written at that instant, and that debate has ended."""
    Debate.objects.filter(pk=cited.debate_id).update(
        opens_at=cited.submitted_at - timedelta(days=1),
        closes_at=cited.submitted_at + timedelta(days=1),
    )
    at(row.submitted_at - timedelta(microseconds=1))
    held = client.get(addresses["what it cites"])["ETag"]

    at(row.submitted_at)
    again = client.get(addresses["what it cites"], headers={"If-None-Match": held})

    assert again.status_code == 200
    assert f"#{row.pk}" in again.content.decode()


def test_what_was_dropped_answers_that_it_was_withdrawn(
    client: Client, own, organiser, at
):
    drop_prepared(proposal=own, actor=organiser)
    at(own.submitted_at)

    answer = client.get(f"/contributions/{own.pk}", follow=True)

    assert answer.status_code == 200
    assert WORDS not in answer.content.decode()
    assert WORDS.encode() not in export()


def test_the_record_of_a_debate_that_opened_comes_back_as_it_went_out(
    row, own, organiser, at, tmp_path
):
    drop_prepared(proposal=own, actor=organiser)
    at(own.submitted_at)
    record = export()
    empty()

    result = import_bytes(record, tmp_path)

    assert result.status == 0, result.err
    assert export() == record
