"""A contribution is a plain row: no search index, no reference index on every save."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.enums import Status
from register.models import Contribution
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory, act_on

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


def a_discussion(sources):
    proposal = ProposalFactory()
    argument = ArgumentFactory(hangs_on=proposal, text=f"#{proposal.number}")
    cited = f"#{proposal.number} #{argument.number}"
    return [
        proposal,
        argument,
        *SourceFactory.create_batch(sources, hangs_on=argument, note=cited),
    ]


def statements(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_an_act_on_many_rows_takes_as_many_statements_as_on_a_few(db):
    few, many = a_discussion(1), a_discussion(50)

    assert statements(lambda: act_on(*many)) <= statements(lambda: act_on(*few))


def test_hiding_takes_as_many_statements_however_much_hangs_below(db):
    few, many = a_discussion(1), a_discussion(50)
    act_on(*few)
    act_on(*many)

    Contribution.objects.update(status=Status.WITHDRAWN)

    assert statements(lambda: act_on(many[0])) == statements(lambda: act_on(few[0]))
    assert not Contribution.objects.filter(counted=True).exists()


def test_what_follows_from_one_argument_takes_31_statements_or_fewer(
    db, django_assert_max_num_queries
):
    proposal, argument, _ = a_discussion(1)
    act_on(proposal)

    with django_assert_max_num_queries(31):
        act_on(argument)

    argument.refresh_from_db()
    assert argument.counted


def test_an_act_on_no_row_only_writes_in_the_journal(db):
    act_on()

    # The instant, the entry, and the transaction around them.
    assert statements(act_on) <= 4
