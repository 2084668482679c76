"""A mark covers a passage wherever it stands; nothing else of the words changes."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arguments.actions import submit_argument
from arguments.enums import Side
from moderation.actions import NothingToDecide, mask_passage, undo_decision
from moderation.masking import MARK, PassageNotFound, plain_masked, rich_masked
from register.actions import Posting, of_its_kind
from register.enums import Finding
from register.models import OriginalWords
from register.originals import as_received
from register.receipts import compare_text
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    OfficialResponseFactory,
    ProposalFactory,
    SourceFactory,
)
from tests.moderation.deciding import discrepancies, publish, reasons

PHONE = "06 12 34 56 78"


def mask(actor, row, passage=PHONE):
    publish(row)
    decision = mask_passage(
        actor=actor,
        contribution=row,
        reasons=reasons("personal-data"),
        passage=passage,
    )
    row.refresh_from_db()
    return decision


ROWS = {
    "proposal": lambda: ProposalFactory(
        title=f"Appelez le {PHONE}", text=f"<p>Le <strong>{PHONE}</strong>, oui.</p>"
    ),
    "argument": lambda: ArgumentFactory(
        title=f"Appelez le {PHONE}", text=f"Le {PHONE}, oui."
    ),
    "source": lambda: SourceFactory(
        title=f"Appelez le {PHONE}", note=f"Le {PHONE}, oui."
    ),
    "response": lambda: OfficialResponseFactory(
        text=f"<p>Le {PHONE}, oui.</p>", agent_function=f"Accueil, {PHONE}"
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ROWS)
def test_the_passage_is_nowhere_and_the_rest_stays(moderator, kind):
    row = ROWS[kind]()

    mask(moderator, row)

    shown = of_its_kind(row.pk)
    texts = [str(value) for value in vars(shown).values()]
    assert not any(PHONE in text for text in texts)
    assert sum(text.count(MARK) for text in texts) == 2
    assert any(text.endswith((", oui.", ", oui.</p>")) for text in texts)
    assert shown.is_masked
    assert discrepancies() == []


@pytest.mark.django_db
def test_a_passage_of_an_appendix_is_masked_too(moderator):
    appendix = AppendixFactory(text=f"<p>Article 3, {PHONE}.</p>")

    mask(moderator, appendix.proposal)

    appendix.refresh_from_db()
    assert appendix.text == f"<p>Article 3, {MARK}.</p>"


@pytest.mark.django_db
def test_nobody_reads_it_on_a_page_in_a_feed_or_in_a_receipt(
    moderator, participant, client, page
):
    proposal = ProposalFactory(debate=page.debate)
    publish(proposal)
    row = submit_argument(
        posting=Posting(author=participant, key=uuid4()),
        proposal=proposal,
        side=Side.FOR,
        text=f"Appelez Zoé Quatrebarbes au {PHONE}.",
    )

    mask(moderator, row, "Zoé Quatrebarbes")

    addresses = [
        f"/propositions/{proposal.pk}/",
        f"/en/propositions/{proposal.pk}/",
        f"/debats/{page.debate.slug}/atom.xml",
        f"/auteurs/{participant.public_key}/",
        f"/receipts/{row.pk}",
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "Quatrebarbes" not in response.content.decode(), address


@pytest.mark.django_db
def test_its_author_still_holds_what_was_sent_and_no_guess_is_confirmed(
    moderator, participant
):
    proposal = ProposalFactory()
    publish(proposal)
    row = submit_argument(
        posting=Posting(author=participant, key=uuid4()),
        proposal=proposal,
        side=Side.FOR,
        text=f"Appelez-moi au {PHONE}.",
    )

    mask(moderator, row)

    received = as_received(of_its_kind(row.pk))
    assert received.text == f"Appelez-moi au {PHONE}."
    held = of_its_kind(row.pk)
    guess = compare_text(row.receipt, held, f"Appelez-moi au {PHONE}.")
    assert guess == Finding.NOT_COMPARED


@pytest.mark.django_db
def test_taking_the_mark_away_gives_the_very_words_back(moderator):
    text = f"<p>Le <strong>{PHONE}</strong> &amp; puis&nbsp;rien.</p>"
    row = ProposalFactory(text=text)
    decision = mask(moderator, row)

    undo_decision(actor=moderator, decision=decision)

    row.refresh_from_db()
    assert (row.text, row.is_masked) == (text, False)
    assert not OriginalWords.objects.exists()


@pytest.mark.django_db
def test_words_that_do_not_stand_there_are_not_masked(moderator):
    row = ArgumentFactory(text="Rien à voir.")

    with pytest.raises(PassageNotFound):
        mask(moderator, row)

    row.refresh_from_db()
    assert (row.text, row.is_masked) == ("Rien à voir.", False)
    assert not row.decisions.exists()


@pytest.mark.django_db
def test_what_is_hidden_is_not_masked(moderator):
    row = ArgumentFactory(hidden=True, text=PHONE)

    with pytest.raises(NothingToDecide):
        mask(moderator, row)


def test_blanks_and_line_breaks_do_not_protect_a_passage():
    assert plain_masked("Appelez le 06\u00a012\n34 56  78 !", [PHONE]) == (
        f"Appelez le {MARK} !"
    )


def test_a_tag_is_no_passage():
    html = "<p>Un <strong>mot</strong> fort</p>"

    assert rich_masked(html, ["strong"]) == html


def test_a_link_to_a_passage_is_a_link_no_more():
    html = '<p><a href="mailto:zoe@exemple.fr">Zoé</a> et zoe@exemple.fr</p>'

    assert rich_masked(html, ["zoe@exemple.fr"]) == f"<p>Zoé et {MARK}</p>"


@given(
    before=st.text(alphabet="ab <&é", max_size=20),
    passage=st.text(alphabet="0123456789", min_size=5, max_size=12),
    after=st.text(alphabet="cd >&è", max_size=20),
)
def test_whatever_stands_around_it_is_kept(before, passage, after):
    text = f"{before}{passage}{after}"

    assert plain_masked(text, [passage]) == f"{before}{MARK}{after}"
