"""A database from before themes were folded: spellings of one word become one theme."""

import importlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from register import migrations
from register.models import ContributionTheme, Theme
from tests.factories import ProposalFactory

pytestmark = pytest.mark.django_db
FOLDER = Path(migrations.__file__).parent
(FILE,) = FOLDER.glob("*_one_theme_however_spelt.py")
merge = importlib.import_module(f"register.migrations.{FILE.stem}").merge


def spelt(name: str, *proposals: object) -> Theme:
    """A theme as it was made before: whatever else is spelt like it."""
    theme = Theme.objects.create(name=name, key=f"unfolded {name}")
    ContributionTheme.objects.bulk_create(
        ContributionTheme(content_object_id=each.pk, tag=theme) for each in proposals
    )
    return theme


def test_the_first_spelling_stays_on_all_that_had_any():
    first, second, both = ProposalFactory.create_batch(3)
    kept = spelt("École", first, both)
    spelt("école", second, both)
    spelt("ECOLE", second)
    other = spelt("Eau", both)

    merge(apps, SimpleNamespace(connection=connection))

    assert dict(Theme.objects.values_list("pk", "key")) == {
        kept.pk: "ecole",
        other.pk: "eau",
    }
    assert kept.name == Theme.objects.get(pk=kept.pk).name == "École"
    assert sorted(ContributionTheme.objects.values_list("content_object", "tag")) == [
        (first.pk, kept.pk),
        (second.pk, kept.pk),
        (both.pk, kept.pk),
        (both.pk, other.pk),
    ]
