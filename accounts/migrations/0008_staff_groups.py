"""The groups that work in the admin, and what each of them may do there.

A permission is made where it does not exist yet: Django makes those of a model after all
migrations. Rooms that come later give these groups their rights in migrations of theirs.
"""

from django.db import migrations

ORGANISERS = "Organisateurs"
MODERATORS = "Modérateurs"

# For each group: of which model, what.
RIGHTS = {
    ORGANISERS: {
        "accounts.institution": ["add", "change", "view"],
        "accounts.verification": ["add", "change", "view"],
        "accounts.invitation": ["add", "change", "view"],
        "accounts.membership": ["view", "delete"],
        "accounts.terms": ["add", "view"],
        "register.debate": ["add", "change", "view"],
        "register.section": ["add", "change", "view"],
        "register.contribution": ["view"],
    },
    MODERATORS: {
        "accounts.institution": ["view"],
        "register.debate": ["view"],
        "register.contribution": ["view"],
    },
}
PAGES = ["add", "change", "publish"]
FILES = {"wagtailimages.image": PAGES[:2], "wagtaildocs.document": PAGES[:2]}
# Wagtail's own, whose names are nearly ours and whose rights are not.
WAGTAIL_GROUPS = ["Editors", "Moderators"]


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, rights in RIGHTS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(permission(apps, "wagtailadmin.admin", "access"))
        group.permissions.add(
            *(
                permission(apps, model, act)
                for model, acts in rights.items()
                for act in acts
            )
        )
    organisers = Group.objects.get(name=ORGANISERS)
    open_pages(apps, organisers)
    open_files(apps, organisers)
    for task in apps.get_model("wagtailcore.GroupApprovalTask").objects.all():
        task.groups.add(organisers)
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None).delete()


def permission(apps, model, act):
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


def open_pages(apps, group):
    """Every page of the site, from its root."""
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    for act in PAGES:
        apps.get_model("wagtailcore.GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=permission(apps, "wagtailcore.page", act)
        )


def open_files(apps, group):
    root = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for model, acts in FILES.items():
        for act in [*acts, "choose"]:
            apps.get_model("wagtailcore.GroupCollectionPermission").objects.get_or_create(
                group=group, collection=root, permission=permission(apps, model, act)
            )


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0007_invitations"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0089_log_entry_data_json_null_to_object"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
