"""Two spellings of one theme become one: the first that was made stays."""

from django.db import migrations, models

from register.text import folded


def merge(apps, schema_editor):
    Theme = apps.get_model("register", "Theme")
    Link = apps.get_model("register", "ContributionTheme")
    first = {}
    for theme in Theme.objects.order_by("pk"):
        theme.key = folded(theme.name)
        kept = first.setdefault(theme.key, theme)
        if kept is theme:
            theme.save(update_fields=["key"])
            continue
        links = Link.objects.filter(tag=theme)
        has_both = Link.objects.filter(tag=kept).values("content_object")
        links.filter(content_object__in=has_both).delete()
        links.update(tag=kept)
        theme.delete()
    # PostgreSQL alters no table whose foreign keys are still to be checked.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0008_receipt_mailed_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='theme',
            name='key',
            field=models.CharField(default='', editable=False, max_length=300, verbose_name='folded name'),
            preserve_default=False,
        ),
        migrations.RunPython(merge, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name='theme',
            options={'ordering': ('key',), 'verbose_name': 'theme', 'verbose_name_plural': 'themes'},
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('key',), name='one_theme_however_it_is_spelt'),
        ),
    ]
