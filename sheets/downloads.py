"""The responses that carry sheets."""

import logging
from collections.abc import Iterator
from typing import IO

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheets import writing
from sheets.resources import Sheet

logger = logging.getLogger(__name__)

CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(request: HttpRequest, sheet: Sheet, records: QuerySet, kind: str) -> HttpResponseBase:
    """`records` as a file of the `kind`; where a workbook cannot hold them, the way back to the page of the export."""
    name = f"{sheet.opts.model_name}-{timezone.localdate().isoformat()}.{kind}"
    # Not in the history of the records, which an export does not change.
    logger.info("%s exported %s as %s", request.user.get_username(), sheet.opts.label, name)
    if kind == CSV:
        return csv_response(writing.csv_lines(sheet.columns, sheet.batches(records)), name)
    try:
        from sheets import workbooks

        return xlsx_response(workbooks.workbook(sheet, sheet.batches(records)), name)
    except writing.CellTooLongError as error:
        text = _("A text of “%(row)s” is longer than a cell of a workbook can be. Take the CSV file.")
        messages.error(request, text % {"row": error.args[0]})
        return redirect(reverse("sheets:export", args=[sheet.opts.app_label, sheet.opts.model_name]))


def csv_response(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def xlsx_response(file: IO[bytes], name: str) -> FileResponse:
    headers = {"Cache-Control": "no-store"}
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE, headers=headers)
