"""Pinyin, as people type it when they look for something: whole syllables or their first letters. Pure."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

MOST_READINGS = 4
LONGEST_SYLLABLE = 6
# Finals that follow an initial; the first row stands alone.
FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(initial + final for initial, finals in FINALS.items() for final in finals.split())


@lru_cache(maxsize=4096)
def syllables_of(run: str) -> tuple[str, ...]:
    """停车 -> ting, che: one for each character of a Chinese run; "" for one that has no known sound."""
    sounds = lazy_pinyin(run, style=Style.NORMAL)
    if len(sounds) != len(run):
        sounds = [lazy_pinyin(each, style=Style.NORMAL)[0] for each in run]
    return tuple(sound if sound.isascii() and sound.isalpha() else "" for sound in (s.lower() for s in sounds))


def initials_of(run: str) -> str:
    """飞线充电 -> fxcd; a space for a character without a known sound."""
    return "".join(sound[:1] or " " for sound in syllables_of(run))


@lru_cache(maxsize=1024)
def readings_of(word: str) -> tuple[tuple[str, ...], ...]:
    """Every way to read a Latin word as whole syllables, those of few syllables first: xian -> (xian), (xi, an)."""
    found: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end):
            if word[start:end] in SYLLABLES:
                found[end] += [(*before, word[start:end]) for before in found[start]]
        found[end] = sorted(found[end], key=lambda parts: (len(parts), parts))[:MOST_READINGS]
    return tuple(found[-1]) if word else ()
