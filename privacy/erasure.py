"""Erasing a person: every row, file, and note about them."""

import json
import logging
from collections.abc import Iterable

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from engagements.models import EngagementStaff
from privacy import belongings
from privacy.belongings import StoredFile
from privacy.models import GoneAddress
from profiles.models import Interview, Profile
from publishing.models import Version
from search.indexing import together

logger = logging.getLogger(__name__)


def erase(profile: Profile, user) -> None:
    """Erase the person: all of it, or nothing; files once the rows are gone.

    The engagements in which the person took part stay, without the name. What was done to the records stays in the
    log, without what it was done to.
    """
    with together():
        profile = Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
        roles = EngagementStaff.objects.filter(profile=profile)
        records = [*belongings.whole(profile), *roles]
        gone_before = _of_deleted_records(profile)
        files = belongings.files_of(records) + _former_files(records) + belongings.former_files(gone_before)
        name, key, address = str(profile), profile.pk, profile.get_absolute_url()
        _forget(records)
        gone_before.delete()
        roles.delete()
        profile.delete()
        _take_name_from_log(name)
        GoneAddress.objects.add(address)
        LogEntry.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(Profile),
            object_id=str(key),
            object_repr=_("erased person"),
            action_flag=DELETION,
            change_message=_("Erased the person."),
        )
        transaction.on_commit(lambda: _delete(files))


def _of_deleted_records(profile: Profile) -> QuerySet[Version]:
    """What the history keeps of interviews with the person and of profiles of the same person that were deleted."""
    of_interviews = Q(content_type=ContentType.objects.get_for_model(Interview), data__fields__profile=profile.pk)
    of_profiles = Q(content_type=ContentType.objects.get_for_model(Profile), data__merged_into=profile.pk)
    return Version.objects.filter(of_interviews | of_profiles)


def _former_files(records: list) -> list[StoredFile]:
    kept = [row for model in belongings.models_about_others() for row in belongings.rows_about(model, records)]
    return belongings.former_files(kept)


def _forget(records: list) -> None:
    """Delete what other tables know of the records, and what outlives them; of the log, empty the words."""
    outliving = belongings.outliving(records)
    known = [*records, *(row for rows in outliving for row in rows)]
    for model in belongings.models_about_others():
        rows = belongings.rows_about(model, known)
        if model is LogEntry:
            rows.update(object_repr=_("erased person"), change_message="")
        else:
            rows.delete()
    for rows in outliving:
        rows.delete()


def _take_name_from_log(name: str) -> None:
    """In what the log says of other records, such as "added Ana Perez to the staff"."""
    as_json = json.dumps(name)[1:-1]  # how the admin writes it into its messages
    instead = _("erased person")
    naming = Q(object_repr__contains=name) | Q(change_message__contains=name) | Q(change_message__contains=as_json)
    for entry in LogEntry.objects.filter(naming):
        entry.object_repr = entry.object_repr.replace(name, instead)
        entry.change_message = entry.change_message.replace(name, instead)
        entry.change_message = entry.change_message.replace(as_json, json.dumps(instead)[1:-1])
        entry.save(update_fields=["object_repr", "change_message"])


def _delete(files: Iterable[StoredFile]) -> None:
    for storage, name in files:
        try:
            storage.delete(name)
        except OSError:
            # The others must go all the same. The name says nothing of the person.
            logger.exception("The file %s of an erased person could not be deleted: delete it by hand", name)
