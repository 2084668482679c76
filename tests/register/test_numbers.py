import pytest
from django.db import IntegrityError, connection, transaction

from proposals.models import Proposal
from register.models import Contribution
from register.numbers import continue_numbers_above, preview_numbers, reserve_numbers
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SourceFactory,
)


def erase(row):
    """Do what no code of ours does, to see that a lost number stays lost."""
    with connection.cursor() as cursor:
        for table, key in (
            (type(row)._meta.db_table, "contribution_id"),
            (Contribution._meta.db_table, "number"),
        ):
            cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [row.pk])


def test_every_kind_takes_its_number_from_one_sequence(db):
    argument = ArgumentFactory()
    source = SourceFactory(hangs_on=argument)
    proposal = ProposalFactory()

    numbers = [argument.hangs_on.number, argument.number, source.number]
    assert [*numbers, proposal.number] == list(range(numbers[0], numbers[0] + 4))


@pytest.mark.parametrize("factory", [ProposalFactory, ArgumentFactory, SourceFactory])
def test_a_taken_number_is_refused_and_its_holder_keeps_its_words(db, factory):
    holder = ProposalFactory(title="La première")
    parent = {} if factory is ProposalFactory else {"hangs_on": holder}
    usurper = factory.build(
        **parent,
        number=holder.number,
        debate=holder.debate,
        author=holder.author,
        submitted_at=holder.submitted_at,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        usurper.save()

    assert Proposal.objects.get(number=holder.number).title == "La première"
    assert Contribution.objects.get(number=holder.number).kind == "proposal"


def test_a_number_is_never_given_again(db):
    first, last = ProposalFactory.create_batch(2)

    erase(last)

    assert ProposalFactory().number > last.number > first.number


def test_saving_again_changes_the_row_and_not_its_number(db):
    proposal = ProposalFactory()

    proposal.title = "Un autre titre"
    proposal.save()

    assert Proposal.objects.get().title == "Un autre titre"
    assert Proposal.objects.get().number == proposal.number


def test_reserved_numbers_follow_the_last_and_are_given_to_nobody_else(db):
    last = ProposalFactory()

    reserved = reserve_numbers(3)
    Proposal.objects.bulk_insert([built(last, number) for number in reserved])

    assert reserved == list(range(last.number + 1, last.number + 4))
    assert ProposalFactory().number == reserved[-1] + 1


def test_numbers_can_be_reserved_before_the_first_contribution(db):
    reserved = reserve_numbers(2)

    assert reserved[1] == reserved[0] + 1
    assert reserved[0] >= 1


def test_numbers_of_erased_contributions_are_not_reserved(db):
    last = ProposalFactory()

    erase(last)

    assert reserve_numbers(1)[0] > last.number


def test_a_preview_takes_nothing(db):
    last = ProposalFactory()

    previewed = preview_numbers(2)

    assert previewed == [last.number + 1, last.number + 2]
    assert ProposalFactory().number == last.number + 1


def test_numbers_go_on_above_one_that_was_given_explicitly(db):
    explicit = ProposalFactory().number + 5000
    ProposalFactory(number=explicit)

    continue_numbers_above(explicit)
    continue_numbers_above(explicit - 100)

    assert ProposalFactory().number == explicit + 1


@pytest.mark.postgresql
def test_numbers_go_on_above_the_very_first(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, 'number')",
            [Contribution._meta.db_table],
        )
        cursor.execute(f"ALTER SEQUENCE {cursor.fetchone()[0]} RESTART WITH 1")
    ProposalFactory(number=1)

    continue_numbers_above(1)

    assert ProposalFactory().number == 2


def built(like, number):
    return ProposalFactory.build(
        number=number,
        debate=like.debate,
        author=like.author,
        submitted_at=like.submitted_at,
    )


def test_many_rows_are_inserted_whole_in_few_queries(
    db, participant, django_assert_max_num_queries
):
    like = ProposalFactory.build(debate=DebateFactory(), author=participant)
    rows = [built(like, number) for number in range(9001, 9051)]

    with django_assert_max_num_queries(4):
        Proposal.objects.bulk_insert(rows)

    held = Proposal.objects.get(number=9050)
    assert (held.kind, held.title, held.author) == (
        "proposal",
        rows[-1].title,
        participant,
    )


def test_a_bulk_insert_with_a_taken_number_writes_nothing(db):
    holder = ProposalFactory()
    rows = [built(holder, number) for number in (holder.number + 1, holder.number)]

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.bulk_insert(rows)

    assert Contribution.objects.get().number == holder.number
