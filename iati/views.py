from datetime import UTC, datetime

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engagements.filters import EngagementFilter
from engagements.models import Engagement
from iati.activities import activities_file
from listing import strict
from opendata.conditional import conditional

PLAIN_TEXT = "text/plain; charset=utf-8"


@require_safe
@conditional
def activities(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """All public engagements, or those that the filters of the engagement list leave, as IATI 2.03.

    A filter or value that is not known is refused: whoever gathers data must not take the whole for a part. An IATI
    file holds at least one activity (schema 2.03), so where there is none, there is no file.
    """
    filterset = EngagementFilter(request.GET, queryset=Engagement.objects.published())
    if faults := strict.faults(filterset):
        return HttpResponse("".join(f"{fault}\n" for fault in faults), status=400, content_type=PLAIN_TEXT)
    newest = filterset.qs.order_by().aggregate(Max("updated_at"), Max("publish_at"))
    if newest["updated_at__max"] is None:
        message = _("There is no published engagement that all these filters leave, and an IATI file needs one.")
        return HttpResponse(f"{message}\n", status=404, content_type=PLAIN_TEXT)
    generated: datetime = max(newest.values()).astimezone(UTC)
    site = request.build_absolute_uri("/").removesuffix("/")
    pieces = activities_file(filterset.qs, site, f"{generated:%Y-%m-%dT%H:%M:%SZ}")
    return StreamingHttpResponse(pieces, content_type="application/xml; charset=utf-8")
