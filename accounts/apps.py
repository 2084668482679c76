from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from allauth.account.models import EmailAddress
        from allauth.account.signals import email_confirmed
        from allauth.mfa.models import Authenticator
        from allauth.usersessions.models import UserSession

        # No page refers to these rows: without this, each login would look for some.
        for model in (EmailAddress, Authenticator, UserSession):
            model.wagtail_reference_index_ignore = True
        # A code, a mailed login and a recovery all confirm an address, and allauth
        # has no other place in common for the three.
        email_confirmed.connect(_tell_confirmed)


def _tell_confirmed(request: Any, email_address: Any, **kwargs: Any) -> None:
    from accounts.actions import tell_confirmed

    tell_confirmed(request=request, user=email_address.user)
