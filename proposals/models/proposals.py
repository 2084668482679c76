from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proposals.enums import AppendixKind, VoteChoice
from register.citations import words_of_html
from register.enums import ContributionKind
from register.models import Contribution, ContributionQuerySet
from register.text import plain_from_rich, words_of_receipt


class Proposal(Contribution):
    """What somebody wants done: a title and a small rich text, on which others vote."""

    KIND = ContributionKind.PROPOSAL
    WORDS_IN = ("title", "text", "appendices__text")

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, parent_link=True, primary_key=True
    )
    title = models.CharField(_("title"), max_length=255)
    # HTML of the few tags that `register.text.clean_rich_text` lets through.
    text = models.TextField(_("text"))

    objects = ContributionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    @property
    def words(self) -> list[str]:
        texts = [self.text, *(each.text for each in self.appendices.all())]
        return [self.title, *map(words_of_html, texts)]

    @property
    def receipt_words(self) -> str:
        return words_of_receipt(self.title, plain_from_rich(self.text))


class Appendix(models.Model):
    """A text annexed to a proposal, such as an article of law as it would become."""

    proposal = models.ForeignKey(
        Proposal,
        verbose_name=_("proposal"),
        on_delete=models.PROTECT,
        related_name="appendices",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AppendixKind.choices)
    title = models.CharField(_("title"), max_length=255, blank=True)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("position"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appendix")
        verbose_name_plural = _("appendices")
        ordering = ("proposal_id", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "position"),
                name="one_appendix_per_position_on_a_proposal",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AppendixKind.values),
                name="appendix_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="appendix_has_a_text"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Vote(models.Model):
    """One person's opinion of one proposal. Who voted what is never shown."""

    proposal = models.ForeignKey(
        Proposal,
        verbose_name=_("proposal"),
        on_delete=models.PROTECT,
        related_name="votes",
    )
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("voter"),
        on_delete=models.PROTECT,
        related_name="votes",
    )
    choice = models.CharField(_("choice"), max_length=10, choices=VoteChoice.choices)
    cast_at = models.DateTimeField(_("cast on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "voter"),
                name="one_vote_per_voter_per_proposal",
                violation_error_message=_("You have already voted on this proposal."),
            ),
            models.CheckConstraint(
                condition=models.Q(choice__in=VoteChoice.values),
                name="vote_choice_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.choice}"
