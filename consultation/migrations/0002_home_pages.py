"""A home page in French and one in English, in the place of Wagtail's welcome page."""

import uuid

from django.db import migrations


def add_home_pages(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    site = apps.get_model("wagtailcore", "Site")
    locale = apps.get_model("wagtailcore", "Locale")
    content_type = apps.get_model("contenttypes", "ContentType")
    home_page = apps.get_model("consultation", "HomePage")

    page.objects.filter(depth=2).delete()
    root = page.objects.get(depth=1)
    home_type, _ = content_type.objects.get_or_create(
        model="homepage", app_label="consultation"
    )
    translation_key = uuid.uuid4()
    homes = [
        home_page.objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=home_type,
            path=f"{root.path}{position:04d}",
            depth=2,
            numchild=0,
            url_path=f"/{slug}/",
            live=True,
            locale=locale.objects.get_or_create(language_code=language)[0],
            translation_key=translation_key,
        )
        for position, (language, slug, title) in enumerate(
            [
                ("fr", "accueil", "Consultations publiques"),
                ("en", "home", "Public consultations"),
            ],
            1,
        )
    ]
    page.objects.filter(pk=root.pk).update(numchild=len(homes))
    site.objects.all().delete()
    site.objects.create(
        hostname="localhost", root_page_id=homes[0].pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0001_initial"),
    ]

    operations = [migrations.RunPython(add_home_pages, migrations.RunPython.noop)]
