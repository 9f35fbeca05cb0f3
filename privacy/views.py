"""The admin's pages about a person's consent and data."""

import mimetypes

from django.contrib import admin, messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from privacy.erasure import erase
from privacy.export import archive
from privacy.forms import ConsentForm, ErasureForm, WithdrawalForm
from privacy.mentions import mentions_of
from privacy.withdrawal import log, record_consent, withdraw
from profiles.consent import document_type
from profiles.models import Profile
from publishing.querysets import can_preview


class PersonView(PermissionRequiredMixin, FormView):
    """Base of the pages: one person, and a form to confirm what is to be done.

    For whoever may publish profiles: who decides that a person is shown decides the opposite as well.
    """

    permission_required = "profiles.publish_profile"
    raise_exception = True
    title = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        request.current_app = admin.site.name

    def dispatch(self, request, *args, **kwargs):
        if not self.has_permission():
            return self.handle_no_permission()
        self.profile = get_object_or_404(Profile, pk=kwargs["pk"])
        if not self.applies():
            return redirect(self.change_page)
        return super().dispatch(request, *args, **kwargs)

    def applies(self) -> bool:
        """Whether there is anything to do here for this person."""
        return True

    @property
    def change_page(self) -> str:
        return reverse("admin:profiles_profile_change", args=[self.profile.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **admin.site.each_context(self.request),
            opts=Profile._meta,
            profile=self.profile,
            title=self.title,
            subtitle=str(self.profile),
            **kwargs,
        )


class WithdrawView(PersonView):
    form_class = WithdrawalForm
    template_name = "admin/privacy/withdraw.html"
    title = gettext_lazy("Withdraw consent")

    def applies(self):
        return self.profile.withdrawn_on is None

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            mentions=mentions_of(self.profile),
            interviews=self.profile.interviews.published().count(),
            engagements=self.profile.engagements.published().count(),
            **kwargs,
        )

    def form_valid(self, form):
        withdraw(self.profile, self.request.user, **form.cleaned_data)
        messages.success(self.request, _("The consent is withdrawn. The person is off the site."))
        return redirect(self.change_page)


class ConsentView(PersonView):
    """A new consent after a withdrawal, or a correction of the record of the one that holds. It counts at once."""

    form_class = ConsentForm
    template_name = "admin/privacy/consent.html"

    @property
    def title(self):
        return _("Record a new consent") if self.profile.withdrawn_on else _("Change the record of the consent")

    def get_initial(self):
        if self.profile.withdrawn_on:  # not what the withdrawn one said
            return {"consent_date": None, "consent_by": "", "consent_scope": ""}
        return {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.profile}

    def form_valid(self, form):
        with transaction.atomic():
            form.forget_replaced()
            was_withdrawn = self.profile.withdrawn_on is not None
            record_consent(form.save(commit=False), self.request.user)
        if was_withdrawn:
            messages.success(self.request, _("The new consent is recorded. The profile can be published again."))
        else:
            messages.success(self.request, _("The record of the consent is changed."))
        return redirect(self.change_page)


class ExportView(PersonView):
    form_class = Form
    template_name = "admin/privacy/export.html"
    title = gettext_lazy("Export everything about this person")

    def form_valid(self, form):
        log(self.profile, self.request.user, _("Exported everything about the person."))
        response = FileResponse(archive(self.profile), as_attachment=True, filename=f"{self.profile.slug}.zip")
        add_never_cache_headers(response)
        return response


class EraseView(PersonView):
    permission_required = ("profiles.publish_profile", "profiles.delete_profile")
    form_class = ErasureForm
    template_name = "admin/privacy/erase.html"
    title = gettext_lazy("Erase this person")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"expected": str(self.profile)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            mentions=mentions_of(self.profile),
            interviews=self.profile.interviews.count(),
            engagements=self.profile.engagements.count(),
            **kwargs,
        )

    def form_valid(self, form):
        erase(self.profile, self.request.user)
        messages.success(self.request, _("The person is erased."))
        return redirect("admin:profiles_profile_changelist")


@require_safe
def consent_document(request, pk):
    """The document that proves a consent, as a download, for whoever may see profiles in the admin."""
    if not can_preview(request.user, Profile):
        raise PermissionDenied
    profile = get_object_or_404(Profile, pk=pk)
    try:
        file = profile.consent_document.open()
    except (ValueError, FileNotFoundError) as error:  # there is none, or it is lost
        raise Http404 from error
    kind = document_type(file) or "application/octet-stream"
    name = f"consent-{profile.slug}{mimetypes.guess_extension(kind)}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    add_never_cache_headers(response)
    return response
