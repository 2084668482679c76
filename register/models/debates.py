"""The frame: debates, their periods and sections, and the charter's clauses."""

import operator
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from register.enums import Accepted, DebateState

# The one definition of a period's states: how each end compares with an instant.
# The interval is half-open, so the closing instant itself is after the end.
STATES = {
    DebateState.UPCOMING: (("opens_at", "gt"),),
    DebateState.OPEN: (("opens_at", "lte"), ("closes_at", "gt")),
    DebateState.ENDED: (("closes_at", "lte"),),
}
COMPARISONS = {"gt": operator.gt, "lte": operator.le}


class DebateQuerySet(models.QuerySet["Debate"]):
    def in_state(self, state: DebateState, at: datetime) -> "DebateQuerySet":
        return self.filter(**{f"{end}__{lookup}": at for end, lookup in STATES[state]})

    def upcoming(self, at: datetime) -> "DebateQuerySet":
        return self.in_state(DebateState.UPCOMING, at)

    def open(self, at: datetime) -> "DebateQuerySet":
        return self.in_state(DebateState.OPEN, at)

    def ended(self, at: datetime) -> "DebateQuerySet":
        return self.in_state(DebateState.ENDED, at)

    def begun(self, at: datetime) -> "DebateQuerySet":
        return self.open(at) | self.ended(at)


class Debate(models.Model):
    """A question put for a period. Pages present it; contributions belong to it."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=255)
    question = models.TextField(
        _("question"), blank=True, help_text=_("What a vote on a proposal answers.")
    )
    opens_at = models.DateTimeField(_("opens on"))
    closes_at = models.DateTimeField(
        _("ends on"), help_text=_("From this instant on, nothing more is accepted.")
    )
    accepts_proposals = models.BooleanField(_("accepts proposals"), default=True)
    accepts_arguments = models.BooleanField(_("accepts arguments"), default=True)
    accepts_sources = models.BooleanField(_("accepts sources"), default=True)
    accepts_votes = models.BooleanField(_("accepts votes"), default=True)
    confirmation_hours = models.PositiveSmallIntegerField(
        _("hours to confirm an address"),
        default=24,
        help_text=_(
            "How long after the end who posted before it may still confirm their"
            " address. What they posted is published then, with its first date."
        ),
    )
    hourly_limit = models.PositiveSmallIntegerField(
        _("contributions an hour"),
        default=10,
        help_text=_("How many one person may post within an hour."),
    )
    moderates_first = models.BooleanField(
        _("is moderated before publication"),
        default=False,
        help_text=_(
            "A moderator reads each contribution before it is public; it keeps the"
            " instant at which it was sent."
        ),
    )
    # The formal act, after the end; the record is sealed from then on.
    closed_at = models.DateTimeField(
        _("closed on"), null=True, blank=True, editable=False
    )

    objects = DebateQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("debate")
        verbose_name_plural = _("debates")
        ordering = ("opens_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="debate_ends_after_it_opens",
                violation_error_message=_("The end must come after the opening."),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None)
                | models.Q(closed_at__gte=models.F("closes_at")),
                name="debate_is_closed_after_its_end",
                violation_error_message=_("A debate is closed after its end."),
            ),
            models.CheckConstraint(
                condition=~models.Q(title=""), name="debate_has_a_title"
            ),
            models.CheckConstraint(
                condition=models.Q(hourly_limit__gt=0),
                name="debate_lets_everybody_speak",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def state(self, at: datetime) -> DebateState:
        return next(
            state
            for state, comparisons in STATES.items()
            if all(COMPARISONS[c](getattr(self, end), at) for end, c in comparisons)
        )

    def is_open(self, at: datetime) -> bool:
        return self.state(at) is DebateState.OPEN

    @property
    def confirmed_until(self) -> datetime:
        """When the hours of grace end, after which an address is confirmed too late."""
        return self.closes_at + timedelta(hours=self.confirmation_hours)

    def can_be_confirmed(self, at: datetime) -> bool:
        """Whether what waits for its author's address to be confirmed still can be."""
        return self.closed_at is None and at < self.confirmed_until

    def accepts(self, accepted: Accepted) -> bool:
        return bool(getattr(self, f"accepts_{accepted.value}"))

    def is_within(self, instant: datetime) -> bool:
        """Whether something said at that instant belongs to the period."""
        return self.state(instant) is DebateState.OPEN


class SectionQuerySet(models.QuerySet["Section"]):
    def with_count(self) -> "SectionQuerySet":
        """How many contributions stand in each, shown or not."""
        return self.annotate(contribution_count=models.Count("contributions"))


class Section(models.Model):
    """A heading under which a debate's proposals stand; sections do not nest."""

    debate = models.ForeignKey(
        Debate,
        verbose_name=_("debate"),
        on_delete=models.PROTECT,
        related_name="sections",
    )
    slug = models.SlugField(_("address"), max_length=100)
    title = models.CharField(_("title"), max_length=255)
    position = models.PositiveSmallIntegerField(_("position"))

    objects = SectionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("debate_id", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("debate", "slug"), name="one_section_per_address_in_a_debate"
            ),
            models.UniqueConstraint(
                fields=("debate", "title"), name="one_section_per_title_in_a_debate"
            ),
            models.UniqueConstraint(
                fields=("debate", "position"),
                name="one_section_per_position_in_a_debate",
            ),
        )

    def __str__(self) -> str:
        return self.title


class GroundQuerySet(models.QuerySet["Ground"]):
    def given(self) -> "GroundQuerySet":
        """Those for which something may be decided now."""
        return self.filter(is_given=True)


class Ground(models.Model):
    """A clause of the charter, for which a contribution may be hidden.

    One that is no longer given stays, because earlier decisions refer to it.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title in French"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    # What a statement of reasons has to name (article 17(3)(d) and (e) of Regulation
    # (EU) 2022/2065 on digital services).
    basis = models.TextField(
        _("what it rests on, in French"),
        blank=True,
        help_text=_("The article of law, or the clause of the charter."),
    )
    basis_en = models.TextField(_("what it rests on, in English"), blank=True)
    is_law = models.BooleanField(
        _("is a breach of law"),
        default=False,
        help_text=_("Rather than of the charter alone: statements say which."),
    )
    is_given = models.BooleanField(_("can be given"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = GroundQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ground")
        verbose_name_plural = _("grounds")
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title

    @property
    def basis_read(self) -> str:
        """What it rests on, in the reader's language where that was written."""
        if get_language() == "en" and self.basis_en:
            return self.basis_en
        return self.basis
