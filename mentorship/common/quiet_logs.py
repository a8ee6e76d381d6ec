"""What is not written into a log: an address that is a key (a guest's link, a sign-in card, a calendar), and numbers
that belong to a person (telephone, ID)."""

import logging
import re

# A secret of ours is 43 letters, digits, - and _; an id has 36 and is no secret.
SECRET = re.compile(r"(?<=/)[\w-]{40,}(?=[/?#\s\"'.]|$)")
PERSONAL = re.compile(r"(?<![\w.-])\d{11,17}[0-9Xx]?(?![\w-])", re.ASCII)


def masked(text: str) -> str:
    return PERSONAL.sub("…", SECRET.sub("…", text))


class MaskSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        return True
