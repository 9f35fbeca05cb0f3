"""The roles of the staff, as Django groups: who may do what."""

from django.contrib.auth.management import create_permissions
from django.utils.translation import gettext_noop

PUBLISHABLE = (
    "profiles.profile",
    "profiles.interview",
    "programmes.programme",
    "organisations.organisation",
    "engagements.engagement",
)
PARTS = (
    "profiles.profilelink",
    "profiles.education",
    "profiles.position",
    "profiles.exchange",
    "profiles.interviewphoto",
    "programmes.module",
    "programmes.material",
    "engagements.engagementstaff",
)
SHARED = ("profiles.series", "organisations.office")
CONTENT = PUBLISHABLE + PARTS + SHARED
CODE_LISTS = (
    "codelists.region",
    "codelists.subregion",
    "codelists.country",
    "codelists.sector",
    "codelists.language",
    "codelists.deliverymode",
    "codelists.sustainabledevelopmentgoal",
    "codelists.topic",
)
INTAKE = ("intake.intake",)
LOGS = ("admin.logentry", "accounts.signin", "accounts.failedsignin")


def may(actions: str, *models: str) -> frozenset[str]:
    """The permissions to do each of `actions`, separated by spaces, with each of `models`, given as ``app.model``."""
    return frozenset(model.replace(".", f".{action}_") for action in actions.split() for model in models)


AUTHOR = (
    may("view", *CONTENT, *CODE_LISTS)
    | may("add change", *PUBLISHABLE, *PARTS)
    | may("delete", *PARTS)  # taking a line from a form deletes it
    | may("view add change", *INTAKE)
)
EDITOR = AUTHOR | may("delete publish", *PUBLISHABLE) | may("add change delete", *SHARED) | may("delete", *INTAKE)
ADMINISTRATOR = (
    may("view add change delete", "auth.user")
    | may("view", "auth.group")
    | may("view add change delete", *CODE_LISTS, *INTAKE)
    | may("view", *CONTENT, *LOGS)
)
ROLES: dict[str, frozenset[str]] = {
    gettext_noop("Author"): AUTHOR,
    gettext_noop("Editor"): EDITOR,
    gettext_noop("Administrator"): ADMINISTRATOR,
}


def grant(apps) -> None:
    """Make the roles, and give each the permissions declared here that exist in `apps`, real or of a migration.

    Permissions that a superuser gave a role stay. Can be repeated: a migration that comes after one with new models
    calls it again, for the permissions that did not exist before.
    """
    labels = {name.partition(".")[0] for permissions in ROLES.values() for name in permissions}
    for config in apps.get_app_configs():
        if config.label not in labels:
            continue
        # Django makes permissions only when all migrations are through; and apps as they are in one lack what it asks.
        if not hasattr(config, "models_module"):
            config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
    existing = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in apps.get_model("auth", "Permission").objects.select_related("content_type")
    }
    for role, permissions in ROLES.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(*(existing[name] for name in permissions if name in existing))


def remove(apps) -> None:
    """Remove the roles, and no other group."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()
