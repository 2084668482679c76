"""Who may do what at the moderators' desk: every function, the whole cast."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import StaffGroup
from moderation import permissions
from moderation.enums import StaffRole
from tests.factories import AppealFactory, ArgumentFactory, DecisionFactory, UserFactory
from tests.moderation.seats import staff

pytestmark = pytest.mark.django_db

# Whether each of them may.
NOBODY = {
    "visitor": False,
    "participant": False,
    "representative": False,
    "moderator": False,
    "second moderator": False,
    "organiser": False,
    "superuser": False,
    "author who is a moderator": False,
}
STAFF = NOBODY | dict.fromkeys(
    ("moderator", "second moderator", "organiser", "superuser"), True
)
ANY_STAFF = STAFF | {"author who is a moderator": True}
# The moderator took the decision that the others look at.
ANOTHER = STAFF | {"moderator": False}
TABLE = {
    "can_moderate": ANY_STAFF,
    "can_decide": STAFF,
    "can_confirm": ANOTHER,
    "can_decide_appeal": ANOTHER,
    "can_close": ANY_STAFF,
    "can_withhold": NOBODY | {"superuser": True},
    "can_move_period": NOBODY | {"organiser": True, "superuser": True},
}


@pytest.fixture
def cast(participant, representative):
    return {
        "visitor": AnonymousUser(),
        "participant": participant,
        "representative": representative,
        "moderator": staff(),
        "second moderator": staff(),
        "organiser": staff(StaffGroup.ORGANISERS),
        "superuser": UserFactory(is_superuser=True),
        "author who is a moderator": staff(),
    }


@pytest.fixture
def targets(cast):
    """What each function is asked about, beside the person."""
    row = ArgumentFactory(author=cast["author who is a moderator"], hidden=True)
    decision = DecisionFactory(contribution=row, decided_by=cast["moderator"])
    appeal = AppealFactory(decision=decision)
    return {
        "can_decide": (row,),
        "can_confirm": (decision,),
        "can_decide_appeal": (appeal,),
    }


@pytest.mark.parametrize("name", TABLE)
def test_each_may_do_what_the_table_says_and_nothing_else(cast, targets, name):
    function = getattr(permissions, name)

    answers = {
        who: function(person, *targets.get(name, ())) for who, person in cast.items()
    }

    assert answers == TABLE[name]


def test_the_table_holds_every_permission():
    functions = {name for name in vars(permissions) if name.startswith("can_")}

    assert functions == TABLE.keys()


def test_who_confirmed_a_decision_does_not_answer_its_appeal(cast):
    decision = DecisionFactory(
        decided_by=cast["moderator"],
        is_provisional=True,
        confirmed_by=cast["second moderator"],
        confirmed_at="2026-01-01T00:00:00Z",
    )
    appeal = AppealFactory(decision=decision)

    may = {
        who: permissions.can_decide_appeal(cast[who], appeal)
        for who in ("moderator", "second moderator", "organiser")
    }

    assert may == {"moderator": False, "second moderator": False, "organiser": True}


def test_the_public_register_tells_organisers_from_moderators(cast):
    roles = {who: permissions.role_of(cast[who]) for who in ("moderator", "organiser")}

    assert roles == {
        "moderator": StaffRole.MODERATOR,
        "organiser": StaffRole.ORGANISER,
    }
