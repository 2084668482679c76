"""Themes: a word put on proposals, by foreign keys that the database checks."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from register.text import folded

# A letter folds into three at most.
KEY_LENGTH = 300


class Theme(TagBase):
    """A word that authors and organisers put on proposals.

    Its name is the first spelling that somebody typed; `key` is what all have in
    common.
    """

    key = models.CharField(_("folded name"), max_length=KEY_LENGTH, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("key",)
        constraints = (
            models.UniqueConstraint(
                fields=("key",), name="one_theme_however_it_is_spelt"
            ),
        )


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


def spelt_once(names: Iterable[str]) -> dict[str, str]:
    """The first spelling of each name, by what its spellings have in common."""
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(folded(name), name)
    return spelt


def themes_called(names: Iterable[str]) -> dict[str, Theme]:
    """The themes of these names, by their keys; those that are not there are made.

    In one order: two who make the same ones at once wait and do not deadlock. One
    transaction makes all its themes by one call.
    """
    spelt = spelt_once(names)
    held = {theme.key: theme for theme in Theme.objects.filter(key__in=spelt)}
    for key in sorted(spelt.keys() - held.keys()):
        held[key], _is_new = Theme.objects.get_or_create(
            key=key, defaults={"name": spelt[key]}
        )
    return held


def put_themes(names: Mapping[int, Iterable[str]]) -> None:
    """Put themes on contributions that have none yet, by their numbers."""
    held = themes_called(chain.from_iterable(names.values()))
    links = {
        (number, held[folded(name)].pk)
        for number, some in names.items()
        for name in some
    }
    ContributionTheme.objects.bulk_create(
        ContributionTheme(content_object_id=number, tag_id=theme)
        for number, theme in sorted(links)
    )


class ThemesOfOne(_TaggableManager):
    """The themes of one contribution: `row.themes.set(["Eau", "École"])`."""

    def add(self, *names: str | Theme, **kwargs: Any) -> None:
        super().add(*_themes(names), **kwargs)

    def set(self, names: Iterable[str | Theme], **kwargs: Any) -> None:
        super().set(_themes(names), **kwargs)


def _themes(names: Iterable[str | Theme]) -> list[Theme]:
    """taggit hands back the themes that it was given names for."""
    names = list(names)
    called = themes_called(name for name in names if isinstance(name, str))
    themes = (each for each in names if isinstance(each, Theme))
    return list(dict.fromkeys([*called.values(), *themes]))
