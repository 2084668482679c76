"""Who sits at the desk: staff by their group alone, in an admin that speaks English."""

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.users.models import UserProfile

from accounts.enums import StaffGroup
from accounts.models import User
from tests.factories import UserFactory


def staff(group: StaffGroup = StaffGroup.MODERATORS, **fields: str) -> User:
    user = UserFactory(confirmed=True, **fields)
    user.groups.add(Group.objects.get(name=group))
    return user


def seated(user: User) -> Client:
    UserProfile.objects.update_or_create(
        user=user, defaults={"preferred_language": "en"}
    )
    client = Client()
    client.force_login(user)
    return client
