"""What a letter of this house does not say (domain.md §2.7): no kneeling, no closed circle, no gifts, no banquets.

Kneeling and the words of a closed school are refused when the letter is handed in; the rest is only pointed out.
Patterns leave everyday words alone: 老师门口 is a door, 不收礼 is a promise.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

KNEELING = re.compile(r"叩首|叩头|叩拜|磕头|跪拜|下跪|跪求|三跪九叩")
CIRCLE = re.compile(
    r"关门弟子|入室弟子|开门弟子|门下(?:弟子|走狗|之士)|(?:拜|列|投|入|归)[^，。；：！？\s]{0,6}门下|"
    r"(?<![老导教])师门(?![口前外里内边上])|同门师兄|义父|干爹|结拜"
)
GIFTS = re.compile(r"(?<![不没无])(?<!没有)(?:薄礼|厚礼|重礼|束脩|红包|礼金|送礼|收礼|酬谢|孝敬)")
BANQUETS = re.compile(r"(?<![不没无])(?<!没有)(?:宴请|设宴|摆酒|谢师宴|请客|请您吃饭|喝顿酒)")
FACTION = re.compile(r"效忠|誓死|唯命是从|鞍前马后|自己人|小圈子|一辈子跟定|生死|任打任骂")
LABELS = re.compile(r"淘汰|末位|差生")
SHOUTING = re.compile(r"[！!]{2,}")


@dataclass(frozen=True)
class Hint:
    """`found` is the word in the letter; `forbidden` words keep it from being handed in."""

    found: str
    words: str
    forbidden: bool = False


def hints_in(text: str) -> list[Hint]:
    """What to look at again in the text, in the order of weight; each kind once."""
    rules = [
        (KNEELING, True, _("鞠个躬就好，不写跪拜叩首。")),
        (CIRCLE, True, _("拜师学艺，不立门户，换个说法。")),
        (GIFTS, False, _("拜师不送礼，这一句可以不要。")),
        (BANQUETS, False, _("拜师不宴请，这一句可以不要。")),
        (FACTION, False, _("学的是本领和作风，不是跟定哪个人。")),
        (LABELS, False, _("换个温和的说法。")),
        (SHOUTING, False, _("感叹号改成句号，话更稳。")),
    ]
    found = ((pattern.search(text), forbidden, words) for pattern, forbidden, words in rules)
    return [Hint(match.group(0), words, forbidden) for match, forbidden, words in found if match]
