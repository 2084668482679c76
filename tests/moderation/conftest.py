import pytest
from django.contrib.auth.models import Group

from accounts.enums import StaffGroup
from accounts.models import User
from tests.consultation.conftest import page, read
from tests.factories import UserFactory

__all__ = ["page", "read"]


@pytest.fixture
def another_moderator(db: None) -> User:
    """Had no part in what the first one decided."""
    user = UserFactory(display_name="Maud", is_staff=True)
    user.groups.add(Group.objects.get(name=StaffGroup.MODERATORS))
    return user
