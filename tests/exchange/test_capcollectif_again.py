"""A second import changes nothing, whatever has happened here in between."""

import copy
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Verification
from journal.models import JournalEntry
from proposals.models import Proposal
from register.enums import Status
from register.models import Contribution, Debate, Ground
from tests.exchange.commands import export
from tests.exchange.platform import Platform, argument, author, opinion, source
from tests.factories import VoteFactory


@pytest.fixture
def opinions() -> list[dict[str, Any]]:
    return [
        opinion(author=author("Mairie", vip=True)),
        opinion(
            arguments=[argument(), argument(type=0)],
            sources=[source()],
            modals=[{"key": "a", "title": "Art. 1", "before": "Avant", "after": ""}],
        ),
        opinion(is_trashed=True, arguments=[argument(is_trashed=True)]),
    ]


@pytest.fixture
def imported(platform: Platform, opinions: list[dict[str, Any]]) -> Platform:
    result = platform.imports(*opinions)
    assert result.status == 0, result.err
    return platform


def test_everything_is_unchanged_and_the_status_is_zero(imported: Platform) -> None:
    before, entries = export(), JournalEntry.objects.count()

    result = imported.run(imported.file)

    assert result.status == 0
    assert result.counts("proposal") == [3, 0, 3]
    assert result.counts("argument") == [3, 0, 3]
    assert result.counts("source") == [1, 0, 1]
    assert result.counts("debate") == result.counts("institution") == [1, 0, 1]
    assert export() == before
    assert JournalEntry.objects.count() == entries


def moderate() -> None:
    ground = Ground.objects.get(slug="insults")
    Contribution.objects.filter(kind="argument").update(
        status=Status.HIDDEN, status_at=timezone.now(), ground=ground
    )


def restore() -> None:
    Contribution.objects.update(
        status=Status.PUBLISHED, status_at=timezone.now(), ground=None
    )


def withdraw() -> None:
    Contribution.objects.filter(kind="proposal").update(
        status=Status.WITHDRAWN, status_at=timezone.now(), ground=None
    )


def vote() -> None:
    VoteFactory(proposal=Proposal.objects.first())
    Contribution.objects.filter(kind="proposal").update(agree_count=4)


def put_themes() -> None:
    Proposal.objects.first().themes.add("Repas")


def revoke_the_verification() -> None:
    Verification.objects.update(revoked_at=timezone.now())


def close() -> None:
    Debate.objects.update(closed_at=timezone.now())


@pytest.mark.parametrize(
    "act",
    [moderate, restore, withdraw, vote, put_themes, revoke_the_verification, close],
)
def test_what_was_done_here_since_stays_and_is_no_difference(
    imported: Platform, act: Any
) -> None:
    act()
    before = export()

    result = imported.run(imported.file)

    assert result.status == 0, result.err
    assert export() == before


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": "Un autre titre"}, "title"),
        ({"body": "<p>Un autre texte</p>"}, "text"),
        ({"author": author("Quelqu’un")}, "author"),
        ({"votes_ok": 99}, "totals"),
        ({"created_at": "2016-03-02T10:00:01+0100"}, "submitted_at"),
        ({"modals": []}, "appendices"),
    ],
)
def test_what_changed_at_the_origin_is_refused_by_name(
    imported: Platform,
    opinions: list[dict[str, Any]],
    change: dict[str, Any],
    named: str,
) -> None:
    before = export()
    changed = copy.deepcopy(opinions)
    changed[1] |= change

    result = imported.imports(*changed)

    assert result.status == 1
    (refusal,) = result.refusals
    assert refusal.startswith("line 2: #")
    assert refusal.endswith(f"is held already and differs: {named}")
    assert export() == before


def test_what_was_said_since_is_added_above(
    imported: Platform, opinions: list[dict[str, Any]]
) -> None:
    greatest = Contribution.objects.latest("number").number

    result = imported.imports(*opinions, opinion(arguments=[argument()]))

    assert result.status == 0
    assert result.counts("proposal") == [4, 1, 3]
    added = Contribution.objects.filter(number__gt=greatest).order_by("number")
    assert list(added.values_list("kind", flat=True)) == ["proposal", "argument"]


def test_nothing_is_added_to_a_debate_that_was_closed(
    imported: Platform, opinions: list[dict[str, Any]]
) -> None:
    close()

    result = imported.imports(*opinions, opinion(arguments=[argument()]))

    assert result.status == 1
    assert result.counts("proposal") == [4, 0, 3]
    assert "debate cantines was closed" in result.refusals[0]
    assert len(result.refusals) == 2


def test_another_period_for_a_debate_that_is_held_is_refused(
    imported: Platform, opinions: list[dict[str, Any]]
) -> None:
    result = imported.imports(*opinions, closes_at="2016-05-01")

    assert result.status == 1
    assert "debate cantines is held already and differs: closes_at" in result.err
    assert result.counts("proposal") == [3, 0, 3]


def test_the_same_file_may_be_imported_as_another_debate(
    imported: Platform, opinions: list[dict[str, Any]]
) -> None:
    result = imported.imports(*opinions, slug="encore")

    assert result.status == 0
    assert result.counts("proposal") == [3, 3, 0]
    assert Debate.objects.count() == 2
