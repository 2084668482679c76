"""The first categories of sources; an import may add others."""

from django.db import migrations

CATEGORIES = [
    "Article de presse",
    "Article scientifique",
    "Autre",
    "Document audiovisuel",
    "Guide",
    "Loi ou règlement",
    "Rapport ou étude",
    "Site internet",
]


def add_categories(apps, schema_editor):
    category = apps.get_model("arguments", "SourceCategory")
    category.objects.bulk_create(category(title=title) for title in CATEGORIES)


class Migration(migrations.Migration):
    dependencies = [("arguments", "0001_initial")]

    operations = [migrations.RunPython(add_categories, migrations.RunPython.noop)]
