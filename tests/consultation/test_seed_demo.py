"""The demonstration: loaded once, always in season, read in full in both languages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import Client

from accounts.models import Institution, User
from consultation.demo.actions import PASSWORD, demo_accounts
from consultation.models import ConsultationPage, DebatePage
from journal.models import JournalEntry
from proposals.models import Proposal, Vote
from register.enums import DebateState
from register.models import Contribution, Debate

pytestmark = pytest.mark.django_db


def seed() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("seed_demo", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def demonstration(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[str, str]]:
    """Loaded once for all the tests of this file, and what loading it said."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def everything() -> list:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Debate, Contribution, User, Institution, Vote, DebatePage)
    ]


def states(now: datetime) -> dict[DebateState, str]:
    return {debate.state(now): debate.slug for debate in Debate.objects.all()}


def test_it_holds_what_shows_the_platform_off(demonstration):
    out, err = demonstration

    assert "Demonstration loaded." in err
    assert set(states(datetime.now(UTC))) == set(DebateState)
    proposals = Proposal.objects.visible().annotate(
        said=F("for_count") + F("against_count")
    )
    assert proposals.order_by("-said").first().said > 100
    assert proposals.filter(said=0, source_count=0).exists()
    assert Institution.objects.verified().exists()
    assert Institution.objects.exclude(pk__in=Institution.objects.verified()).exists()
    statuses = set(Contribution.objects.values_list("status", flat=True))
    assert statuses >= {"published", "hidden", "withdrawn"}
    assert {each["role"] for each in demo_accounts()} == {
        "organiser",
        "moderator",
        "representative",
        "participant",
    }
    for account in demo_accounts():
        assert account["email"] in out
        assert User.objects.get(email=account["email"]).check_password(PASSWORD)


def test_a_second_time_changes_nothing(demonstration):
    before, entries = everything(), JournalEntry.objects.count()

    _out, err = seed()

    assert "up to date" in err
    assert everything() == before
    assert JournalEntry.objects.count() == entries


def test_it_verifies_without_a_difference(demonstration):
    out = StringIO()
    call_command("verify", stdout=out, stderr=StringIO())

    assert out.getvalue() == ""


@pytest.mark.parametrize("later", [1, 20, 60, 365])
def test_it_is_in_season_whenever_it_is_started(demonstration, at, later):
    was = states(datetime.now(UTC))
    contributions = list(Contribution.objects.order_by("pk").values())
    now = datetime.now(UTC) + timedelta(days=later)

    at(now)
    with time_machine.travel(now):
        seed()

    assert states(now) == was
    assert list(Contribution.objects.order_by("pk").values()) == contributions
    call_command("verify", stdout=StringIO(), stderr=StringIO())


def test_the_organiser_moderates_and_the_participant_does_not_enter(
    demonstration, client: Client
):
    accounts = {each["role"]: each["email"] for each in demo_accounts()}

    for role, status in {
        "organiser": 200,
        "moderator": 200,
        "participant": 403,
    }.items():
        assert client.login(username=accounts[role], password=PASSWORD)
        assert client.get("/admin/").status_code == status, role


def test_every_page_of_it_answers_in_both_languages(demonstration, client: Client):
    pages = [*DebatePage.objects.all(), *ConsultationPage.objects.all()]
    proposals = Proposal.objects.standing().values_list("pk", flat=True)
    addresses = ["/", "/en/", *(page.url for page in pages)]
    addresses += [f"{p}/propositions/{pk}/" for pk in proposals for p in ("", "/en")]

    for address in addresses:
        assert client.get(address).status_code == 200, address

    assert len(pages) == 8


def test_its_numbers_answer_whatever_has_become_of_them(demonstration, client: Client):
    of_each = {
        row[1:]: row[0]
        for row in Contribution.objects.values_list("pk", "kind", "status")
    }

    for (_kind, status), number in of_each.items():
        answer = client.get(f"/contributions/{number}").status_code
        assert answer in ({410} if status == "hidden" else {302, 410}), number
