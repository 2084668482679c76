"""Who may prepare an opening, answer a proposal and judge an answer, as tables."""

import pytest
from django.contrib.auth.models import Permission

from proposals.permissions import can_drop, can_judge, can_prepare, can_respond
from tests.factories import (
    InstitutionFactory,
    MembershipFactory,
    OfficialResponseFactory,
    ProposalFactory,
    UserFactory,
)

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


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("representative", True),
        ("organiser", False),
        ("moderator", False),
        ("participant", False),
    ],
)
def test_members_answer_for_their_verified_institution(
    request, representative, who, allowed
):
    institution = representative.memberships.get().institution

    assert can_respond(request.getfixturevalue(who), institution) is allowed


@pytest.mark.parametrize("traits", [{}, {"verification__revoked": True}])
def test_nobody_answers_for_an_institution_that_is_not_verified(traits):
    institution = InstitutionFactory(verified=bool(traits), **traits)
    member = MembershipFactory(institution=institution).user

    assert can_respond(member, institution) is False


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("participant", True),
        ("representative", False),
        ("organiser", False),
        ("moderator", False),
        ("stranger", False),
    ],
)
def test_the_author_of_the_proposal_judges_the_response(
    request, participant, who, allowed
):
    response = OfficialResponseFactory(hangs_on=ProposalFactory(author=participant))

    assert can_judge(request.getfixturevalue(who), response) is allowed


def test_nobody_judges_what_they_wrote_themselves(representative):
    proposal = ProposalFactory(author=representative)
    response = OfficialResponseFactory(hangs_on=proposal, author=representative)

    assert can_judge(representative, response) is False
