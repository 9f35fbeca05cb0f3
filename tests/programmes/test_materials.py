"""Files of materials: known by their content, refused with what to do, offered under a good name."""

import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from programmes.files import messages, packed
from programmes.files.checking import check_material
from programmes.models import Material
from tests.documents import odf, ooxml, pdf, relations, zipped
from tests.factories import MaterialFactory, ProgrammeFactory
from tests.publishing.admin_forms import errors, with_part


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def refusal(content: bytes) -> str:
    """Why a file with this content is refused."""
    with pytest.raises(ValidationError) as error:
        check_material(ContentFile(content))
    return " ".join(error.value.messages)


def compressed_objects(content: bytes, dictionary: bytes = b"/Filter /FlateDecode /Type /ObjStm") -> bytes:
    data = zlib.compress(content)
    return b"<< %b /N 1 /First 4 /Length %d >>\nstream\n%b\nendstream" % (dictionary, len(data), data)


def with_flag(content: bytes, flag: int) -> bytes:
    """The ZIP file with a flag set on its first part."""
    changed = bytearray(content)
    changed[6] |= flag
    changed[changed.index(b"PK\x01\x02") + 8] |= flag
    return bytes(changed)


def link_outside() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("guide.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def lying_size() -> bytes:
    """A ZIP file whose part is said to be small, and unpacks to a megabyte."""
    content = bytearray(zipped({"a.txt": b"\0" * 2**20}))
    for place in (22, content.index(b"PK\x01\x02") + 24):
        content[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (pdf(), "pdf"),
        (ooxml(), "docx"),
        (ooxml("ppt/presentation.xml"), "pptx"),
        (ooxml("xl/workbook.xml"), "xlsx"),
        (odf("text"), "odt"),
        (odf("presentation"), "odp"),
        (odf("spreadsheet"), "ods"),
        (zipped({"guide.pdf": pdf(), "in/slides.pptx": ooxml("ppt/presentation.xml"), "a.jpg": b"x"}), "zip"),
        (zipped({"a.txt": b"x", "__MACOSX/._a.txt": b"x", "in/.DS_Store": b"x"}), "zip"),
        (ooxml(**{"word/_rels/document.xml.rels": relations("hyperlink", "https://example.org")}), "docx"),
        (ooxml(**{"word/_rels/settings.xml.rels": relations("attachedTemplate", "file:///C:/me/a.dotx")}), "docx"),
        (ooxml(**{"word/embeddings/Sheet1.xlsx": ooxml("xl/workbook.xml")}), "docx"),
    ],
)
def test_a_file_is_known_by_its_content(content, extension):
    assert check_material(ContentFile(content)).extension == extension


def test_documents_as_programs_write_them_are_accepted():
    file = BytesIO()
    Workbook().save(file)
    assert check_material(ContentFile(file.getvalue())).extension == "xlsx"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<html>" + pdf(),
        b"MZ\x90\0" + b"\0" * 100,
        b"#!/bin/sh\n",
        b"Just text.",
        b"\x89PNG\r\n\x1a\n",
        ooxml(content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        odf("graphics"),
        zipped({"[Content_Types].xml": b"<Types/>", "visio/document.xml": b""}),
        zipped({"mimetype": b"application/epub+zip", "content.opf": b""}, stored=("mimetype",)),
    ],
    ids=["html", "html and pdf", "exe", "script", "text", "png", "template", "drawing", "visio", "epub"],
)
def test_other_files_are_refused(content):
    assert refusal(content) == messages.UNKNOWN


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", messages.OLD_OFFICE),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), messages.ENCRYPTED),
        (pdf(trailer=b"/Encrypt 4 0 R"), messages.ENCRYPTED),
        (with_flag(zipped({"a.txt": b"x"}), 1), messages.ENCRYPTED),
        (
            odf(**{"META-INF/manifest.xml": b'<m xmlns="urn:m"><encryption-data/></m>'}),
            messages.ENCRYPTED,
        ),
    ],
    ids=["old word", "docx", "pdf", "zip", "odt"],
)
def test_old_and_locked_documents_are_refused_with_the_way_out(content, message):
    assert refusal(content) == message


@pytest.mark.parametrize(
    "content",
    [
        pdf()[:-40],
        pdf()[:200],
        b"%PDF-1.7\n",
        pdf().replace(b"startxref\n", b"startxref\n9"),
        ooxml()[:-30],
        zipped({"a.txt": b"x"}, stored=("a.txt",)).replace(b"a.txtx", b"a.txty"),
        lying_size(),
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}),
        ooxml(**{"word/_rels/a.rels": b'<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>'}),
        ooxml(**{"word/_rels/a.rels": b"<r>"}),
    ],
)
def test_damaged_files_are_refused(content):
    assert refusal(content) == messages.DAMAGED


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), messages.PDF_PROGRAM),
        (pdf(b"<< /S /J#61vaScript /JS (app.alert(1)) >>"), messages.PDF_PROGRAM),
        (pdf(b"<< /S/Launch/F (cmd.exe) >>"), messages.PDF_PROGRAM),
        (pdf(compressed_objects(b"4 0 << /S /JavaScript /JS (x) >>")), messages.PDF_PROGRAM),
        (pdf(compressed_objects(b"4 0 << /S /Launch >>", b"/Type/ObjStm/Filter[/FlateDecode]")), messages.PDF_PROGRAM),
        (pdf(compressed_objects(b"4 0 << >>", b"/Type /ObjStm /Filter [/ASCIIHexDecode /Fl]")), messages.DAMAGED),
        (pdf(b"<< /Type /EmbeddedFile /Length 0 >>\nstream\n\nendstream"), messages.PDF_FILES),
    ],
)
def test_a_pdf_that_does_more_than_being_read_is_refused(content, message):
    assert refusal(content) == message


