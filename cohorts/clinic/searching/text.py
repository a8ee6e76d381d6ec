"""The shape of texts before they are compared: one form of each letter, runs of Chinese, words of Latin. Pure."""

import re
import unicodedata

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"  # for brackets of a pattern; the first is zero
RUNS = re.compile(rf"(?P<han>[{HAN}]+)|(?P<latin>[a-z0-9]+)")
HAN_RUNS = re.compile(rf"[{HAN}]+")
UNTIDY = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uf900-\ufaff]")
SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """NFKC and lower case; ü is v, as people type it."""
    return unicodedata.normalize("NFKC", text).lower().replace("ü", "v")


def tidy(text: str) -> str:
    """The text as it is shown, with full-width letters, figures and twins of ideographs in their usual form; punctuation
    stays as it was written, and so does the place of each character."""
    return UNTIDY.sub(lambda found: unicodedata.normalize("NFKC", found[0])[:1], text).replace("\0", "")


def low(text: str) -> str:
    """Lower case, character for character, so that places found in it are places in the text."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(each.lower()[:1] for each in text)


def one_line(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def runs_of(text: str) -> list[tuple[str, bool]]:
    """(run, whether it is Chinese) in order, of a text that is `plain`."""
    return [(found[0], found.lastgroup == "han") for found in RUNS.finditer(text)]


def is_han(text: str) -> bool:
    return HAN_RUNS.fullmatch(text) is not None


def pairs_of(run: str) -> list[str]:
    """停车难 -> 停车, 车难."""
    return [run[place : place + 2] for place in range(len(run) - 1)]
