"""Logs for machines: each event is one line of JSON, whatever it says."""

import datetime
import json
import logging
import re

from .quiet_logs import masked
from .tracing import request_of, user_of

# JSON escapes line ends; these also end a line, or turn the reading round, for some who read it.
SLY = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if request := request_of(record):
            line |= {"request_id": request.id, "user": user_of(request)}
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["error"] = masked(self.formatException(record.exc_info))
        text = json.dumps(line, ensure_ascii=False, default=str)
        return SLY.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
