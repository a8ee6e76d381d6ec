"""How Chinese names of people, places and cases are written: made shorter, made nameless, or read as a number."""

import re

DOORS = re.compile(r"(?<![0-9０-９])[0-9０-９]+(?=号楼|号|弄|室|栋|幢|单元)")
ENDINGS = ("街道", "民族乡", "镇", "乡", " Subdistrict", " Township", " Town")


def short_of(name: str) -> str:
    """长寿路 for 长寿路街道, 真如镇 for 真如镇街道: one ending is left away, where two letters remain."""
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def nameless(text: str, *, person: str, committee: str, place: str) -> str:
    """The person, the neighbourhood and numbers of doors give way to words that fit any."""
    for name, word in ((f"{person}书记", "书记"), (person, "书记"), (committee, "居委会"), (place, "某居民区")):
        text = text.replace(name, word) if name and name != "书记" else text
    return DOORS.sub("某", text)


def case_number_in(word: str) -> int | None:
    """31 for 31, #31 and 第31号; None for any other word."""
    digits = word.strip("第号#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None
