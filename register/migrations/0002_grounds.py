"""The first clauses of the charter; a site's organisers may add others."""

from django.db import migrations

GROUNDS = [
    ("off-topic", "Hors du sujet du débat", "Off the subject of the debate"),
    ("insults", "Injures ou attaques personnelles", "Insults or personal attacks"),
    ("hatred", "Propos haineux ou discriminatoires", "Hateful or discriminatory words"),
    ("personal-data", "Données personnelles d’autrui", "Somebody else’s personal data"),
    ("advertising", "Publicité ou contenu répété", "Advertising or repeated content"),
    ("unlawful", "Contenu manifestement illicite", "Manifestly unlawful content"),
    (
        "hidden-at-origin",
        "Masquée sur la plateforme d’origine",
        "Hidden on the platform of origin",
    ),
]


def add_grounds(apps, schema_editor):
    ground = apps.get_model("register", "Ground")
    ground.objects.bulk_create(
        ground(slug=slug, title=title, title_en=title_en, position=position)
        for position, (slug, title, title_en) in enumerate(GROUNDS, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [migrations.RunPython(add_grounds, migrations.RunPython.noop)]
