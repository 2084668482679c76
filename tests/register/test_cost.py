"""A contribution is a plain row: no search index, no reference index on every save."""

import pytest

from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory

FACTORIES = [ProposalFactory, ArgumentFactory, SourceFactory]


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_contribution_is_inserted_in_four_queries_or_fewer(
    db, factory, django_assert_max_num_queries
):
    made = factory()
    row = type(made)(
        **{
            field.attname: getattr(made, field.attname)
            for field in made._meta.fields
            if field.attname not in {"number", "contribution_id"}
        }
    )

    with django_assert_max_num_queries(4):
        row.save()

    assert row.number > made.number


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_contribution_is_saved_again_in_four_queries_or_fewer(
    db, factory, django_assert_max_num_queries
):
    row = factory()
    row.title = "Un autre titre"

    with django_assert_max_num_queries(4):
        row.save()


@pytest.mark.parametrize("factory", FACTORIES)
def test_authors_are_read_with_the_contributions(
    db, factory, django_assert_num_queries
):
    factory.create_batch(3, institutional=True)
    rows = factory._meta.model.objects.with_author()

    with django_assert_num_queries(1):
        signatures = [(row.author, row.institution, row.verification) for row in rows]

    assert len(signatures) == 3
