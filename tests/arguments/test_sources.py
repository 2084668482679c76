import pytest

from arguments.models import Source
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory


@pytest.mark.parametrize("parent", [ProposalFactory, ArgumentFactory])
def test_a_source_hangs_on_a_proposal_or_on_an_argument(db, parent):
    informed = parent()

    source = SourceFactory(hangs_on=informed)

    assert list(Source.objects.filter(hangs_on=informed.pk)) == [source]
    assert source.debate == informed.debate


@pytest.mark.parametrize("link", ["https://exemple.fr", "http://exemple.fr/#b", ""])
def test_a_link_is_a_web_address_or_was_withheld(db, link):
    assert SourceFactory(link=link).pk
