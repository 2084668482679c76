"""Loading the demonstration on a site: where it is refused, and that nobody hears."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Mail, User
from moderation.models import Announcement
from register.models import Debate

pytestmark = pytest.mark.django_db


def test_a_site_that_is_no_demonstration_refuses_it(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="not for a site in production"):
        call_command("seed_demo")

    assert not User.objects.exists()
    assert not Debate.objects.exists()


def test_it_writes_to_nobody(settings, capsys):
    settings.EMAIL_BACKEND = "accounts.mail.QueuedMail"

    call_command("seed_demo")

    assert not Mail.objects.exists()
    assert not Announcement.objects.filter(finished_at=None).exists()
    assert Announcement.objects.exists()
