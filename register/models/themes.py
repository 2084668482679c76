"""Themes: a word put on proposals, by foreign keys that the database checks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase


class Theme(TagBase):
    """A word that authors and organisers put on proposals."""

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("name",)


class ContributionTheme(ItemBase):
    content_object = models.ForeignKey(
        "register.Contribution",
        on_delete=models.PROTECT,
        related_name="theme_links",
    )
    tag = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="contribution_links"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("content_object", "tag"), name="one_theme_once_per_contribution"
            ),
        )
