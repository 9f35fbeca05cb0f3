"""Lines of the log: machines can read them, a request's belong together, and they tell nobody's secret."""

import json
import logging
import re
import sys
from io import StringIO

import pytest

from monitoring.asking import Asked, current
from monitoring.logs import JsonFormatter, PlainFormatter, logging_config

PREVIEW = "/en/profiles/rosa/?preview=eyJzZWNyZXQ"


@pytest.fixture
def lines():
    """What is logged, as lines of JSON."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)


def failure(message: str) -> logging.LogRecord:
    try:
        raise ValueError(f"cannot read {PREVIEW}")
    except ValueError:
        return logging.LogRecord("portal", logging.ERROR, __file__, 1, message, (), sys.exc_info())


def test_a_line_is_one_object_with_time_level_logger_and_message(lines):
    logging.getLogger("sheets.views").warning("%s rows\nimported", 3)
    (line,) = lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line == {"level": "WARNING", "logger": "sheets.views", "message": "3 rows\nimported"}


def test_during_a_request_it_says_which(lines):
    current.set(Asked("0" * 32, "POST", "/en/señal/".encode().decode("latin-1")))
    logging.getLogger("portal").error("no")
    (line,) = lines()
    assert (line["request_id"], line["method"], line["path"]) == ("0" * 32, "POST", "/en/señal/")


def test_an_exception_is_in_its_line():
    line = json.loads(JsonFormatter().format(failure("no")))
    assert line["exception"].startswith("Traceback")
    assert "ValueError: cannot read" in line["exception"]


@pytest.mark.parametrize("formatter", [JsonFormatter(), PlainFormatter()])
def test_no_query_string_is_logged(formatter):
    line = formatter.format(failure(f"Error handling request {PREVIEW}&page=2"))
    assert "eyJzZWNyZXQ" not in line
    assert line.count("/en/profiles/rosa/?…") >= 2
    assert "page=2" not in line


def test_what_else_a_record_carries_is_not_logged(rf):
    record = failure("no")
    record.request = rf.get(PREVIEW)
    record.status_code = 500
    line = json.loads(JsonFormatter().format(record))
    assert line["status"] == 500
    assert "request" not in line


def test_a_plain_line_ends_with_the_number_of_the_request():
    current.set(Asked("0" * 32, "GET", "/"))
    formatter = PlainFormatter("{levelname} {message}", style="{")
    assert formatter.format(logging.LogRecord("x", 20, "", 1, "done", (), None)) == f"INFO done [{'0' * 32}]"


@pytest.mark.parametrize("log_format", ["plain", "json"])
def test_gunicorns_lines_look_the_same(log_format):
    config = logging_config(log_format, "INFO")
    assert config["handlers"]["console"]["formatter"] == log_format
    assert config["loggers"]["gunicorn.error"]["handlers"] == ["console"]


@pytest.mark.django_db
def test_a_line_for_each_answer_where_it_is_asked_for(new_site, page_cache, settings, lines, caplog):
    caplog.set_level(logging.INFO, "monitoring.requests")
    settings.LOG_REQUESTS = True
    ask = new_site()
    answers = [ask("/en/accessibility/", QUERY_STRING="q=whom-they-look-for") for _ in range(2)] + [ask("/nothing")]
    told = [line for line in lines() if line["logger"] == "monitoring.requests"]
    assert [line["request_id"] for line in told] == [answer.headers["X-Request-ID"] for answer in answers]
    assert [(line["status"], line["view"]) for line in told] == [(200, "accessibility"), (200, "kept"), (404, "none")]
    assert all(0 < line["duration"] < 60 for line in told)
    assert "whom-they-look-for" not in json.dumps(lines())


@pytest.mark.django_db
def test_otherwise_no_line_is_written_for_a_page(new_site, lines, caplog):
    caplog.set_level(logging.INFO)
    new_site()("/en/accessibility/")
    assert [line for line in lines() if line["logger"] == "monitoring.requests"] == []
