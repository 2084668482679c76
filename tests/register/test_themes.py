import unicodedata

import pytest
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db.models import ForeignKey

from proposals.models import Proposal
from register.models import Contribution, ContributionTheme, Theme
from tests.factories import ArgumentFactory, ProposalFactory
from tests.register.test_concurrent_acts import at_once


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


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Éducation", "éducation"),
        ("éducation", "EDUCATION"),
        ("L’école", "l'ecole"),
        ("Vie\u00a0 scolaire", "vie scolaire"),
        ("Cœur de ville", "coeur de ville"),
        ("Straße", "STRASSE"),
        ("Élève", unicodedata.normalize("NFD", "élève")),
    ],
)
def test_a_theme_is_one_however_it_is_spelt_and_keeps_its_first_spelling(
    db, first, second
):
    ProposalFactory(themes=[first])
    ProposalFactory(themes=[second, first])

    theme = Theme.objects.get()

    assert theme.name == first
    assert theme.contribution_links.count() == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [("École", "Écoles"), ("C", "C++"), ("क", "कि"), ("Vie-scolaire", "Viescolaire")],
)
def test_other_words_are_other_themes_with_addresses_of_their_own(db, first, second):
    ProposalFactory(themes=[first, second])

    themes = Theme.objects.all()

    assert {theme.name for theme in themes} == {first, second}
    assert len({theme.slug for theme in themes}) == 2


def test_themes_stand_in_alphabetical_order_accents_and_capitals_aside(db):
    ProposalFactory(themes=["Zèbres", "écoles", "Eau", "air"])

    assert [theme.name for theme in Theme.objects.all()] == [
        "air",
        "Eau",
        "écoles",
        "Zèbres",
    ]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_people_who_make_the_same_themes_at_once_all_succeed():
    rows = ProposalFactory.create_batch(4)
    spellings = [["Eau", "École"], ["ecole", "EAU"], ["école", "eau"], ["ÉCOLE", "Eau"]]

    at_once(
        *(
            lambda row=row, names=names: row.themes.set(names)
            for row, names in zip(rows, spellings, strict=True)
        )
    )

    assert {theme.key for theme in Theme.objects.all()} == {"eau", "ecole"}
    assert all(row.themes.count() == 2 for row in rows)


def test_a_proposal_changes_its_themes_and_those_of_no_other(db):
    first, second = ProposalFactory.create_batch(2, themes=["Eau", "Air"])

    first.themes.set(["Terre"])

    assert [theme.name for theme in first.themes.all()] == ["Terre"]
    assert {theme.name for theme in second.themes.all()} == {"Eau", "Air"}


def test_a_theme_of_a_proposal_is_not_one_of_what_hangs_on_it(db):
    proposal = ProposalFactory(themes=["Eau"])

    assert not ArgumentFactory(hangs_on=proposal).themes.exists()
