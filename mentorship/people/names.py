"""Chinese names: spelling for search, and 姓氏笔画 order for lists (domain.md §2.1)."""

from functools import cache

from pypinyin import Style, lazy_pinyin

# pypinyin reads these surnames by their everyday sound; as surnames they sound like this.
SURNAME_SOUNDS = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "朴": "piao", "查": "zha", "任": "ren", "盖": "ge",
    "区": "ou", "尉": "yu", "翟": "zhai", "祭": "zhai", "种": "chong", "覃": "qin", "折": "she", "繁": "po", "缪": "miao",
    "乐": "yue", "员": "yun", "洗": "xian", "冼": "xian", "晟": "cheng", "召": "shao", "盛": "sheng", "华": "hua", "宁": "ning",
    "纪": "ji", "那": "na", "牟": "mu", "佴": "nai", "逄": "pang", "么": "yao", "吕": "lü",
}  # fmt: skip
COMPOUND_SURNAMES = {
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "夏侯", "端木", "长孙", "宇文", "南宫", "独孤",
}  # fmt: skip
# Strokes of the first character of a surname.
STROKES = {
    2: "丁刁卜",
    3: "万么习于卫山干广弓马",
    4: "丰乌云井亢仇从元公凤双孔尤尹巴戈支文方毛水牛王计贝车邓韦",
    5: "丛东乐付仝代令兰冉冯包卢印厉古召史叶司宁左平弘永甘田申白皮石艾边龙",
    6: "乔仰仲任伊伍伏充全关农刘匡华危吉后向吕孙安巩师年庄成曲有朱权毕江池汤汲牟祁米红纪羊许邢那闫阮阳阴齐",
    7: "严伯何佘余佟况冷利别劳吴宋寿岑巫应张扶折时李杜来杨步汪沈沙狄肖芦花苍苏言谷贡辛连邱邴邵邹闵阿陆陈麦",
    8: "佴卓单周和国图孟季宓宗官宛尚居屈岳幸庞房昌明易杭松林欧武牧畅空竺练终经罗苑苗苟英茅诗郁郎郑金鱼",
    9: "侯俞南咸哈姚姜娄娜宣宦宫封律战施昝柏查柯柳段洪相祖祝禹秋种胡胥范茹荀荆荣费贺赵逄郗郝郦钟钮闻项须饶骆",
    10: "倪党凌原唐夏奚姬宰容展席徐敖晋晏柴栾桂桃桑桓殷浦涂爱班益秦索翁耿聂能荷莘莫袁诸谈贾通郭都钱陶顾高",
    11: "商堵宿寇尉屠崔巢常康庾戚扈曹曼梁梅淳盖盛章符萧逯鄂阎隋随鹿麻黄龚",
    12: "傅储喜喻富嵇强彭惠揭景智曾温游湛焦琴禄程童粟缑舒葛董蒋覃谢赏韩鲁",
    13: "幕廉慎楚满甄福窦简蒙蒯蒲蓝虞裘褚解訾詹赖路阙雍雷靳鲍",
    14: "廖慕暨熊端管缪翟臧蔡蔺裴褐谭谯阚韶",
    15: "墨德樊滕潘褟颜黎",
    16: "冀燕穆薄薛衡霍",
    17: "戴糜鞠魏",
    18: "瞿鳌",
    20: "籍",
}  # fmt: skip


@cache
def strokes_table() -> dict[str, int]:
    return {character: count for count, characters in STROKES.items() for character in characters}


def syllables(name: str) -> list[str]:
    """Toneless spellings, one a character; Latin parts stay as they are."""
    parts = lazy_pinyin(name, style=Style.NORMAL, v_to_u=True)
    if name and name[:2] not in COMPOUND_SURNAMES and name[0] in SURNAME_SOUNDS and parts:
        parts[0] = SURNAME_SOUNDS[name[0]]
    return [part.strip() for part in parts if part.strip(" ·")]


def spelling_of(name: str) -> str:
    """何嘉怡 -> hejiayi; ü is searched as v."""
    return "".join(syllables(name)).lower().replace("ü", "v").replace(" ", "")


def initials_of(name: str) -> str:
    """何嘉怡 -> hjy."""
    return "".join(part[0] for part in syllables(name)).lower()


def sort_key_of(name: str) -> str:
    """Strokes of the surname first, then its spelling: 02dingkai … 99 where the count is not known."""
    count = strokes_table().get(name[:1], 99)
    return f"{count:02d}{name[:1]}{spelling_of(name)}"
