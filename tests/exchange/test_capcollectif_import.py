"""An imported consultation holds all that the platform served, counted and dated."""

from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import Institution, User
from arguments.enums import Side
from arguments.models import Argument, Source
from exchange.counters import counter_differences, misplaced
from journal.enums import Act
from journal.models import JournalEntry
from proposals.models import Proposal, Vote
from register.models import Contribution, Debate
from tests.exchange.platform import Platform, argument, author, opinion, source


def test_numbers_follow_the_instants_across_kinds(platform: Platform) -> None:
    late = opinion(
        created_at="2016-03-02T12:00:00+0100",
        arguments=[argument(created_at="2016-03-02T15:00:00+0100")],
    )
    early = opinion(
        created_at="2016-03-02T11:30:00+0200",
        arguments=[argument(created_at="2016-03-02T14:00:00+0100")],
        sources=[source(created_at="2016-03-02T14:30:00+0100")],
    )

    platform.imports(late, early)

    rows = Contribution.objects.order_by("number")
    numbers = list(rows.values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + 5))
    assert list(rows.values_list("origin", flat=True)) == [
        f"capcollectif/opinion/{early['id']}",
        f"capcollectif/opinion/{late['id']}",
        f"capcollectif/argument/{early['arguments'][0]['id']}",
        f"capcollectif/source/{early['sources'][0]['id']}",
        f"capcollectif/argument/{late['arguments'][0]['id']}",
    ]


def test_one_id_may_be_an_opinion_s_and_an_argument_s(platform: Platform) -> None:
    platform.imports(opinion(id=12, arguments=[argument(id=12)]))

    assert Contribution.objects.filter(origin__endswith="/12").count() == 2


def test_imported_totals_are_shown_and_no_voter_is_invented(platform: Platform) -> None:
    platform.imports(opinion(arguments=[argument()], sources=[source()]))

    proposal = Proposal.objects.get()
    assert (proposal.agree_count, proposal.mixed_count) == (3, 2)
    assert (proposal.disagree_count, proposal.source_count) == (1, 1)
    assert Argument.objects.get().support_count == 4
    assert Source.objects.get().support_count == 1
    assert not Vote.objects.exists()
    assert not User.objects.exclude(email=None).exists()


def test_132_arguments_under_one_proposal_are_all_counted(platform: Platform) -> None:
    arguments = [argument(f"Argument {n}.", type=n % 3 % 2) for n in range(132)]

    platform.imports(opinion(arguments=arguments))

    proposal = Proposal.objects.get()
    assert (proposal.for_count, proposal.against_count) == (44, 88)
    assert list(counter_differences()) == list(misplaced()) == []


def test_the_same_words_twice_and_both_sides_by_one_person_are_kept(
    platform: Platform,
) -> None:
    platform.imports(
        opinion(arguments=[argument(), argument(), argument(type=0), argument(type=0)])
    )

    assert Argument.objects.filter(side=Side.FOR).count() == 2
    assert Argument.objects.filter(side=Side.AGAINST).count() == 2
    assert Argument.objects.values("author").distinct().count() == 1


def test_homonyms_stay_apart(platform: Platform) -> None:
    platform.imports(
        opinion(author=author("Claude", uniqueId="claude-1")),
        opinion(author=author("Claude", uniqueId="claude-2")),
    )

    assert User.objects.filter(display_name="Claude").count() == 2


@pytest.mark.parametrize("mark", [{"is_trashed": True}, {"is_enabled": False}])
def test_what_the_platform_had_hidden_is_imported_hidden_since_its_last_change(
    platform: Platform, mark: dict[str, Any]
) -> None:
    changed = {"updated_at": "2016-03-09T09:00:00+0100"}

    result = platform.imports(
        opinion(arguments=[argument(**mark, **changed), argument()]),
        opinion(**mark, **changed, arguments=[argument()]),
    )

    hidden = Contribution.objects.filter(status="hidden")
    assert set(hidden.values_list("kind", flat=True)) == {"argument", "proposal"}
    assert set(hidden.values_list("ground__slug", "status_at")) == {
        ("hidden-at-origin", datetime(2016, 3, 9, 8, tzinfo=UTC))
    }
    assert Contribution.objects.visible().count() == 2
    assert list(counter_differences()) == []
    assert "2 hidden at the origin" in result.err


def test_a_verified_account_becomes_an_institution_that_signs_alone(
    platform: Platform,
) -> None:
    platform.imports(opinion(author=author("Mairie d’Oz", vip=True)))

    row = Proposal.objects.get()
    assert row.author is None
    assert (row.institution.name, row.institution.slug) == (
        "Mairie d’Oz",
        "mairie-d-oz",
    )
    assert row.verification.institution == row.institution
    assert row.verification.is_in_force(row.submitted_at)
    assert row.verification.recorded_by is None
    assert Institution.objects.count() == 1


def test_the_period_goes_from_the_first_day_to_the_end_of_the_last(
    platform: Platform,
) -> None:
    result = platform.imports(
        opinion(
            created_at="2016-03-26T00:30:00+0100",
            arguments=[argument(created_at="2016-03-27T23:59:59+0200")],
        )
    )

    debate = Debate.objects.get()
    assert debate.opens_at == datetime(2016, 3, 25, 23, tzinfo=UTC)
    assert debate.closes_at == datetime(2016, 3, 27, 22, tzinfo=UTC)
    assert "from 2016-03-26T00:00:00+01:00 to 2016-03-28T00:00:00+02:00" in result.err


def test_the_debate_is_as_the_operator_says(platform: Platform) -> None:
    platform.imports(
        opinion(),
        slug="repas",
        title="Les repas de demain",
        opens_at="2016-03-01T09:00",
        closes_at="2016-04-01T00:00+02:00",
    )

    debate = Debate.objects.get()
    assert (debate.slug, debate.title) == ("repas", "Les repas de demain")
    assert debate.opens_at == datetime(2016, 3, 1, 8, tzinfo=UTC)
    assert debate.closes_at == datetime(2016, 3, 31, 22, tzinfo=UTC)
    assert debate.question == "Qu&rsquo;en pensez-vous ?"


def test_a_debate_is_named_after_the_file(platform: Platform) -> None:
    platform.imports(opinion())

    assert (Debate.objects.get().slug, Debate.objects.get().title) == (
        "cantines",
        "Cantines",
    )


def test_the_journal_says_what_was_imported_and_holds_no_text(
    platform: Platform,
) -> None:
    platform.imports(opinion(arguments=[argument()]))

    entries = list(JournalEntry.objects.order_by("id"))
    assert [entry.act for entry in entries] == [
        Act.DEBATE_IMPORTED,
        Act.CONTRIBUTIONS_IMPORTED,
    ]
    first = Proposal.objects.get().pk
    assert entries[1].facts == {
        "debate": "cantines",
        "first": first,
        "last": first + 1,
        "count": 2,
    }


def test_the_report_compares_what_was_announced_with_what_was_read(
    platform: Platform,
) -> None:
    result = platform.imports(
        opinion(versions_count=3, arguments=[argument()], arguments_no_count=2)
    )

    assert result.out == b""
    assert "arguments for: 1 announced, 1 read, equal" in result.err
    assert "arguments against: 2 announced, 0 read, DIFFERENT" in result.err
    assert "3 earlier versions are announced; the file holds none" in result.err
    assert "agree: 3 announced, 3 read, equal" in result.err
