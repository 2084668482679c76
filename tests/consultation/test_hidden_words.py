"""What moderators hide is nowhere on the pages: no word, no name, no count."""

import pytest

from consultation.models import DebatePage
from register.enums import Status
from register.models import Contribution, Ground
from tests.consultation.conftest import Read, follow_up
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(page: DebatePage) -> list[Contribution]:
    """A proposal, an argument under it, a source under that; each has a sibling."""
    proposal = ProposalFactory(
        debate=page.debate,
        title="Titre inavouable",
        text="<p>Texte inavouable</p>",
        author__display_name="Auteur inavouable",
        themes=["Thème inavouable"],
    )
    argument = ArgumentFactory(
        hangs_on=proposal, title="Raison secrète", text="Propos secret"
    )
    source = SourceFactory(hangs_on=argument, title="Livre caché", note="Note cachée")
    follow_up(proposal, argument, source, ArgumentFactory(hangs_on=proposal))
    return [proposal, argument, source]


WORDS = [["inavouable"], ["Raison secrète", "Propos secret"], ["Livre caché", "Note"]]


def hide(row: Contribution) -> None:
    change(row, Status.HIDDEN, Ground.objects.first())


def change(row: Contribution, status: Status, ground: Ground | None) -> None:
    Contribution.objects.filter(pk=row.pk).update(status=status, ground=ground)
    follow_up(row)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_no_page_holds_a_hidden_word_nor_what_hung_on_it(client, page, chain, depth):
    hide(chain[depth])

    addresses = ["/", "/en/", page.get_parent().url, page.url]
    addresses += [f"/propositions/{chain[0].pk}/", f"/en/propositions/{chain[0].pk}/"]
    addresses += [f"/contributions/{each.pk}" for each in chain]
    shown = "".join(
        client.get(each, follow=True).content.decode() for each in addresses
    )

    for words in WORDS[depth:]:
        for word in words:
            assert word not in shown


@pytest.mark.parametrize(
    ("depth", "figures"), [(0, "0"), (1, "2"), (2, "3"), (None, "4")]
)
def test_no_count_holds_what_is_hidden(read: Read, page, chain, depth, figures):
    if depth is not None:
        hide(chain[depth])

    row = read("/").select_one(".row__figure")

    assert row.get_text(strip=True) == figures


def test_the_counts_of_a_proposal_leave_out_a_hidden_argument(read, page, chain):
    hide(chain[1])

    row = read("/en" + page.url).select_one(".row__aside")

    assert "1 argument for" in row.get_text(" ")


def test_restoring_brings_everything_back(read: Read, page, chain):
    hide(chain[0])
    change(chain[0], Status.PUBLISHED, None)

    document = read(f"/propositions/{chain[0].pk}/")

    for words in ("Titre inavouable", "Propos secret", "Livre caché"):
        assert words in document.get_text()
