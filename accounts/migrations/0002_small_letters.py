"""Addresses are written in small letters from now on."""

from django.db import migrations
from django.db.models.functions import Lower


def write_small(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects
    users.filter(email__isnull=False).exclude(email=Lower("email")).update(
        email=Lower("email")
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(write_small, migrations.RunPython.noop)]
