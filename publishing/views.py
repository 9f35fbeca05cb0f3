"""Pages of publishable records: public for all, and shown to staff and by preview links before they are public."""

from http import HTTPStatus

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.generic import DetailView

from publishing.models import Publishable, WorkingDraft
from publishing.previewing import DRAFT, PARAMETER, PreviewLink, link_of
from publishing.querysets import can_preview
from publishing.snapshots import restore


class PublishableDetailView(DetailView):
    """The page of one record. Staff with the permission see it at the same address before it is public.

    So does whoever has a preview link to it, which adds `?preview=…` to the address. Such a preview says on the page
    that it is one (`preview` in the context), and is kept by no cache. A subclass whose page shows further records that
    may be unpublished says so by overriding `is_preview()`, and asks for them with `visible_to(self.request.user,
    self.link)`.

    A record that is public and has a working draft is shown as the draft says to staff who add `?draft` to the address,
    and by preview links. To show it, the record is made what the draft says in a transaction that is rolled back. A
    subclass that shows further records names them in `records_shown()`.
    """

    link: PreviewLink | None = None
    shows_draft = False

    def dispatch(self, request, *args, **kwargs):
        self.link = link_of(request)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Http404:
            if PARAMETER not in request.GET:
                raise
            response = self.link_leads_nowhere()
        if PARAMETER in request.GET:
            # The sites that the page links to must not learn its address.
            response["Referrer-Policy"] = "no-referrer"
            add_never_cache_headers(response)
        return response

    def get(self, request, *args, **kwargs):
        if not (self.link or DRAFT in request.GET):
            return super().get(request, *args, **kwargs)
        self.object = self.get_object()
        drafts = [(record, draft) for record in self.records_shown() if (draft := self.draft_of(record))]
        if not drafts:
            return super().get(request, *args, **kwargs)
        self.shows_draft = True
        with transaction.atomic():
            for record, draft in drafts:
                restore(record, draft.data)
            # By its number: the draft may say another address.
            self.object = self.get_queryset().get(pk=self.object.pk)
            response = self.render_to_response(self.get_context_data(object=self.object)).render()
            transaction.set_rollback(True)
        return response

    def records_shown(self) -> list[Publishable]:
        """The records on the page whose working drafts can be shown."""
        return [self.object]

    def draft_of(self, record: Publishable) -> WorkingDraft | None:
        """The working draft of the record, for those who may see it."""
        model = type(record)
        may_see = can_preview(self.request.user, model) or (
            self.link and model._default_manager.shown_by(self.link).filter(pk=record.pk).exists()
        )
        return WorkingDraft.objects.of(record).first() if may_see else None

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user, self.link)

    def is_preview(self, context) -> bool:
        """Whether the page shows something that is not public."""
        return self.shows_draft or not self.object.is_public

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["preview"] = self.is_preview(context)
        if context["preview"] and self.link:
            context["preview_link"] = self.link
        return context

    def render_to_response(self, context, **kwargs):
        if not context["preview"] and (PARAMETER in self.request.GET or DRAFT in self.request.GET):
            return redirect(self.object)  # there is nothing here any more that everybody may not see
        response = super().render_to_response(context, **kwargs)
        if context["preview"]:
            add_never_cache_headers(response)
        return response

    def link_leads_nowhere(self):
        """The page for a preview link that has ended, whose record is gone, or that never was one."""
        was_one = PreviewLink.read(self.request.GET[PARAMETER]) is not None
        status = HTTPStatus.GONE if was_one else HTTPStatus.NOT_FOUND
        return render(self.request, "publishing/preview_ended.html", {"noindex": True}, status=status)
