"""« Signaler » stands beside whatever can be read, for everybody and for ever."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from consultation.actions import present_debate
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory

pytestmark = pytest.mark.django_db


def reported_from(document):
    """The addresses of the links, and what a screen reader says of each."""
    return {link["href"]: link.get_text() for link in document.select("main a.report")}


@pytest.mark.parametrize("period", ["open", "ended", "closed"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_item_can_be_reported_from_its_page(read, period, language):
    proposal = ProposalFactory(**{f"debate__{period}": True})
    present_debate(debate=proposal.debate)
    argument = ArgumentFactory(hangs_on=proposal)
    rows = [proposal, argument, SourceFactory(hangs_on=argument)]
    rows.append(SourceFactory(hangs_on=proposal))

    with override(language):
        links = reported_from(
            read(reverse("consultation:proposal", args=(rows[0].pk,)))
        )
        expected = [reverse("consultation:report", args=(row.pk,)) for row in rows]

    assert sorted(links) == sorted(expected)
    assert all(
        links[place].endswith(f"#{row.pk}")
        for place, row in zip(expected, rows, strict=True)
    )


def test_what_was_withdrawn_is_not_there_to_be_reported(read, page):
    proposal = ProposalFactory(debate=page.debate, withdrawn=True)
    ArgumentFactory(hangs_on=proposal, withdrawn=True)
    standing = ArgumentFactory(hangs_on=proposal)

    links = reported_from(read(f"/propositions/{proposal.pk}/"))

    assert list(links) == [f"/contributions/{standing.pk}/signaler/"]
