"""How allauth makes accounts here, what it says, and in which language it writes."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.limits import in_words, seconds_left
from accounts.models import User

# What is said once on the next account page; whatever is not here goes without saying.
SENTENCES = {
    "account/messages/email_confirmed.txt": _("Your address has been changed."),
    "account/messages/email_confirmation_failed.txt": _(
        "This address could not be confirmed: another account has it."
    ),
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "account/messages/password_set.txt": _("Your password has been set."),
    "mfa/messages/totp_activated.txt": _("The second factor is on."),
    "mfa/messages/totp_deactivated.txt": _("The second factor is off."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "New recovery codes have been made. Keep them in a safe place."
    ),
    "usersessions/messages/sessions_logged_out.txt": _(
        "Every other session has been ended."
    ),
}

# What is written about one's account after a change that somebody else may have made.
NOTICES = {
    "account/email/password_changed": _("Your password has been changed."),
    "account/email/password_reset": _("Your password has been changed."),
    "account/email/password_set": _("A password has been set on your account."),
    "account/email/email_changed": _("The address of your account has been changed."),
    "mfa/email/totp_activated": _("The second factor of your account is on."),
    "mfa/email/totp_deactivated": _("The second factor of your account is off."),
    "mfa/email/recovery_codes_generated": _("New recovery codes have been made."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is not active."),
        "duplicate_email": _("This is the address of your account already."),
        "email_password_mismatch": _(
            "The address and the password do not match. Check both; a password tells"
            " capital letters from small ones."
        ),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _(
            "This is not the code that was sent last. Copy it again from the mail."
        ),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("A code has just been sent. Wait a moment for the next one."),
        "same_as_current": _("This is the address of your account already."),
        "too_many_login_attempts": _(
            "That is too many attempts. Wait a few minutes, then ask for another code."
        ),
    }

    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        """Fill in a new account. Its password was hashed by the form."""
        user.email = form.cleaned_data["email"]
        user.display_name = form.cleaned_data["display_name"]
        user.password = form.hashed_password
        user.locale = get_language() or settings.LANGUAGE_CODE
        return user

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("consultation:page", args=("",))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:home")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            key = self._get_login_attempts_cache_key(request, **credentials)
            wait = seconds_left(request, action="login_failed", key=key)
            raise ValidationError(
                _("That is too many attempts. Try again %(delay)s, or ask for a code.")
                % {"delay": in_words(wait)}
            ) from refusal

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        # At sign-up the page that is opened next says enough.
        is_read = request.user.is_authenticated or level >= messages.ERROR
        sentence = options.get("message") or SENTENCES.get(message_template or "")
        if sentence and is_read:
            messages.add_message(request, level, str(sentence))

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Write in the language of the account, or else of the page."""
        account = User.objects.filter(email=email.lower()).first()
        language = account.locale if account else get_language()
        name = template_prefix.rpartition("/")[2]
        mail.send(template=name, to=email, language=language, context=context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        what = NOTICES[template_prefix]
        client = self.get_http_user_agent(self.request)
        mail.send(
            template="notice",
            to=email or user.email,
            language=user.locale,
            context={"what": what, "client": client},
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code of this moment. Look at the application and type the"
            " six digits that it shows now."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """A drawing to stand in the page: its policy loads no image from data."""
        import qrcode
        from qrcode.image.svg import SvgPathImage

        drawing = qrcode.make(url, image_factory=SvgPathImage)
        return drawing.to_string(encoding="unicode")

    def _get_site_name(self) -> str:
        return settings.SITE_NAME
