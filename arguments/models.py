from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from arguments.enums import Side
from register.enums import ContributionKind
from register.models import Contribution, ContributionQuerySet
from register.text import words_of_receipt

# The longest argument, in characters, counted after normalisation.
ARGUMENT_MAX_LENGTH = 2000


class Argument(Contribution):
    """A reason for or against a proposal, in plain text kept as it was typed."""

    KIND = ContributionKind.ARGUMENT
    WORDS_IN = ("title", "text")

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, parent_link=True, primary_key=True
    )
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    title = models.CharField(_("title"), max_length=255, blank=True)
    text = models.TextField(_("text"))

    objects = ContributionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("argument")
        verbose_name_plural = _("arguments")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="argument_takes_a_side"
            ),
        )

    @property
    def words(self) -> list[str]:
        return [self.title, self.text]

    @property
    def receipt_words(self) -> str:
        return words_of_receipt(self.title, self.text)

    @property
    def counter(self) -> str:
        return f"{self.side}_count"


class ArgumentSupport(models.Model):
    """One person finds an argument convincing. Who does is never shown."""

    argument = models.ForeignKey(
        Argument,
        verbose_name=_("argument"),
        on_delete=models.PROTECT,
        related_name="supports",
    )
    supporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("supporter"),
        on_delete=models.PROTECT,
        related_name="argument_supports",
    )
    given_at = models.DateTimeField(_("given on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("support of an argument")
        verbose_name_plural = _("supports of arguments")
        constraints = (
            models.UniqueConstraint(
                fields=("argument", "supporter"),
                name="one_support_per_person_per_argument",
                violation_error_message=_("You already support this argument."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.argument_id}"


class SourceCategory(models.Model):
    """What kind of document a source is."""

    title = models.CharField(_("title"), max_length=100, unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("category of sources")
        verbose_name_plural = _("categories of sources")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Source(Contribution):
    """A document that informs a proposal or an argument: where and why."""

    KIND = ContributionKind.SOURCE
    WORDS_IN = ("title", "note")

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, parent_link=True, primary_key=True
    )
    category = models.ForeignKey(
        SourceCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        related_name="sources",
    )
    title = models.CharField(_("title"), max_length=255)
    link = models.URLField(_("link"), max_length=2000)
    note = models.TextField(_("note"), blank=True)

    objects = ContributionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = (
            # Empty where the words were withheld.
            models.CheckConstraint(
                condition=models.Q(link="")
                | models.Q(link__startswith="https://")
                | models.Q(link__startswith="http://"),
                name="source_link_is_a_web_address",
                violation_error_message=_("A link begins with https:// or http://."),
            ),
        )

    @property
    def words(self) -> list[str]:
        return [self.title, self.note]

    @property
    def receipt_words(self) -> str:
        return words_of_receipt(self.title, self.link, self.note)

    @property
    def counter(self) -> str:
        return "source_count"
