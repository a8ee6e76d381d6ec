"""An address that is a key (a guest's link, a sign-in card, a calendar) is not written into a log."""

import logging
import re

# A secret of ours is 43 letters, digits, - and _; an id has 36 and is no secret.
SECRET = re.compile(r"(?<=/)[\w-]{40,}(?=[/?#\s\"'.]|$)")


def masked(text: str) -> str:
    return SECRET.sub("…", text)


class MaskSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        return True
