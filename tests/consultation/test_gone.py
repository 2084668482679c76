"""A hidden number answers with what was decided about it, and none of its words."""

from datetime import UTC, datetime

import pytest

from register.enums import Status
from register.models import Contribution, Ground
from tests.consultation.conftest import Read
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

HIDDEN_AT = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
def chain() -> list[Contribution]:
    debate = DebateFactory(
        opens_at=datetime(2026, 6, 1, tzinfo=UTC),
        closes_at=datetime(2026, 8, 1, tzinfo=UTC),
    )
    proposal = ProposalFactory(
        debate=debate, title="Mots tus", author__display_name="Nom tu"
    )
    argument = ArgumentFactory(
        hangs_on=proposal, text="Mots tus", author__display_name="Nom tu"
    )
    source = SourceFactory(
        hangs_on=argument, title="Mots tus", author__display_name="Nom tu"
    )
    return [proposal, argument, source]


def hide(row: Contribution, status_at: datetime = HIDDEN_AT) -> Ground:
    row.status, row.status_at = Status.HIDDEN, status_at
    row.ground = Ground.objects.get(slug="insults")
    row.save()
    return row.ground


@pytest.mark.parametrize("depth", [0, 1, 2])
@pytest.mark.parametrize("slash", ["", "/"])
def test_what_is_hidden_answers_with_number_date_and_ground(
    read: Read, chain, depth, slash
):
    ground = hide(chain[depth])

    document = read(f"/contributions/{chain[depth].pk}{slash}", status=410)

    text = document.main.get_text(" ")
    assert f"#{chain[depth].pk}" in text
    assert document.time["datetime"] == "2026-07-01T14:30:00+02:00"
    assert ground.title in text
    assert "tu" not in text.replace("’", " ").split()
    assert "Mots tus" not in str(document)


@pytest.mark.parametrize(("hidden", "below"), [(0, 1), (0, 2), (1, 2)])
def test_what_hangs_on_it_answers_with_the_decision_above(
    read: Read, chain, hidden, below
):
    ground = hide(chain[hidden])

    document = read(f"/contributions/{chain[below].pk}", status=410)

    text = document.main.get_text(" ")
    assert f"#{chain[below].pk}" in text
    assert f"#{chain[hidden].pk}" in text
    assert document.time["datetime"] == "2026-07-01T14:30:00+02:00"
    assert ground.title in text
    assert "Mots tus" not in str(document)
    assert "Nom tu" not in str(document)


def test_of_two_decisions_its_own_is_the_one_that_answers(read: Read, chain):
    hide(chain[0], datetime(2026, 7, 3, tzinfo=UTC))
    hide(chain[1])

    document = read(f"/contributions/{chain[1].pk}", status=410)

    assert document.time["datetime"] == "2026-07-01T14:30:00+02:00"


def test_a_waiting_row_under_a_hidden_one_is_not_revealed(read: Read, chain):
    hide(chain[0])
    waiting = ArgumentFactory(hangs_on=chain[0], waiting=True)

    read(f"/contributions/{waiting.pk}", status=404)


def test_what_was_withheld_at_import_says_that_it_existed(read: Read):
    row = ProposalFactory(unsigned=True)

    document = read(f"/contributions/{row.pk}", status=410)

    assert f"#{row.pk}" in document.main.get_text()


def test_a_withdrawn_proposal_hidden_afterwards_is_gone(read: Read, chain):
    chain[0].status = Status.WITHDRAWN
    chain[0].save()
    hide(chain[0])

    read(f"/contributions/{chain[0].pk}", status=410)
    read(f"/propositions/{chain[0].pk}/", status=404)


def test_search_engines_are_told_to_keep_nothing_of_it(read: Read, chain):
    hide(chain[0])

    document = read(f"/contributions/{chain[0].pk}", status=410)

    assert document.find("meta", attrs={"name": "robots"})["content"] == "noindex"
