"""Count what is there already. Its citations are found by `manage.py verify --mend`."""

from django.db import migrations
from django.db.models import Count, F, Q

SHARDS = 16
STANDING = ("published", "withdrawn")


def count_contributions(apps, schema_editor):
    """Count what readers can read, as `visible()` said when this was written."""
    contributions = apps.get_model("register", "Contribution").objects.order_by()
    visible = contributions.filter(
        Q(author__isnull=False) | Q(institution__isnull=False),
        Q(hangs_on=None) | Q(hangs_on__status__in=STANDING),
        Q(hangs_on__hangs_on=None) | Q(hangs_on__hangs_on__status__in=STANDING),
        status="published",
    )
    contributions.filter(pk__in=visible.values("pk")).update(counted=True)
    tally = apps.get_model("register", "Tally")
    counted = contributions.filter(counted=True).values_list(
        "debate", "section", "kind", F("number") % SHARDS
    )
    tally.objects.bulk_create(
        tally(debate_id=debate, section_id=section, kind=kind, shard=shard, count=count)
        for debate, section, kind, shard, count in counted.annotate(Count("pk"))
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0003_derived")]

    operations = [
        migrations.RunPython(count_contributions, migrations.RunPython.noop)
    ]
