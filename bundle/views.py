from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bundle.contents import BY_NAME
from bundle.descriptor import described, version
from bundle.exporting import csv_of, members, newest_change
from bundle.tables import Extent
from opendata.broken_off import Sent
from opendata.conditional import conditional
from opendata.snapshots import snapshot
from opendata.zipping import zipped


def _public() -> Extent:
    """What the site hands out: pictures only of those who agreed to open data."""
    return Extent(timezone.now(), reusable_only=True)


@require_safe
@conditional
def package(request):
    """The data package as a ZIP file."""
    changed = newest_change(_public())
    pieces = ()
    if request.method == "GET":
        made = members(reusable_only=True)
        pieces = Sent(zipped(made), made)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    dated = f"-{version(changed)}" if changed else ""
    response["Content-Disposition"] = f'attachment; filename="coop-portal{dated}.zip"'
    return response


@require_safe
@conditional
def descriptor(request):
    """The descriptor of the tables as they are now, each at an address beside this one.

    Without lengths and digests: for these, all tables would have to be written. They are in the package.
    """
    return HttpResponse(described(newest_change(_public()), reusable_only=True), content_type="application/json")


@require_safe
@conditional
def table(request, name):
    """One table of the package."""
    asked = BY_NAME[name]
    pieces = _csv(asked) if request.method == "GET" else ()
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{asked.name}.csv"'
    return response


def _csv(asked):
    with snapshot():
        yield from csv_of(asked, _public())
