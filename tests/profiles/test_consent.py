"""What a person agreed to decides what can be published; its proof is private."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from profiles.models import Profile
from tests.factories import LONG_AGO, ExchangeFactory, InterviewFactory, InterviewPhotoFactory, ProfileFactory
from tests.pictures import picture

pytestmark = pytest.mark.django_db


def refused_fields(record) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    return list(refused.value.message_dict)


class TestConsentScope:
    """A picture is published only where the person agreed to be shown in pictures."""

    def with_portrait(self, **values):
        profile = ProfileFactory(consent_scope="text", **values)
        profile.portrait_alt_en = "Ana in an office"
        profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
        return profile

    def test_a_profile_needs_one_to_be_published(self):
        with pytest.raises(ValidationError) as refused:
            ProfileFactory(draft=True, consent_scope="").publish()
        assert list(refused.value.message_dict) == ["consent_scope"]
        with pytest.raises(IntegrityError, match="profile_published_with_scope"), transaction.atomic():
            ProfileFactory(consent_scope="")

    def test_text_only_publishes_no_portrait(self):
        with pytest.raises(ValidationError) as refused:
            self.with_portrait(draft=True).publish()
        assert list(refused.value.message_dict) == ["portrait"]
        with pytest.raises(IntegrityError, match="profile_portrait_within_consent"), transaction.atomic():
            Profile.objects.update(status="published", publish_at=LONG_AGO)

    @pytest.mark.parametrize("scope", ["pictures", "reuse"])
    def test_the_other_scopes_publish_it(self, scope):
        profile = self.with_portrait(draft=True)
        profile.consent_scope = scope
        profile.save()
        profile.publish()
        assert profile.is_public

    def test_text_only_publishes_no_photos_of_interviews(self):
        profile = ProfileFactory(draft=True, consent_scope="text")
        InterviewPhotoFactory(interview=InterviewFactory(profile=profile))
        with pytest.raises(ValidationError) as refused:
            profile.publish()
        assert list(refused.value.message_dict) == ["consent_scope"]

    def test_text_only_publishes_no_interview_with_photos(self):
        interview = InterviewFactory(draft=True, profile=ProfileFactory(consent_scope="text"))
        ExchangeFactory(interview=interview)
        photo = InterviewPhotoFactory(interview=interview)
        with pytest.raises(ValidationError) as refused:
            interview.publish()
        assert list(refused.value.message_dict) == ["photos"]
        photo.delete()
        interview.publish()

    def test_no_photo_is_added_to_a_published_interview(self):
        interview = InterviewFactory(profile=ProfileFactory(consent_scope="text"))
        photo = InterviewPhotoFactory.build(interview=interview)
        with pytest.raises(ValidationError, match="text only"):
            photo.clean()

    def test_a_scope_that_is_unknown_is_refused(self):
        with pytest.raises(IntegrityError, match="profile_consent_scope_known"), transaction.atomic():
            ProfileFactory(draft=True, consent_scope="all")


class TestConsentDocument:
    """The proof of a consent is private, and is what it says it is."""

    def profile(self, content: bytes, name="letter.pdf"):
        profile = ProfileFactory.build(draft=True, slug="ana", office=None)
        profile.consent_document = SimpleUploadedFile(name, content)
        return profile

    @pytest.mark.parametrize(
        "content",
        [b"%PDF-1.7 yes", picture(file_format="JPEG"), picture(file_format="PNG")],
        ids=["pdf", "jpeg", "png"],
    )
    def test_a_pdf_or_a_picture_is_accepted_whatever_its_name(self, content, db):
        self.profile(content, name="letter").full_clean()

    @pytest.mark.parametrize("content", [b"<html>", b"", b"PK\x03\x04 office", picture(file_format="GIF")])
    def test_anything_else_is_refused(self, content, db):
        assert refused_fields(self.profile(content)) == ["consent_document"]

    def test_a_large_file_is_refused(self, db):
        assert refused_fields(self.profile(b"%PDF-1.7" + b"0" * 10 * 1024 * 1024)) == ["consent_document"]

    def test_a_document_that_is_lost_does_not_keep_the_profile_from_being_saved(self):
        profile = ProfileFactory()
        profile.consent_document.save("x.pdf", ContentFile(b"%PDF-1.7"))
        profile.consent_document.storage.delete(profile.consent_document.name)
        Profile.objects.get().full_clean()

    def test_it_lies_apart_from_the_uploads(self):
        profile = ProfileFactory()
        profile.consent_document.save("x.pdf", ContentFile(b"%PDF-1.7"))
        assert not profile.consent_document.path.startswith(str(settings.MEDIA_ROOT))
        assert profile.consent_document.url == f"/admin/profiles/profile/{profile.pk}/consent-document/"

    def test_it_is_deleted_with_the_profile(self, django_capture_on_commit_callbacks):
        profile = ProfileFactory()
        profile.consent_document.save("x.pdf", ContentFile(b"%PDF-1.7"))
        storage, name = profile.consent_document.storage, profile.consent_document.name
        with django_capture_on_commit_callbacks(execute=True):
            Profile.objects.all().delete()
        assert not storage.exists(name)
