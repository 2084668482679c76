"""Whoever has an address and a password was made by staff, a command or the demo.

From now on the sign-up page makes accounts too, whose address is to be confirmed.
"""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import migrations


def vouch(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects.filter(email__isnull=False)
    addresses = apps.get_model("account", "EmailAddress").objects
    known = addresses.values("user_id")
    addresses.bulk_create(
        addresses.model(user_id=pk, email=email, verified=True, primary=True)
        for pk, email in users.exclude(pk__in=known)
        .exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .values_list("pk", "email")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_shared_cache"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
