"""Sentences to begin from, in three styles. A letter is Chinese in either language of the site, and so are these."""

from .choices import Style

# style -> field -> sentences
EXAMPLES: dict[str, dict[str, list[str]]] = {
    Style.PLAIN: {
        "who_i_am": [
            "您好。我今年三十一岁，五月刚到居民区任书记。白天电话响，晚上群里响，一天下来记得住的事没有几件。",
            "我在社工岗位上做了六年，写材料不怕，开大会不怕，就怕一个人站在居民家门口，不知道第一句说什么。",
        ],
        "why_you": [
            "听说您做书记二十多年，哪家的门都进得去，反对的人最后都成了帮忙的人。",
            "我听过您讲的一课，您说先问人，再问事。回来我照着试了一次，那位阿姨留我坐了半个钟头。",
        ],
        "wish": [
            "我想跟您学两样：一样是把反对的话听完，一样是把几方请到一张桌子上。",
            "我最缺的是应急。夜里水管爆了，该先打哪个电话，该先去哪一层，请您带我走一遍。",
        ],
        "plea": ["恳请您收下我这个徒弟。", "请您收下我，做得不好您只管说。"],
    },
    Style.SEMI_CLASSICAL: {
        "who_i_am": [
            "晚学不才，忝任居民区书记三月有余，事繁而力薄，常恐有负邻里所托。",
            "年三十有二，由机关而入里弄，文牍尚熟，人情未通，一户之争，往往三日不能解。",
        ],
        "why_you": [
            "久闻先生处事公允，言出而众服，邻里有争，得先生一语而散。",
            "素仰先生躬行二十余载，楼道门牌皆在胸中，后学心向往之。",
        ],
        "wish": [
            "愿从先生学听言之道，学议事之方，更学遇急不乱之定力。",
            "愿执弟子之礼，随先生走访，由一楼始，由难处始。",
        ],
        "plea": ["敬祈俯允，不胜感荷。", "伏惟垂鉴，幸赐教诲。"],
    },
    Style.SHORT: {
        "who_i_am": [
            "我是新来的书记，三十四岁，转业前带过兵，嗓门大，耐心少。",
            "我管着一千二百户，认得的不到两百户，心里发虚。",
        ],
        "why_you": ["您认得出八百多个居民，这个我最缺。", "您办事先画图，我办事先着急，该跟您学。"],
        "wish": ["学记人，学算账，学等一等再开口。", "学停车怎么划，垃圾箱房怎么挪，议事会怎么开。"],
        "plea": ["请师傅收我。", "盼师傅点头。"],
    },
}
VOWS: list[str] = [
    "多走一步，不用微信代替上门",
    "多听一句，不急着解释",
    "记好每一课，做完每一次作业",
    "遇事先到场，再打电话",
    "不懂就问，不怕难为情",
    "答应居民的事，当天有回音",
]
CLOSES: dict[str, list[str]] = {
    Style.PLAIN: ["敬颂 教安", "此致 敬礼"],
    Style.SEMI_CLASSICAL: ["恭请 钧安", "敬颂 教安"],
    Style.SHORT: ["此致 敬礼"],
}


def greetings(name: str) -> dict[str, list[str]]:
    """Ways to address the mentor, by style: 尊敬的沈桂芳老书记, 永康老书记尊鉴, 方志远师傅."""
    given = name[1:] if len(name) > 2 else name
    return {
        Style.PLAIN: [f"尊敬的{name}老书记：", f"尊敬的{name}师傅："],
        Style.SEMI_CLASSICAL: [f"{given}老书记尊鉴：", f"{name}先生尊鉴："],
        Style.SHORT: [f"{name}师傅："],
    }


def signatures(name: str) -> dict[str, list[str]]:
    return {
        Style.PLAIN: [f"学生 {name} 敬上"],
        Style.SEMI_CLASSICAL: [f"后学 {name} 谨呈"],
        Style.SHORT: [f"徒弟 {name}"],
    }


def offers(mentor: str, mentee: str) -> dict[str, list[tuple[str, str]]]:
    """field -> (style, sentence), everything that can be put into the field of that name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for style in Style.values:
        parts = EXAMPLES[style] | {
            "salutation": greetings(mentor)[style],
            "close": CLOSES[style],
            "sign": signatures(mentee)[style],
        }
        for field, sentences in parts.items():
            found.setdefault(field, []).extend((style, sentence) for sentence in sentences)
    for number in (1, 2, 3):
        found[f"vow_{number}"] = [("", vow) for vow in VOWS[number - 1 :: 3]]
    return found


def beginnings(pairing) -> dict[str, str]:
    """What a new letter starts with: who to, who from, and where; the rest is the writer's own."""
    mentor, mentee = pairing.mentor.secretary, pairing.mentee.secretary
    return {
        "style": Style.PLAIN,
        "salutation": greetings(mentor.name)[Style.PLAIN][0],
        "close": CLOSES[Style.PLAIN][0],
        "sign": signatures(mentee.name)[Style.PLAIN][0],
        "post": f"{mentee.community.name}{mentee.get_post_display()}",
    }
