"""The home page, the accessibility statement, uploaded files, and what a load balancer asks."""

from datetime import date

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import add_never_cache_headers, get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from engagements.tallies.reading import Scope
from profiles.models import Interview, InterviewPhoto, Profile
from programmes.models import Material, Programme
from publishing.images.renditions import original_of
from publishing.previewing import link_of
from publishing.querysets import can_preview
from publishing.sent_files import file_response

ENGAGEMENTS_SHOWN = 6
SECONDS_TO_RETRY_AFTER = 5  # where a balancer, or an upgrade, waits for the portal to be ready
# For how many seconds caches keep a file. Not longer, although one under its name never changes: its record may be
# archived. Of a picture of a person, shared caches ask each time, so that one withdrawn is nowhere handed out; a
# visitor's own browser does not ask again from page to page.
MATERIAL = {"max_age": 3600}
PERSONS_PICTURE = {"max_age": 300, "s_maxage": 0, "must_revalidate": True}
PICTURE_TYPES = {"avif": "image/avif", "webp": "image/webp"}  # not every system knows them


class HomeView(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        everything = Scope()
        return super().get_context_data(
            people=Profile.objects.published().filter(featured=True).for_cards()[:4],
            programmes=Programme.objects.published().filter(featured=True).with_usage().by_name()[:3],
            engagements=everything.engagements().newest_first().for_cards()[:ENGAGEMENTS_SHOWN],
            # Of the whole portal: also the programmes and people without an engagement.
            figures=everything.figures(of_records=["partners"])
            | {"programmes": Programme.objects.published().count(), "people": Profile.objects.published().count()},
            countries=everything.countries(),
            regions=everything.regions(),
            **kwargs,
        )


class AccessibilityView(TemplateView):
    """How far the portal meets WCAG 2.2, what is known to be wrong, and whom to tell."""

    template_name = "pages/accessibility.html"
    # When the statement was last held against the pages: change it with the text.
    reviewed_on = date(2026, 11, 25)

    def get_context_data(self, **kwargs):
        return super().get_context_data(contact=settings.CONTACT_EMAIL, reviewed_on=self.reviewed_on, **kwargs)


@require_safe
def media(request, name):
    """An uploaded file, for those who may see the record that it belongs to; materials come as downloads.

    The renditions of a picture belong to the record of the picture.
    """
    if "\x00" in name:  # PostgreSQL refuses to be asked
        raise Http404
    picture = original_of(name) or name
    owners = (
        Profile.objects.filter(portrait=picture),
        InterviewPhoto.objects.filter(image=picture),
        Material.objects.filter(file=name),
    )
    link = link_of(request)
    visible = [owner for owner in owners if owner.visible_to(request.user, link).exists()]
    if not visible and not _is_of_a_draft(request.user, picture):
        raise Http404(name)
    is_public = bool(visible) and visible[0].published().exists()
    try:
        changed = int(default_storage.get_modified_time(name).timestamp())
        unchanged = get_conditional_response(request, last_modified=changed) if is_public else None
        response = unchanged or (
            _download(visible[0].first())
            if visible and visible[0].model is Material
            else file_response(default_storage, name, content_type=PICTURE_TYPES.get(name.rpartition(".")[2]))
        )
    except FileNotFoundError as error:
        raise Http404(name) from error
    if is_public:
        of_a_person = visible[0].model is not Material
        patch_cache_control(response, public=True, **(PERSONS_PICTURE if of_a_person else MATERIAL))
        response["Last-Modified"] = http_date(changed)
        # Feeds, and those who use the API, show pictures on pages of their own.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        add_never_cache_headers(response)
    return response


def _is_of_a_draft(user, name: str) -> bool:
    """Whether `user` may see a picture that no record has now: one of a working draft or of an older version."""
    return any(
        name.startswith(f"{folder}/") and can_preview(user, model)
        for folder, model in {"portraits": Profile, "photos": Interview}.items()
    )


def _download(material: Material) -> FileResponse:
    """The file of the material, under a name that says what it is."""
    media_type = material.kind.media_type if material.kind else "application/octet-stream"
    how = {"as_attachment": True, "filename": material.download_name, "content_type": media_type}
    return file_response(material.file.storage, material.file.name, **how)


@require_safe
def healthz(request):
    """Whether the process answers at all."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request):
    """Whether the portal can do its work: the database answers and has every migration.

    Balancers ask every second or two, also of a busy portal. The plan of the migrations is drawn up once;
    after that it is enough that those it has are still there.
    """
    try:
        if not _migrations or not _migrations <= set(MigrationRecorder(connection).applied_migrations()):
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return _not_ready("migrations are missing")
            _migrations.update(executor.loader.graph.nodes)
    except Error:
        return _not_ready("the database does not answer")
    return HttpResponse("ready", content_type="text/plain")


def _not_ready(why: str) -> HttpResponse:
    return HttpResponse(why, status=503, content_type="text/plain", headers={"Retry-After": SECONDS_TO_RETRY_AFTER})


_migrations: set[tuple[str, str]] = set()  # all of this program, once the database had them
