"""Who may prepare what a debate opens with, as a table."""

import pytest
from django.contrib.auth.models import Permission

from proposals.permissions import can_drop, can_prepare
from tests.factories import MembershipFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def framer():
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_debate"))
    return user


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("organiser", True),
        ("framer", True),
        ("moderator", False),
        ("representative", False),
        ("participant", False),
    ],
)
def test_who_may_change_a_debate_prepares_its_opening(request, who, allowed):
    assert can_prepare(request.getfixturevalue(who)) is allowed


def test_one_drops_what_one_typed_or_what_ones_institution_signs(
    representative, stranger
):
    institution = representative.memberships.get().institution
    colleague = MembershipFactory(institution=institution).user
    own = ProposalFactory(author=representative)
    signed = ProposalFactory(author=representative, institution=institution)
    left = ProposalFactory(author=stranger, institution=institution)

    assert [can_drop(representative, row) for row in (own, signed, left)] == [True] * 3
    assert [can_drop(colleague, row) for row in (own, signed, left)] == [
        False,
        True,
        True,
    ]
    assert [can_drop(stranger, row) for row in (own, signed, left)] == [False] * 3
