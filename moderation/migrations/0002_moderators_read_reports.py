"""Organisers and moderators read what people report."""

from django.db import migrations

GROUPS = ["Organisateurs", "Modérateurs"]


def let_them_read(apps, schema_editor):
    """Django makes a model's permissions after all migrations, which is too late."""
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="moderation", model="report"
    )
    right, _made = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="view_report",
        defaults={"name": "Can view report"},
    )
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ("moderation", "0001_reports"),
        ("accounts", "0008_staff_groups"),
    ]

    operations = [
        migrations.RunPython(let_them_read, migrations.RunPython.noop),
    ]