@pytest.mark.parametrize(
    "objects",
    [
        b"<< /Type /Annot /A << /S /URI /URI (https://example.org/) >> >>",
        b"<< /OpenAction [3 0 R /Fit] /Launches 3 >>",
        compressed_objects(b"4 0 << /Type /Font >>"),
    ],
    ids=["link", "page to open", "packed objects"],
)
def test_a_pdf_may_have_what_ordinary_ones_have(objects):
    assert check_material(ContentFile(pdf(objects))).extension == "pdf"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ooxml(**{"word/vbaProject.bin": b"x"}), messages.MACROS),
        (ooxml(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"), messages.MACROS),
        (ooxml(**{"word/activeX/activeX1.xml": b"x"}), messages.MACROS),
        (odf(**{"Basic/Standard/Module1.xml": b"x"}), messages.MACROS),
        (odf(**{"Scripts/python/a.py": b"x"}), messages.MACROS),
        (ooxml(**{"word/_rels/a.rels": relations("oleObject", "https://example.org/x")}), messages.LINKED),
        (ooxml(**{"word/_rels/a.rels": relations("attachedTemplate", "https://example.org/x.dotm")}), messages.LINKED),
        (ooxml(**{"word/_rels/a.rels": relations("attachedTemplate", r"\\server\x.dotm")}), messages.LINKED),
    ],
)
def test_a_document_that_runs_or_loads_something_is_refused(content, message):
    assert refusal(content) == message


@pytest.mark.parametrize("name", ["../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "..\\evil.txt"])
def test_a_path_out_of_the_archive_is_refused(name):
    assert "would be unpacked to a place outside it" in refusal(zipped({name: b"x"}))


def test_a_link_in_the_archive_is_refused():
    assert "would be unpacked to a place outside it" in refusal(link_outside())


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"setup.exe": b"MZ"}, "This ZIP file holds “setup.exe”. Only documents"),
        ({"page.html": b"<script>"}, "This ZIP file holds “page.html”. Only documents"),
        ({"inner.zip": zipped({"a.txt": b"x"})}, "This ZIP file holds “inner.zip”. Only documents"),
        ({"a.pdf": b"MZ"}, f"In this ZIP file, “a.pdf”: {messages.UNKNOWN}"),
        ({"a.docx": ooxml(**{"word/vbaProject.bin": b"x"})}, f"In this ZIP file, “a.docx”: {messages.MACROS}"),
        ({"a.pdf": zipped({"a.txt": b"x"})}, f"In this ZIP file, “a.pdf”: {messages.UNKNOWN}"),
        ({"a.pdf": ooxml()}, "This ZIP file holds “a.pdf”. Only documents"),
    ],
)
def test_what_is_in_a_zip_file_is_named_when_it_is_refused(parts, reason):
    assert refusal(zipped(parts)).startswith(reason)


class TestBombs:
    def test_much_out_of_little(self):
        assert refusal(zipped({"a.txt": b"\0" * 2**24})) == messages.BOMB

    def test_more_than_is_allowed_in_all(self, monkeypatch):
        monkeypatch.setattr(packed, "MOST_UNPACKED", 1000)
        assert refusal(zipped({"a.txt": b"x" * 600, "b.txt": b"y" * 600})) == messages.BOMB

    def test_documents_in_the_archive_count_too(self, monkeypatch):
        inner = ooxml(**{"word/media/a.png": b"x" * 5000})
        monkeypatch.setattr(packed, "MOST_UNPACKED", 12_000)
        documents = {f"{number}.docx": inner for number in range(3)}
        assert str(messages.BOMB) in refusal(zipped(documents, stored=tuple(documents)))

    def test_too_many_parts(self, monkeypatch):
        monkeypatch.setattr(packed, "MOST_PARTS", 3)
        assert refusal(zipped({f"{number}.txt": b"" for number in range(4)})) == messages.BOMB

    def test_objects_of_a_pdf(self, monkeypatch):
        monkeypatch.setattr("programmes.files.pdf.MOST_UNPACKED", 1000)
        assert refusal(pdf(compressed_objects(b" " * 5000))) == messages.BOMB


