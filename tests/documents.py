"""Small documents for tests: as office programs write them, and as nobody should."""

import zipfile
from io import BytesIO

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MAIN_PARTS = {"word/document.xml": WORD, "ppt/presentation.xml": POWERPOINT, "xl/workbook.xml": EXCEL}


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF file with an empty page and further objects."""
    content = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start)
    return content


def zipped(parts: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP file of these parts; those in `stored` are not packed."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def ooxml(main: str = "word/document.xml", content_type: str = "", **parts: bytes) -> bytes:
    """A document of Word, or of the program whose main part is named; `parts` are further ones."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{content_type or MAIN_PARTS[main]}"/></Types>'
    )
    return zipped({"[Content_Types].xml": types.encode(), main: b"<document/>"} | parts)


def relations(kind: str, target: str) -> bytes:
    """A part of relations with one to something outside the document."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def odf(kind: str = "text", **parts: bytes) -> bytes:
    """An OpenDocument of this kind."""
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": media_type, "content.xml": b"<content/>"} | parts, stored=("mimetype",))
