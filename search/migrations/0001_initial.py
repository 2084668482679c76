"""The two tables of words are clustered by their key, which no field option says.

All of it is derived: `manage.py reindex` fills it for a site that has contributions.
"""

import django.db.models.deletion
from django.db import migrations, models

COLUMNS = {
    "search_posting": """
        stem varchar(64) {by_code_point} NOT NULL,
        number bigint NOT NULL,
        weight smallint NOT NULL,
        facets bigint NOT NULL,
        PRIMARY KEY (stem, number) {including}
    """,
    "search_titleword": """
        word varchar(64) {by_code_point} NOT NULL,
        number bigint NOT NULL,
        PRIMARY KEY (word, number)
    """,
}


def create_tables_of_words(apps, schema_editor):
    """Questions read one run of rows in order of their key, and nothing beside it."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, columns in COLUMNS.items():
        columns = columns.format(
            by_code_point='COLLATE "C"' if is_postgresql else "",
            including="INCLUDE (weight, facets)" if is_postgresql else "",
        )
        ending = "" if is_postgresql else "WITHOUT ROWID"
        schema_editor.execute(f"CREATE TABLE {table} ({columns}) {ending}")


def drop_tables_of_words(apps, schema_editor):
    for table in COLUMNS:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("register", "0012_what_grounds_rest_on")]

    operations = [
        migrations.CreateModel(
            name="FacetSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("key", models.BigIntegerField(db_index=True, verbose_name="key")),
                ("content", models.TextField(verbose_name="content")),
            ],
            options={
                "verbose_name": "set of facets",
                "verbose_name_plural": "sets of facets",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="register.contribution",
                    ),
                ),
                ("facets", models.BigIntegerField(verbose_name="facets")),
                ("words", models.TextField(verbose_name="words")),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "indexes": [
                    models.Index(
                        fields=["facets", "contribution"], name="documents_of_facets"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day",
                        "typed",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("typed", models.CharField(max_length=100, verbose_name="typed")),
                (
                    "count",
                    models.PositiveIntegerField(default=0, verbose_name="searches"),
                ),
                (
                    "vain",
                    models.PositiveIntegerField(
                        default=0, verbose_name="without result"
                    ),
                ),
            ],
            options={
                "verbose_name": "searched words",
                "verbose_name_plural": "searched words",
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(create_tables_of_words, drop_tables_of_words)
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Posting",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "stem",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("stem", models.CharField(max_length=64, verbose_name="stem")),
                        ("number", models.BigIntegerField(verbose_name="number")),
                        ("weight", models.SmallIntegerField(verbose_name="weight")),
                        ("facets", models.BigIntegerField(verbose_name="facets")),
                    ],
                    options={
                        "verbose_name": "posting",
                        "verbose_name_plural": "postings",
                    },
                ),
                migrations.CreateModel(
                    name="TitleWord",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "word",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("word", models.CharField(max_length=64, verbose_name="word")),
                        ("number", models.BigIntegerField(verbose_name="number")),
                    ],
                    options={
                        "verbose_name": "word of a title",
                        "verbose_name_plural": "words of titles",
                    },
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["number"], name="postings_of_a_number"),
        ),
        migrations.AddIndex(
            model_name="titleword",
            index=models.Index(
                fields=["number", "word"], name="title_words_of_a_number"
            ),
        ),
    ]
