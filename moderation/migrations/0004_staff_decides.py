"""What organisers and moderators may do at the desk."""

from django.db import migrations

ORGANISERS = "Organisateurs"
MODERATORS = "Modérateurs"

# Of which model, what; none of it lets anybody change a text, a vote or a date.
AT_THE_DESK = {
    "moderation.decision": ["add", "view"],
    "moderation.appeal": ["change", "view"],
    "moderation.closing": ["add", "view"],
}
RIGHTS = {
    MODERATORS: AT_THE_DESK | {"register.ground": ["view"]},
    ORGANISERS: AT_THE_DESK
    | {
        "register.ground": ["add", "change", "view"],
        "register.periodmove": ["add", "view"],
    },
}


def give_rights(apps, schema_editor):
    for name, rights in RIGHTS.items():
        group = apps.get_model("auth.Group").objects.filter(name=name).first()
        # Renamed or removed in the admin: who did so gives these rights there.
        if group is None:
            continue
        group.permissions.add(
            *(
                permission(apps, model, act)
                for model, acts in rights.items()
                for act in acts
            )
        )


def permission(apps, model, act):
    """Django makes a model's permissions after all migrations, which is too late."""
    app_label, name = model.split(".")
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=name
    )
    found, _made = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename=f"{act}_{name}",
        defaults={"name": f"Can {act} {name}"},
    )
    return found


class Migration(migrations.Migration):

    dependencies = [
        ("moderation", "0003_decisions_and_closings"),
        ("register", "0012_what_grounds_rest_on"),
        ("accounts", "0008_staff_groups"),
    ]

    operations = [
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
