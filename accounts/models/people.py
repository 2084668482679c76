"""Persons, and what tells whether their address is theirs."""

import secrets
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.questions import Question


def new_public_key() -> str:
    return secrets.token_hex(8)


class UserQuerySet(models.QuerySet["User"]):
    def confirmed(self) -> "UserQuerySet":
        """Whose address is known to be theirs."""
        # Found at the call: allauth's models are loaded after these.
        addresses = apps.get_model("account", "EmailAddress").objects
        own = addresses.filter(user=models.OuterRef("pk"), verified=True)
        return self.filter(models.Exists(own))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(
        self, email: str | None, password: str | None = None, **fields: Any
    ) -> "User":
        """Make an account; without an address or a password nobody can log in."""
        user = self.model(email=(email or "").lower() or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Make an administrator's account, vouched for by whoever runs the command."""
        from accounts.actions import vouch_for_address

        user = self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )
        vouch_for_address(user=user)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Logs in by e-mail, is known to readers by a public name.

    An author who came with an import has no address and cannot log in.
    """

    # In small letters, so that no two accounts differ by their capitals alone.
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("An account has this address already.")},
    )
    display_name = models.CharField(
        _("public name"),
        max_length=150,
        help_text=_("Shown beside everything this person publishes."),
    )
    # Tells homonyms apart in exports and addresses, without saying who they are.
    public_key = models.CharField(
        _("public key"),
        max_length=150,
        unique=True,
        editable=False,
        default=new_public_key,
    )
    locale = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="fr"
    )
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    # Until when moderators let this person write nothing; reading goes on.
    suspended_until = models.DateTimeField(
        _("suspended until"), null=True, blank=True, editable=False
    )
    date_joined = models.DateTimeField(_("date joined"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("display_name", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")),
                name="address_is_in_lower_case",
            ),
            models.CheckConstraint(
                condition=~models.Q(email=""),
                name="no_address_is_null_rather_than_empty",
            ),
            models.CheckConstraint(
                condition=~models.Q(display_name=""),
                name="account_has_a_public_name",
                violation_error_message=_("A public name is needed."),
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @property
    def is_confirmed(self) -> bool:
        """Whether the address is known to be this person's: only then do acts count."""
        return bool(CONFIRMED(self.pk))


CONFIRMED = Question(
    lambda pk: User.objects.confirmed().filter(pk=pk).order_by().values_list("pk")
)
