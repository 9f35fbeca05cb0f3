"""Reading a download as its user would, with the programs of others."""

import csv
import io
import json

from openpyxl import load_workbook

EXTENSIONS = ["csv", "xlsx", "json", "geojson"]


def body(client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return b"".join(response.streaming_content)


def csv_rows(client, address: str) -> list[dict]:
    text = body(client, address).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def workbook(client, address: str):
    return load_workbook(io.BytesIO(body(client, address)))


def xlsx_rows(client, address: str) -> list[dict]:
    """The records on all sheets but the last, which is about the file."""
    rows = []
    for sheet in workbook(client, address).worksheets[:-1]:
        names, *values = sheet.iter_rows(values_only=True)
        rows += [dict(zip(names, row, strict=True)) for row in values]
    return rows


def loaded(client, address: str) -> dict:
    return json.loads(body(client, address))


def rows(client, address: str) -> list[dict]:
    """The records in whatever format the address names."""
    extension = address.split("?")[0].rpartition(".")[2]
    match extension:
        case "csv":
            return csv_rows(client, address)
        case "xlsx":
            return xlsx_rows(client, address)
        case "json":
            return loaded(client, address)["records"]
    return [feature["properties"] for feature in loaded(client, address)["features"]]


def everything(client, address: str) -> str:
    """All the words of the file, also those that compression hides."""
    if ".xlsx" not in address:
        return body(client, address).decode()
    cells = (row for sheet in workbook(client, address) for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(value) for row in cells for value in row)
