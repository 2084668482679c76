"""What each of the first clauses rests on, for the statements of reasons."""

from django.db import migrations

# Slug, whether it is a breach of law, in French, in English.
BASES = [
    (
        "off-topic",
        False,
        "Charte des contributions : ce qui est publié répond à la question du débat.",
        "Charter of contributions: what is published answers the debate’s question.",
    ),
    (
        "insults",
        True,
        "Charte des contributions : on répond aux idées, on n’attaque personne."
        " Loi du 29 juillet 1881 sur la liberté de la presse, articles 29 à 33"
        " (injure et diffamation).",
        "Charter of contributions: one answers ideas and attacks nobody. French law of"
        " 29 July 1881 on the freedom of the press, articles 29 to 33 (insult and"
        " defamation).",
    ),
    (
        "hatred",
        True,
        "Loi du 29 juillet 1881 sur la liberté de la presse, article 24 (provocation à"
        " la discrimination, à la haine ou à la violence).",
        "French law of 29 July 1881 on the freedom of the press, article 24 (incitement"
        " to discrimination, hatred or violence).",
    ),
    (
        "personal-data",
        True,
        "Règlement (UE) 2016/679 sur la protection des données, article 6 ; code civil,"
        " article 9 (respect de la vie privée).",
        "Regulation (EU) 2016/679 on data protection, article 6; French civil code,"
        " article 9 (respect for private life).",
    ),
    (
        "advertising",
        False,
        "Charte des contributions : ni publicité, ni texte répété.",
        "Charter of contributions: no advertising and no repeated text.",
    ),
    (
        "unlawful",
        True,
        "Règlement (UE) 2022/2065 sur les services numériques, articles 6 et 16"
        " (contenu illicite).",
        "Regulation (EU) 2022/2065 on digital services, articles 6 and 16 (illegal"
        " content).",
    ),
]


def say_what_they_rest_on(apps, schema_editor):
    ground = apps.get_model("register", "Ground")
    for slug, is_law, basis, basis_en in BASES:
        ground.objects.filter(slug=slug, basis="").update(
            is_law=is_law, basis=basis, basis_en=basis_en
        )
    # No moderator of this site gives it.
    ground.objects.filter(slug="hidden-at-origin").update(is_given=False)


class Migration(migrations.Migration):
    dependencies = [("register", "0011_moderated")]

    operations = [
        migrations.RunPython(say_what_they_rest_on, migrations.RunPython.noop)
    ]
