from django.contrib.contenttypes.fields import GenericForeignKey
from django.db.models import ForeignKey

from proposals.models import Proposal
from register.models import Contribution, ContributionTheme, Theme
from tests.factories import ArgumentFactory, ProposalFactory


def test_a_theme_is_put_on_a_proposal_by_real_foreign_keys(db):
    proposal = ProposalFactory(themes=["Eau", "Éducation"])

    link = ContributionTheme.objects.get(tag__name="Eau")

    assert link.content_object == proposal.contribution
    keys = {f.name for f in ContributionTheme._meta.fields if type(f) is ForeignKey}
    assert keys == {"content_object", "tag"}
    assert not any(
        isinstance(field, GenericForeignKey)
        for field in ContributionTheme._meta.private_fields
    )


def test_proposals_and_contributions_are_found_by_theme(db):
    proposal = ProposalFactory(themes=["Eau"])
    ProposalFactory(themes=["Air"])

    assert Proposal.objects.get(themes__name="Eau") == proposal
    assert Contribution.objects.get(themes__name="Eau") == proposal.contribution


def test_themes_are_kept_as_written_and_their_addresses_stay_apart(db):
    """The record must come back as it went out, so nothing folds what was written."""
    ProposalFactory(themes=["Éducation"])
    ProposalFactory(themes=["éducation"])

    slugs = dict(Theme.objects.values_list("name", "slug"))

    assert slugs == {"Éducation": "education", "éducation": "education_1"}


def test_a_proposal_changes_its_themes_and_those_of_no_other(db):
    first, second = ProposalFactory.create_batch(2, themes=["Eau", "Air"])

    first.themes.set(["Terre"])

    assert [theme.name for theme in first.themes.all()] == ["Terre"]
    assert {theme.name for theme in second.themes.all()} == {"Eau", "Air"}


def test_a_theme_of_a_proposal_is_not_one_of_what_hangs_on_it(db):
    proposal = ProposalFactory(themes=["Eau"])

    assert not ArgumentFactory(hangs_on=proposal).themes.exists()
