"""Every act leaves what can be found as the register is; `verify` says when it is not.

`verify` reads every contribution again and compares it with what searching keeps.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arguments.actions import submit_argument, submit_source
from arguments.enums import Side
from arguments.models import SourceCategory
from moderation.actions import mask_passage, undo_decision
from register.actions import Posting, confirm_contributions, withdraw_contribution
from register.enums import ContributionKind
from register.models import Contribution
from search.actions import follow, reindex
from search.checks import every_kind_has_a_document
from search.differences import wrong_documents
from search.documents import WORDS
from search.models import Document, FacetSet, TitleWord
from search.models import Posting as Kept
from tests.exchange.commands import export, import_bytes, run
from tests.exchange.rich_record import fill
from tests.exchange.site import empty
from tests.factories import ProposalFactory, SourceFactory, UserFactory, act_on
from tests.moderation.deciding import hide, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    row = ProposalFactory(title="Le tramway", text="<p>Jusqu’à la gare.</p>")
    act_on(row)
    return row


def argue(author, proposal, text="Le tramway va vite."):
    return submit_argument(
        posting=Posting(author=author, key=uuid4()),
        proposal=proposal,
        side=Side.FOR,
        text=text,
    )


def inform(author, row):
    return submit_source(
        posting=Posting(author=author, key=uuid4()),
        hangs_on=row,
        category=SourceCategory.objects.earliest("pk"),
        title="Un rapport",
        link="https://exemple.fr/rapport",
    )


def found() -> set[int]:
    return set(Document.objects.values_list("pk", flat=True))


def test_posting_a_source_writes_what_it_informs_again(proposal, participant):
    argument = argue(participant, proposal)
    source = inform(participant, argument)

    assert found() == {proposal.pk, argument.pk, source.pk}
    assert list(wrong_documents()) == []


def test_hiding_and_restoring_leave_the_record_right(proposal, participant, moderator):
    argument = argue(participant, proposal)
    inform(participant, argument)

    decision = hide(moderator, proposal)
    assert (found(), list(wrong_documents())) == (set(), [])

    undo_decision(actor=moderator, decision=decision, reasons=reasons())
    assert len(found()) == 3
    assert list(wrong_documents()) == []


def test_withdrawing_leaves_the_record_right(proposal, participant):
    source = inform(participant, proposal)

    withdraw_contribution(author=participant, contribution=source)

    assert found() == {proposal.pk}
    assert list(wrong_documents()) == []


def test_confirming_leaves_the_record_right(proposal):
    author = UserFactory()
    argument = argue(author, proposal)
    assert found() == {proposal.pk}
    author.emailaddress_set.create(email=author.email, verified=True, primary=True)

    confirm_contributions(author=author)

    assert found() == {proposal.pk, argument.pk}
    assert list(wrong_documents()) == []


def test_masking_leaves_the_record_right(proposal, participant, moderator):
    argument = argue(participant, proposal, "Madame Quidam prend le tramway.")

    mask_passage(
        actor=moderator,
        contribution=argument,
        reasons=reasons("personal-data"),
        passage="Madame Quidam",
    )

    assert "quidam" not in Document.objects.get(pk=argument.pk).words
    assert list(wrong_documents()) == []


def test_importing_leaves_the_record_right():
    fill()

    assert found() == set(Contribution.objects.visible().values_list("pk", flat=True))
    assert list(wrong_documents()) == []


def drop_all(number):
    for model in (Kept, TitleWord):
        model.objects.filter(number=number).delete()
    Document.objects.filter(pk=number).delete()


FAULTS = {
    "no document": (drop_all, "can be read and no search finds it"),
    "a posting less": (
        lambda number: Kept.objects.filter(number=number).first().delete(),
        "is searched by other words than it says",
    ),
    "other words": (
        lambda number: Document.objects.filter(pk=number).update(words=" autre "),
        "is searched by other words than it says",
    ),
    "a heavier word": (
        lambda number: Kept.objects.filter(number=number).update(weight=2_000),
        "is searched by other words than it says",
    ),
    "a word of the title less": (
        lambda number: TitleWord.objects.filter(number=number).delete(),
        "is searched by other words than it says",
    ),
    "hidden behind its back": (
        lambda number: Contribution.objects.filter(pk=number).update(
            status="withdrawn"
        ),
        "is found by searching and nobody can read it",
    ),
}


@pytest.mark.parametrize(("plant", "said"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("mend", [reindex, lambda: run("verify", mend=True)])
def test_each_fault_is_named_and_mended(proposal, plant, said, mend):
    plant(proposal.pk)

    assert list(wrong_documents()) == [(proposal.pk, said)]
    assert f"#{proposal.pk} {said}" in run("verify").out.decode()

    mend()
    assert list(wrong_documents()) == []


def test_a_posting_without_its_document_is_a_fault_too(proposal):
    Contribution.objects.filter(pk=proposal.pk).update(status="withdrawn")
    Document.objects.all().delete()

    faults = list(wrong_documents())

    assert faults == [(proposal.pk, "is found by searching and nobody can read it")]


def test_reindexing_twice_writes_the_same(proposal, participant):
    inform(participant, proposal)
    kept = [list(model.objects.order_by("pk").values()) for model in (Kept, Document)]

    reindex()

    again = [list(model.objects.order_by("pk").values()) for model in (Kept, Document)]
    assert again == kept


def test_reindexing_tells_how_far_it_is(proposal, participant):
    inform(participant, proposal)
    told = []

    reindex(progress=told.append)

    assert sum(told) == Contribution.objects.count()


def test_every_kind_says_what_is_searched_of_it(monkeypatch):
    assert every_kind_has_a_document() == []
    assert set(WORDS) == set(ContributionKind)

    monkeypatch.delitem(WORDS, ContributionKind.SOURCE)

    assert [error.id for error in every_kind_has_a_document()] == ["search.E001"]


def test_what_is_known_of_a_set_of_facets_is_what_its_number_is_made_from(proposal):
    from search.facets import facets_of

    for key, content in FacetSet.objects.values_list("key", "content"):
        assert facets_of(content).key == key


def statements_of_search(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return [each["sql"] for each in captured if "search_" in each["sql"]]


def test_search_adds_few_statements_to_posting_an_argument(proposal, participant):
    """Whether its facets are known, and one for each table; a title has words too."""
    argue(participant, proposal)

    asked = statements_of_search(lambda: argue(participant, proposal))

    assert len(asked) == 3, asked


def test_search_puts_few_questions_to_the_register(proposal, participant):
    """Whether it can be read, whether it has sources, and its words."""
    argument = argue(participant, proposal)
    drop_all(argument.pk)
    from journal.models import JournalEntry

    entry = JournalEntry.objects.get(number=argument.pk)
    with CaptureQueriesContext(connection) as captured:
        follow(entry, [argument.pk])

    asked = [each["sql"] for each in captured if each["sql"].startswith("SELECT")]
    assert len(asked) == 4, asked


def test_a_record_is_found_where_it_is_imported(tmp_path):
    fill()
    data, expected = export(), found()
    for model in (Kept, TitleWord, Document, FacetSet):
        model.objects.all().delete()
    empty()

    result = import_bytes(data, tmp_path)

    assert result.status == 0
    assert found() == expected
    assert list(wrong_documents()) == []


def test_a_source_whose_imported_link_is_no_address_is_found_by_its_words(proposal):
    source = SourceFactory(hangs_on=proposal, link="http://[exemple", title="Enquête")

    act_on(source)

    assert Document.objects.filter(pk=source.pk).exists()
    assert list(wrong_documents()) == []
