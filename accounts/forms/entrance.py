"""Signing up, logging in, finding one's way back in."""

from collections.abc import Iterable
from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as mfa
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import go_on_signing_up, sign_up, sign_up_again
from accounts.forms.words import (
    ADDRESS,
    CODE,
    CODE_HELP,
    PASSWORD,
    PASSWORD_HELP,
    OnePassword,
    PlainWords,
)
from accounts.limits import in_words, seconds_left
from accounts.models import Terms, User
from accounts.names import LONGEST, clean_public_name
from journal.clock import database_now


class SignUpForm(PlainWords, allauth.SignupForm):
    """An address, a public name, a password, and the texts one agrees to.

    A known address and an unknown one get the same page, in the same time.
    """

    words = {
        "email": (
            ADDRESS,
            _("Never shown. A code is sent there, to make sure that it is yours."),
        ),
        "password1": (PASSWORD, PASSWORD_HELP),
    }
    field_order = ("email", "display_name", "password1", "accepted")

    display_name = forms.CharField(
        label=_("Public name"),
        help_text=_(
            "Everybody will read it beside all that you write, for good. Your own name"
            " or another, but not that of somebody else."
        ),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    accepted = forms.BooleanField(
        label=_(
            "I have read these three texts. I accept the charter, and I publish what I"
            " write under the open licence."
        ),
        error_messages={
            "required": _("Without your agreement no account can be made.")
        },
    )
    # Which versions were on the page: nobody accepts what was not shown.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = list(Terms.objects.in_force(database_now()))
        self.fields["shown"].initial = _versions(self.terms)
        self.hashed_password = ""
        self.unfinished: User | None = None

    def clean_display_name(self) -> str:
        return clean_public_name(self.cleaned_data["display_name"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("shown") != _versions(self.terms):
            # What is sent back shows the new texts, and asks again.
            self.data = self.data.copy()
            self.data["shown"] = _versions(self.terms)
            self.data.pop("accepted", None)
            raise ValidationError(
                _("The texts to accept have just changed. Read them, then agree again.")
            )
        if not self.errors:
            self._hash_once(data["email"], data["password1"])
        return data

    def _hash_once(self, email: str, password: str) -> None:
        """Here and not when the account is made: a known address takes as long."""
        account = User.objects.filter(email=email).first()
        if account and not account.is_confirmed:
            self.unfinished = account if account.check_password(password) else None
        else:
            self.hashed_password = make_password(password)

    def try_save(self, request: HttpRequest) -> tuple[User | None, Any]:
        """The account, or the answer that tells nothing of the one there is.

        A form that was sent twice goes on with the account that the first one made.
        """
        if not self.account_already_exists:
            try:
                return self.save(request), None
            except IntegrityError:
                self.account_already_exists = True
                self._hash_once(
                    self.cleaned_data["email"], self.cleaned_data["password1"]
                )
        if self.unfinished:
            return go_on_signing_up(request=request, user=self.unfinished), None
        sign_up_again(request=request, email=self.cleaned_data["email"])
        return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        adapter = get_adapter()
        user = adapter.save_user(request, adapter.new_user(request), self)
        return sign_up(request=request, user=user, accepts=self.terms)


def _versions(terms: Iterable[Terms]) -> str:
    return ",".join(str(each.pk) for each in terms)


class LogInForm(PlainWords, allauth.LoginForm):
    words = {
        "login": (ADDRESS, ""),
        "password": (PASSWORD, ""),
        "remember": (
            _("Stay logged in on this device"),
            _("Leave it empty on a computer that others use."),
        ),
    }


class RequestLogInCodeForm(PlainWords, allauth.RequestLoginCodeForm):
    words = {"email": (ADDRESS, "")}

    def clean_email(self) -> str:
        try:
            return super().clean_email()
        except ValidationError as refusal:
            key = self.cleaned_data["email"].lower()
            wait = seconds_left(context.request, action="request_login_code", key=key)
            raise ValidationError(
                _("Several codes were sent to this address. Ask again %(delay)s.")
                % {"delay": in_words(wait)}
            ) from refusal


class ResetPasswordForm(PlainWords, allauth.ResetPasswordForm):
    words = {"email": (ADDRESS, "")}


class NewPasswordForm(OnePassword, allauth.ResetPasswordKeyForm):
    pass


class CodeWords(PlainWords):
    """A code that was mailed is typed on any keyboard, copied with its blanks."""

    words = {"code": (CODE, CODE_HELP)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "autocapitalize": "characters",
            "autocorrect": "off",
            "spellcheck": "false",
            "class": "field__code",
        }


class ConfirmAddressForm(CodeWords, allauth.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmLogInForm(CodeWords, allauth.ConfirmLoginCodeForm):
    pass


class ConfirmResetForm(CodeWords, allauth.ConfirmPasswordResetCodeForm):
    pass


class SecondFactorWords(PlainWords):
    words = {
        "code": (
            CODE,
            _("Six digits shown by your application, or one of your recovery codes."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric",
            "class": "field__code",
        }


class SecondFactorForm(SecondFactorWords, mfa.AuthenticateForm):
    pass


class SecondFactorAgainForm(SecondFactorWords, mfa.ReauthenticateForm):
    pass
