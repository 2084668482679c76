"""Organisers read how the search server is doing."""

from django.db import migrations

ORGANISERS = "Organisateurs"


def let_organisers_read(apps, schema_editor):
    group = apps.get_model("auth.Group").objects.filter(name=ORGANISERS).first()
    # Renamed or removed in the admin: who did so gives this right there.
    if group is None:
        return
    # Django makes a model's permissions after all migrations, which is too late.
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="search", model="change"
    )
    permission, _made = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="view_change",
        defaults={"name": "Can view change for the search server"},
    )
    group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0003_changes_for_a_server"),
    ]

    operations = [
        migrations.RunPython(let_organisers_read, migrations.RunPython.noop),
    ]
