"""What somebody changes in one's own account."""

from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms.entrance import SecondFactorWords
from accounts.forms.words import ADDRESS, CODE, PASSWORD, OnePassword, PlainWords
from accounts.models import User
from accounts.names import LONGEST, clean_public_name


class IntroductionForm(PlainWords, forms.Form):
    """How a person is known to readers, and in which language one is written to."""

    display_name = forms.CharField(
        label=_("Public name"),
        help_text=_(
            "Everybody reads it beside all that you have written and will write."
        ),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    locale = forms.ChoiceField(
        label=_("Language of the mails you receive"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        initial = {"display_name": user.display_name, "locale": user.locale}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_display_name(self) -> str:
        return clean_public_name(self.cleaned_data["display_name"])


class ChangeAddressForm(PlainWords, allauth.AddEmailForm):
    words = {
        "email": (
            _("New address"),
            _("A code is sent there. Until you have typed it, nothing changes."),
        ),
    }


class CorrectAddressForm(PlainWords, allauth.ChangeEmailForm):
    words = {"email": (ADDRESS, "")}


class ChangePasswordForm(OnePassword, allauth.ChangePasswordForm):
    words = OnePassword.words | {"oldpassword": (_("Current password"), "")}


class SetPasswordForm(OnePassword, allauth.SetPasswordForm):
    pass


class ConfirmIdentityForm(PlainWords, allauth.ReauthenticateForm):
    words = {"password": (PASSWORD, "")}


class ActivateSecondFactorForm(SecondFactorWords, totp.ActivateTOTPForm):
    words = {"code": (CODE, _("The six digits that your application shows now."))}
