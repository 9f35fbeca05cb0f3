"""The home page, uploaded files, and what a load balancer asks."""

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from engagements.models import Engagement
from profiles.models import InterviewPhoto, Profile
from programmes.models import Material, Programme

ENGAGEMENTS_SHOWN = 6
SECONDS_A_FILE_IS_KEPT = 3600


class HomeView(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        published = Engagement.objects.published()
        return super().get_context_data(
            people=Profile.objects.published().filter(featured=True).for_cards()[:4],
            programmes=Programme.objects.published().filter(featured=True).with_usage().by_name()[:3],
            engagements=published.newest_first().for_cards()[:ENGAGEMENTS_SHOWN],
            # Of the whole portal: also the programmes and people without an engagement.
            figures=published.figures()
            | {"programmes": Programme.objects.published().count(), "people": Profile.objects.published().count()},
            countries=published.countries(),
            regions=published.regions(),
            **kwargs,
        )


@require_safe
def media(request, name):
    """An uploaded file, for those who may see the record that it belongs to; materials come as downloads."""
    if "\x00" in name:  # PostgreSQL refuses to be asked
        raise Http404
    owners = (
        Profile.objects.filter(portrait=name),
        InterviewPhoto.objects.filter(image=name),
        Material.objects.filter(file=name),
    )
    visible = [owner for owner in owners if owner.visible_to(request.user).exists()]
    if not visible:
        raise Http404(name)
    try:
        response = FileResponse(default_storage.open(name), as_attachment=visible[0].model is Material)
    except FileNotFoundError as error:
        raise Http404(name) from error
    if visible[0].published().exists():
        patch_cache_control(response, public=True, max_age=SECONDS_A_FILE_IS_KEPT)
    else:
        add_never_cache_headers(response)
    return response


@require_safe
def healthz(request):
    """Whether the process answers at all."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request):
    """Whether the portal can do its work: the database answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("the database does not answer", status=503, content_type="text/plain")
    if missing:
        return HttpResponse("migrations are missing", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
