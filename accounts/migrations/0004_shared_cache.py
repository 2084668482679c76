"""The table in which the processes count together, unless CACHE_URL names a server."""

from django.core.management import call_command
from django.db import migrations

# As config/cache.py names it.
TABLE = "shared_cache"



def create(apps, schema_editor):
    # Named, it is made whatever the settings say at this moment.
    alias = schema_editor.connection.alias
    call_command("createcachetable", TABLE, database=alias, verbosity=0)


def drop(apps, schema_editor):
    name = schema_editor.connection.ops.quote_name(TABLE)
    schema_editor.execute(f"DROP TABLE {name}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_accounts_that_log_in")]

    operations = [migrations.RunPython(create, drop)]
