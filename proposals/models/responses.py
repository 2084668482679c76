"""What verified institutions answer to proposals, and what their authors say of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution
from proposals.enums import Outcome, Satisfaction
from proposals.models.proposals import Proposal
from register.citations import words_of_html
from register.enums import ContributionKind
from register.models import Contribution, ContributionQuerySet
from register.text import plain_from_rich, words_of_receipt

# Whoever the proposal concerns is named when, and only when, it is handed on.
NAMES_WHOM = models.Q(outcome=Outcome.TRANSFERRED) & ~models.Q(transferred_to="")
NAMES_NOBODY = ~models.Q(outcome=Outcome.TRANSFERRED) & models.Q(transferred_to="")


class OfficialResponse(Contribution):
    """The answer of a verified institution to a proposal: what becomes of it, and why.

    It may come after the end of the debate, and after its closing. The agent is named
    where they agree to it; the service stands on the register, as for all that an
    institution signs.
    """

    KIND = ContributionKind.RESPONSE
    WORDS_IN = ("text",)

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, parent_link=True, primary_key=True
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    transferred_to = models.CharField(_("transferred to"), max_length=200, blank=True)
    # HTML of the few tags that `register.text.clean_rich_text` lets through.
    text = models.TextField(_("text"))
    agent_name = models.CharField(_("name of the agent"), max_length=150, blank=True)
    agent_function = models.CharField(
        _("function of the agent"), max_length=200, blank=True
    )

    objects = ContributionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("official response")
        verbose_name_plural = _("official responses")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values),
                name="response_outcome_is_known",
            ),
            models.CheckConstraint(
                # Empty where the words were withheld.
                condition=NAMES_WHOM | NAMES_NOBODY | models.Q(text=""),
                name="response_says_to_whom_it_hands_on",
                violation_error_message=_("Say to whom the proposal is transferred."),
            ),
        )

    @property
    def words(self) -> list[str]:
        return [words_of_html(self.text)]

    @property
    def receipt_words(self) -> str:
        return words_of_receipt(plain_from_rich(self.text))

    @property
    def judged(self) -> "ResponseJudgement | None":
        """What the author of the proposal says of it, if they said anything."""
        return getattr(self, "judgement", None)


class ResponseDraft(models.Model):
    """A response that an institution is writing; all of its members see and change it.

    `version` grows with each change, so that two who write at once do not lose what
    the other wrote.
    """

    proposal = models.ForeignKey(
        Proposal,
        verbose_name=_("proposal"),
        on_delete=models.PROTECT,
        related_name="response_drafts",
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        related_name="response_drafts",
    )
    # What was typed in each field of the form, valid or not yet.
    fields = models.JSONField(_("fields"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=1)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("edited by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    edited_at = models.DateTimeField(_("edited on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft of a response")
        verbose_name_plural = _("drafts of responses")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "institution"),
                name="one_draft_of_a_response_per_institution_and_proposal",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.proposal_id}: {self.institution}"


class ResponseJudgement(models.Model):
    """What the author of a proposal says of a response to it; shown beside it."""

    response = models.OneToOneField(
        OfficialResponse,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="judgement",
    )
    is_thanked = models.BooleanField(_("says thank you"), default=False)
    satisfaction = models.CharField(
        _("answers the question"),
        max_length=10,
        choices=Satisfaction.choices,
        blank=True,
    )
    judged_at = models.DateTimeField(_("judged on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("judgement of a response")
        verbose_name_plural = _("judgements of responses")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(satisfaction__in=["", *Satisfaction.values]),
                name="satisfaction_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.response_id}"
