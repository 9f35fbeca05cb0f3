"""How a line of the log looks: as text for people, or as JSON for machines. Without Django, as gunicorn uses it too."""

import json
import logging
from datetime import UTC, datetime

from monitoring.asking import current
from monitoring.scrubbing import without_queries


class PlainFormatter(logging.Formatter):
    """Time, level, logger, message, and the number of the request where there is one."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name for it
        asked = current.get()
        return super().formatMessage(record) + (f" [{asked.request_id}]" if asked else "")

    def format(self, record: logging.LogRecord) -> str:
        return without_queries(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, in which only what is named here can stand: no request, no user, no settings."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_queries(record.getMessage()),
        }
        if asked := current.get():
            line |= {"request_id": asked.request_id, "method": asked.method, "path": asked.readable_path}
        for name, key in {"status_code": "status", "duration": "duration", "view": "view"}.items():
            if hasattr(record, name):
                line[key] = getattr(record, name)
        if record.exc_info and record.exc_info[0]:
            line["exception"] = without_queries(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = without_queries(record.stack_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def logging_config(log_format: str, level: str) -> dict:
    """The configuration of logging for all loggers, in the format `plain` or `json`; the same for gunicorn's own."""
    formatters = {
        "plain": {
            "()": "monitoring.logs.PlainFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "monitoring.logs.JsonFormatter"},
    }
    alone = {"handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": log_format}},
        # Django's and gunicorn's own handlers would say everything a second time.
        "loggers": {
            "django": {"handlers": []},
            "django.server": alone,
            "gunicorn.error": alone,
            "axes": {"level": "WARNING"},  # who signs in is on the page of sign-ins
        },
        "root": {"handlers": ["console"], "level": level},
    }
