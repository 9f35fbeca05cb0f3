"""Pages of the admin that take records out as sheets and bring them in."""

import logging
from collections.abc import Iterator

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView, View

from listing.paging import Total, up_to
from sheets import reading, uploads, writing
from sheets.checking import SHOWN, Check, Outcome, Row
from sheets.downloads import CSV, XLSX, csv_response, download, xlsx_response
from sheets.forms import UploadForm
from sheets.importing import OutdatedError, write
from sheets.permissions import may_import
from sheets.progress import line, streamed
from sheets.resources import SHEETS, Sheet

logger = logging.getLogger(__name__)


class SheetView(View):
    """Base of the views: finds the sheet that the address names, and lets in who has the permission."""

    title = ""

    def setup(self, request, app_label, model_name, **kwargs):
        super().setup(request, **kwargs)
        try:
            self.sheet: Sheet = SHEETS[f"{app_label}.{model_name}"]()
        except KeyError as error:
            raise Http404 from error
        self.model_admin = admin.site.get_model_admin(self.sheet.model)

    def dispatch(self, request, *args, **kwargs):
        if not self.is_permitted():
            raise PermissionDenied
        return super().dispatch(request)  # what the address says is known by now

    def is_permitted(self) -> bool:
        raise NotImplementedError

    def address(self, name: str, **query) -> str:
        address = reverse(f"sheets:{name}", args=[self.sheet.opts.app_label, self.sheet.opts.model_name])
        return f"{address}?{urlencode(query)}" if query else address

    def get_context_data(self, **kwargs):
        opts = self.sheet.opts
        changelist = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        return {
            **admin.site.each_context(self.request),
            "title": self.title,
            "opts": opts,
            "sheet": self.sheet,
            "changelist": changelist,
            "import_address": self.address("import"),
            "export_address": self.address("export"),
            **kwargs,
        }


# Export


class ExportView(SheetView, TemplateView):
    """Offers the records that the list's filters show, which the query of the address holds, as files."""

    template_name = "sheets/export.html"

    def is_permitted(self):
        return self.model_admin.has_view_permission(self.request)

    @property
    def title(self):
        return _("Export %(records)s") % {"records": self.sheet.opts.verbose_name_plural}

    def get_context_data(self, **kwargs):
        filters = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        shown, every = (
            Total.of(up_to(records).count()) for records in (self.filtered(), self.sheet.model._base_manager.all())
        )
        return super().get_context_data(
            shown=shown,
            every=every,
            # Of two numbers that nobody knows it is not known whether they are the same.
            are_all=shown == every and not (filters and shown.is_more),
            downloads=[(kind.upper(), f"{self.address(f'export-{kind}')}{filters}") for kind in (XLSX, CSV)],
            **kwargs,
        )

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except IncorrectLookupParameters:
            messages.warning(request, _("The filters of the list were not understood. All records are offered."))
            return redirect(self.address("export"))

    def filtered(self):
        """The records that the list shows under the filters of the address. Raises IncorrectLookupParameters."""
        changelist = self.model_admin.get_changelist_instance(self.request)
        return self.sheet.records().filter(pk__in=changelist.get_queryset(self.request).order_by().values("pk"))


class DownloadView(ExportView):
    """The file itself."""

    kind = ""

    def get(self, request, *args, **kwargs):
        try:
            records = self.filtered()
        except IncorrectLookupParameters:
            return redirect(self.address("export"))
        return download(request, self.sheet, records, self.kind)


class EmptyView(SheetView):
    """The empty file to begin with: its columns, and in a workbook what they mean."""

    kind = ""

    def is_permitted(self):
        return may_import(self.request.user, self.sheet.model) or self.model_admin.has_view_permission(self.request)

    def get(self, request):
        name = f"{self.sheet.opts.model_name}.{self.kind}"
        if self.kind == XLSX:
            from sheets import workbooks

            return xlsx_response(workbooks.template(self.sheet), name)
        return csv_response(writing.csv_lines(self.sheet.columns, []), name)


# Import


class ImportingView(SheetView):
    """Base of the steps of an import."""

    def is_permitted(self):
        return may_import(self.request.user, self.sheet.model)

    @property
    def title(self):
        return _("Import %(records)s") % {"records": self.sheet.opts.verbose_name_plural}

    def opened(self, token: str):
        """The kept file and its name. Raises uploads.GoneError."""
        return uploads.opened(token, self.request.user, self.sheet.opts.label_lower)

    def gone(self):
        """Back to the beginning: the file is no longer there."""
        text = _("This file is no longer here: it was imported already, or is older than a day. Upload it again.")
        messages.error(self.request, text)
        return redirect(self.address("import"))

    def checking(self, check: Check) -> Iterator[tuple[str, list[Row]]]:
        """Look at all rows: a line of progress and the rows of it, some at a time."""
        total = check.table.total
        yield line(_("Reading the file …"), 0, total), []
        for rows in check.batches():
            counted = {"done": f"{check.done:,}", "total": f"{max(total or 0, check.done):,}"}
            text = _("%(done)s of %(total)s rows checked") if total else _("%(done)s rows checked")
            yield line(text % counted, check.done, total), rows

    def preview(self, check: Check, token: str, **context) -> str:
        """What the check found, and the way on."""
        if not check.done:
            return self.stopped(_("The file has columns but no rows."))
        unknown, missing = reading.columns_said(check.table.headers, self.sheet.columns)
        return render_to_string(
            "sheets/_preview.html",
            {
                "check": check,
                "counts": {outcome.value: check.counts[outcome] for outcome in Outcome},
                "shown": {outcome.value: check.shown[outcome] for outcome in Outcome},
                "more": {outcome.value: max(check.counts[outcome] - SHOWN, 0) for outcome in Outcome},
                "unknown": unknown,
                "missing": missing,
                "notes": list(filter(None, [*check.table.notes, reading.unnamed(check.table.headers)])),
                "token": token,
                "confirm": self.address("confirm"),
                "problems_address": self.address("problems", file=token),
                "import_address": self.address("import"),
                **context,
            },
            self.request,
        )

    def stopped(self, text: str) -> str:
        """A message in place of a result."""
        return render_to_string("sheets/_stopped.html", {"text": text, "import_address": self.address("import")})


