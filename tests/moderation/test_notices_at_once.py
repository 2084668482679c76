"""Notices that one address sends from many tabs at once."""

import pytest

from moderation.actions import give_notice
from moderation.actions.notices import NOTICES_OF_AN_ADDRESS
from moderation.models import Report
from register.actions import TooMany
from tests.factories import ProposalFactory
from tests.register.test_acts_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True)]
AT_ONCE = 12


@pytest.fixture(autouse=True)
def queued(settings):
    settings.EMAIL_BACKEND = "accounts.mail.QueuedMail"


def notifying(contribution):
    return lambda: give_notice(
        contribution=contribution,
        name="Nina Petit",
        email="nina@exemple.fr",
        text="Ces mots appellent à brûler la mairie.",
        language="fr",
    )


def test_twelve_at_once_do_not_pass_the_limit_of_an_address():
    rows = ProposalFactory.create_batch(AT_ONCE)

    results = at_once(*map(notifying, rows))

    refused = sum(isinstance(each, TooMany) for each in results)
    assert refused == AT_ONCE - NOTICES_OF_AN_ADDRESS
    assert Report.objects.count() == NOTICES_OF_AN_ADDRESS
