"""Which contribution names which other."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from register.models.contributions import Contribution


class CitationQuerySet(models.QuerySet["Citation"]):
    def visible(self, at: datetime) -> "CitationQuerySet":
        """Those of which a reader can read both ends at that instant."""
        shown = Contribution.objects.visible().begun(at).order_by()
        return self.filter(
            models.Exists(shown.filter(pk=models.OuterRef("citing"))),
            models.Exists(shown.filter(pk=models.OuterRef("cited"))),
        )


class Citation(models.Model):
    """The words of one contribution name the number of another, as `#915`.

    What is hidden keeps its citations: whether they show is asked of `visible()`.
    """

    citing = models.ForeignKey(
        Contribution,
        verbose_name=_("citing contribution"),
        on_delete=models.PROTECT,
        related_name="citations_made",
        # The unique constraint's index begins with it.
        db_index=False,
    )
    cited = models.ForeignKey(
        Contribution,
        verbose_name=_("cited contribution"),
        on_delete=models.PROTECT,
        related_name="citations_received",
    )

    objects = CitationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = (
            models.UniqueConstraint(
                fields=("citing", "cited"), name="one_citation_of_each_by_each"
            ),
            models.CheckConstraint(
                condition=~models.Q(citing=models.F("cited")),
                name="no_contribution_cites_itself",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.citing_id} → #{self.cited_id}"
