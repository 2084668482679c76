import pytest
from django.db.models import ProtectedError

from arguments.models import Argument
from register.models import Contribution, ContributionsAreNeverDeleted
from tests.factories import (
    ArgumentFactory,
    ArgumentSupportFactory,
    ProposalFactory,
    SectionFactory,
    SourceFactory,
    VoteFactory,
)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda row: row.delete(),
        lambda row: row.contribution.delete(),
        lambda row: Argument.objects.filter(pk=row.pk).delete(),
        lambda row: Contribution.objects.filter(pk=row.pk).delete(),
        lambda row: row.debate.contributions.all().delete(),
        lambda row: row.author.contributions.all().delete(),
        lambda row: row.hangs_on.hanging.all().delete(),
    ],
)
def test_a_contribution_is_never_deleted(db, attempt):
    argument = ArgumentFactory()

    with pytest.raises(ContributionsAreNeverDeleted):
        attempt(argument)

    assert Argument.objects.get() == argument


@pytest.mark.parametrize(
    "owner",
    [
        lambda row: row.author,
        lambda row: row.debate,
        lambda row: row.section,
        lambda row: row.institution,
        lambda row: row.verification,
        lambda row: row.themes.get(),
    ],
    ids=["author", "debate", "section", "institution", "verification", "theme"],
)
def test_nothing_that_a_contribution_needs_is_deleted_under_it(db, owner):
    section = SectionFactory()
    row = ProposalFactory(
        debate=section.debate, section=section, institutional=True, themes=["Eau"]
    )

    with pytest.raises(ProtectedError):
        owner(row).delete()


def test_a_ground_for_which_something_was_hidden_stays(db):
    hidden = ProposalFactory(hidden=True)

    with pytest.raises(ProtectedError):
        hidden.ground.delete()


def test_a_category_that_a_source_has_stays(db):
    source = SourceFactory()

    with pytest.raises(ProtectedError):
        source.category.delete()


@pytest.mark.parametrize("factory", [VoteFactory, ArgumentSupportFactory])
def test_an_opinion_does_not_go_with_the_account_that_gave_it(db, factory):
    opinion = factory()
    person = opinion.voter if factory is VoteFactory else opinion.supporter

    with pytest.raises(ProtectedError):
        person.delete()