class UploadView(ImportingView, FormView):
    """The first step: choose a file."""

    template_name = "sheets/import.html"
    form_class = UploadForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            form=kwargs.pop("form", None) or self.get_form(),
            templates=[(kind.upper(), self.address(f"template-{kind}")) for kind in (XLSX, CSV)],
            **kwargs,
        )

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        try:
            table = reading.read(file.file, self.sheet.columns)
            if not set(table.headers) & set(self.sheet.columns):
                raise reading.FileError(
                    _("The first row names none of the columns. Begin with the template, or with an export.")
                )
        except reading.FileError as problem:
            form.add_error("file", str(problem))
            return self.form_invalid(form)
        file.seek(0)
        token = uploads.keep(file, self.request.user, self.sheet.opts.label_lower)
        return redirect(self.address("preview", file=token))


class PreviewView(ImportingView):
    """The second step: what would happen. Nothing is written."""

    def get(self, request):
        token = request.GET.get("file", "")
        try:
            file, name = self.opened(token)
        except uploads.GoneError:
            return self.gone()
        return streamed(request, self.get_context_data(file_name=name), self.work(file, token))

    def work(self, file, token: str) -> Iterator[str]:
        with file:
            try:
                check = Check(self.sheet, reading.read(file, self.sheet.columns), self.request.user)
                for progress, _rows in self.checking(check):
                    yield progress
            except reading.FileError as problem:
                yield self.stopped(str(problem))
            else:
                yield self.preview(check, token)


class ProblemsView(ImportingView):
    """All that is wrong with a file, as a file."""

    def get(self, request):
        try:
            file, _name = self.opened(request.GET.get("file", ""))
        except uploads.GoneError:
            return self.gone()
        try:
            check = Check(self.sheet, reading.read(file, self.sheet.columns), request.user)
            problems = [
                [problem.row, problem.column, problem.text]
                for rows in check.batches()
                for row in rows
                for problem in row.problems
            ]
        except reading.FileError as problem:
            problems = [["", "", str(problem)]]
        finally:
            file.close()
        lines = writing.csv_lines([_("Row"), _("Column"), _("What is wrong")], [problems])
        return csv_response(lines, f"{self.sheet.opts.model_name}-problems.csv")


class ConfirmView(ImportingView):
    """The last step: everything is looked at once more, and written if the outcome is what the preview showed."""

    http_method_names = ["post"]

    def post(self, request):
        token = request.POST.get("file", "")
        try:
            file, name = self.opened(token)
        except uploads.GoneError:
            return self.gone()
        work = self.work(file, name, token, request.POST.get("outcome", ""))
        return streamed(request, self.get_context_data(file_name=name), work)

    def work(self, file, name: str, token: str, expected: str) -> Iterator[str]:
        with file:
            try:
                check, rows = yield from self.looked_at_again(file)
            except reading.FileError as problem:
                yield self.stopped(str(problem))
                return
        if check.digest != expected or check.counts[Outcome.WRONG]:
            yield self.preview(check, token, outdated=True)
            return
        if check.to_write:
            try:
                yield from self.written(rows, name)
            except OutdatedError:
                yield self.stopped(_("Somebody saved one of these records just now. Nothing was imported. Try again."))
                return
            except IntegrityError:
                logger.warning("The database refused an import", exc_info=True)
                yield self.stopped(
                    _("The database refused one of the rows. Nothing was imported. Look at the preview again.")
                )
                return
            except DatabaseError:
                logger.warning("An import could not be written", exc_info=True)
                yield self.stopped(_("The database was busy for too long. Nothing was imported. Try again."))
                return
        uploads.remove(token, self.request.user, self.sheet.opts.label_lower)
        counts = {outcome.value: check.counts[outcome] for outcome in Outcome}
        logger.info("%s imported %s: %s", self.request.user.get_username(), self.sheet.opts.label, counts)
        yield render_to_string(
            "sheets/_done.html",
            {"counts": counts, "to_write": check.to_write, "changelist": self.get_context_data()["changelist"]},
        )

    def looked_at_again(self, file):
        check, to_write = Check(self.sheet, reading.read(file, self.sheet.columns), self.request.user), []
        for progress, rows in self.checking(check):
            for row in rows:
                row.cells = {}  # they are in the record by now
            to_write += [row for row in rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
            yield progress
        return check, to_write

    def written(self, rows: list[Row], file_name: str) -> Iterator[str]:
        for step in write(self.sheet, rows, self.request.user, file_name):
            text = _("%(done)s of %(total)s public records brought into the search")
            if not step.indexing:
                text = ngettext("%(done)s of %(total)s row written", "%(done)s of %(total)s rows written", step.total)
            yield line(text % {"done": f"{step.done:,}", "total": f"{step.total:,}"}, step.done, step.total)
