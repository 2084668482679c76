"""What is searched: one document for each contribution that readers can read.

All of it is derived from the register and can be made again (`manage.py reindex`).
It is written inside the transaction of the act that it follows.
"""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from register.models import Contribution


class FacetSet(models.Model):
    """Where, by whom and when something was said: all that a search can be narrowed by.

    Thousands of contributions share one set, so that counting them by every facet at
    once is counting by one number. That number is made from what the set holds, so it
    means the same for ever. It is not unique: two acts that add the same set at once
    both do, and neither waits for the other.
    """

    key = models.BigIntegerField(_("key"), db_index=True)
    # As `search.facets.Facets` writes itself.
    content = models.TextField(_("content"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("set of facets")
        verbose_name_plural = _("sets of facets")

    def __str__(self) -> str:
        return self.content


class Document(models.Model):
    """That a contribution can be found, and its words for exact phrases."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    # The key of its set.
    facets = models.BigIntegerField(_("facets"))
    # Folded, a blank before and after each.
    words = models.TextField(_("words"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        # Both, so that whoever counts all there is does not read their words.
        indexes = (
            models.Index(fields=("facets", "contribution"), name="documents_of_facets"),
        )

    def __str__(self) -> str:
        return f"#{self.contribution_id}"


class Posting(models.Model):
    """That a contribution holds a stem, and how much it says of it.

    `weight` is the part of BM25 that depends on this contribution alone, in thousandths
    (`search.weighing`); how rare the stem is comes with the question. The facets stand
    here again: no question about many contributions has to look them up one by one.
    """

    pk = models.CompositePrimaryKey("stem", "number")
    stem = models.CharField(_("stem"), max_length=64)
    number = models.BigIntegerField(_("number"))
    weight = models.SmallIntegerField(_("weight"))
    facets = models.BigIntegerField(_("facets"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = (models.Index(fields=("number",), name="postings_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.stem} #{self.number}"


class TitleWord(models.Model):
    """That a word, folded and not stemmed, stands in a title: what is suggested."""

    pk = models.CompositePrimaryKey("word", "number")
    word = models.CharField(_("word"), max_length=64)
    number = models.BigIntegerField(_("number"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("word of a title")
        verbose_name_plural = _("words of titles")
        indexes = (
            models.Index(fields=("number", "word"), name="title_words_of_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.word} #{self.number}"


# Of changes: what the server has not refused.
WAITS = models.Q(refusal="")


class ChangeQuerySet(models.QuerySet["Change"]):
    def waiting(self) -> "ChangeQuerySet":
        """What the server is still to be told."""
        return self.filter(WAITS)

    def refused(self) -> "ChangeQuerySet":
        """What the server does not take, until the contribution changes again."""
        return self.exclude(WAITS)


class Change(models.Model):
    """That the search server has not been told yet how a contribution is found now.

    Written with the act. Of one contribution there may be several: none of them has to
    wait for another.
    """

    number = models.BigIntegerField(_("number"))
    noted_at = models.DateTimeField(_("since"), db_default=Now())
    # Some of its words are no longer to be found: until the server knows, it is not.
    conceals = models.BooleanField(_("takes words away"), default=False)
    # In the server's words.
    refusal = models.TextField(_("refusal"), blank=True, default="")

    objects = ChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change for the search server")
        verbose_name_plural = _("changes for the search server")

    def __str__(self) -> str:
        return f"#{self.number}"


class Feed(models.Model):
    """Whose turn it is to tell the search server, and how that went. One row.

    Turns are counted, and the server keeps nothing of an earlier turn over a later one:
    what was sent and thought lost cannot undo what was sent after it.
    """

    turn = models.PositiveBigIntegerField(_("turn"), default=0)
    held_until = models.DateTimeField(_("held until"), null=True)
    # Of the tries that failed since the last one that did not.
    failures = models.PositiveIntegerField(_("failures"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)
    error = models.TextField(_("error"), blank=True, default="")
    fed_at = models.DateTimeField(_("last told"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("feed of the search server")
        verbose_name_plural = _("feed of the search server")

    def __str__(self) -> str:
        return f"{self.turn}"


class Demand(models.Model):
    """How often something was searched on a day, and how often in vain. By nobody."""

    pk = models.CompositePrimaryKey("day", "typed")
    day = models.DateField(_("day"))
    # Folded and in one line, so that spellings are counted together.
    typed = models.CharField(_("typed"), max_length=100)
    count = models.PositiveIntegerField(_("searches"), default=0)
    vain = models.PositiveIntegerField(_("without result"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("searched words")
        verbose_name_plural = _("searched words")

    def __str__(self) -> str:
        return f"{self.day} {self.typed}"