@pytest.mark.django_db
class TestInTheAdmin:
    @pytest.fixture
    def add_material(self, staff_client):
        address = reverse("admin:programmes_programme_change", args=[ProgrammeFactory(draft=True).pk])

        def add_material(name: str, content: bytes):
            typed = {"title_en": "Guide", "file": SimpleUploadedFile(name, content)}
            return staff_client.post(address, with_part(staff_client.get(address), "materials", **typed))

        return add_material

    @pytest.mark.parametrize("name", ["guide.pdf", "guide.docx", "guide.PDF.exe", "guide"])
    def test_the_extension_is_that_of_the_content(self, add_material, name):
        assert add_material(name, pdf()).status_code == 302
        material = Material.objects.get()
        assert material.file.name.endswith(".pdf")
        assert material.file_size == len(pdf())

    @pytest.mark.parametrize("content", [b"<script>", b"", ooxml()[:-30], zipped({"a.exe": b"x"})])
    def test_a_refused_file_is_named_at_its_field_and_nothing_is_stored(self, add_material, content, tmp_path):
        refused = add_material("guide.pdf", content)
        assert list(errors(refused)) == ["materials-0-file"]
        assert not Material.objects.exists()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_a_file_larger_than_the_setting_says_is_refused(self, add_material, settings):
        settings.MATERIAL_MAX_MB = 0
        assert errors(add_material("guide.pdf", pdf()))["materials-0-file"] == [
            "This file is larger than 0 MB. Make it smaller, or put it elsewhere and give its link."
        ]


@pytest.mark.django_db
class TestSaving:
    def test_no_way_of_saving_stores_a_refused_file(self, tmp_path):
        with pytest.raises(ValidationError):
            MaterialFactory(url="", file=ContentFile(b"<script>", "a.pdf"))
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_a_saved_material_is_not_checked_again(self, monkeypatch):
        material = MaterialFactory(url="", file=ContentFile(pdf(), "a.pdf"))
        monkeypatch.setattr("programmes.files.fields.check_material", lambda file: pytest.fail("read again"))
        material = Material.objects.get(pk=material.pk)
        material.full_clean()
        material.save()

    def test_the_size_follows_the_file(self):
        material = MaterialFactory(url="", file=ContentFile(pdf(), "a.pdf"))
        material.file = ContentFile(pdf(b"<< >>"), "b.pdf")
        material.save(update_fields=["file"])
        assert Material.objects.get().file_size == len(pdf(b"<< >>"))
        material.file, material.url = "", "https://example.org"
        material.save()
        assert Material.objects.get().file_size is None

    def test_a_lost_file_does_not_keep_the_record_from_being_saved(self):
        material = MaterialFactory(url="", file=ContentFile(pdf(), "a.pdf"))
        material.file.storage.delete(material.file.name)
        material.save()
        assert Material.objects.get().file_size is None


@pytest.mark.django_db
class TestForVisitors:
    def test_kind_and_size_are_said_before_the_download(self, client):
        material = MaterialFactory(url="", file=ContentFile(pdf(b"(" + b"x" * 2_400_000 + b")"), "a.pdf"))
        material.file.storage.delete(material.file.name)  # the page opens no file
        page = client.get(material.programme.get_absolute_url()).content.decode()
        assert "PDF, 2.3\xa0MB" in page

    def test_a_link_has_neither(self, client):
        page = client.get(MaterialFactory().programme.get_absolute_url()).content.decode()
        assert "PDF" not in page.partition('id="materials"')[2].partition("</ul>")[0]

    @pytest.mark.parametrize(
        ("title", "edition", "header"),
        [
            ("My.Coop", "second edition, 2020", 'attachment; filename="My.Coop (second edition, 2020).pdf"'),
            ("Guía “básica”", "", "attachment; filename*=utf-8''Gu%C3%ADa%20%E2%80%9Cb%C3%A1sica%E2%80%9D.pdf"),
            ('../a\\b:c"d\ne', "", 'attachment; filename="a b c d e.pdf"'),
            ("..", "", 'attachment; filename="material.pdf"'),
            ("x" * 250, "", f'attachment; filename="{"x" * 120}.pdf"'),
        ],
    )
    def test_the_download_is_named_after_title_and_edition(self, client, title, edition, header):
        material = MaterialFactory(url="", title_en=title, edition=edition, file=ContentFile(pdf(), "a.pdf"))
        response = client.get(material.file.url)
        assert response["Content-Disposition"] == header
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_the_title_is_the_one_in_the_language_of_the_material(self, client):
        material = MaterialFactory(
            url="", title_en="Guide", title_es="Guía", language_id="es", file=ContentFile(pdf(), "a.pdf")
        )
        assert material.download_name == "Guía.pdf"

    @pytest.mark.parametrize(
        ("content", "media_type"),
        [
            (pdf(), "application/pdf"),
            (ooxml(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (odf(), "application/vnd.oasis.opendocument.text"),
            (zipped({"a.txt": b"x"}), "application/zip"),
        ],
    )
    def test_the_type_is_that_of_the_content(self, client, content, media_type):
        material = MaterialFactory(url="", file=ContentFile(content, "a.bin"))
        assert client.get(material.file.url)["Content-Type"] == media_type
