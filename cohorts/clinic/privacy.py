"""What in a text could lead to a person: telephone, papers, cards, doors, plates, addresses on the net, names (domain.md §7).

It points, it never rewrites: people are written 张阿婆, 李先生, 7号楼某户, and the writer decides. Pure. Every pattern has an
upper bound, so the work grows with the length of the text and no faster.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

PHONE, IDENTITY, CARD, DOOR, PLATE, CONTACT, COLLEAGUE, NAME = (
    "phone", "identity", "card", "door", "plate", "contact", "colleague", "name",
)  # fmt: skip
# Where two readings overlap, the one further left here is told.
KINDS = (CONTACT, IDENTITY, CARD, PHONE, PLATE, DOOR, COLLEAGUE, NAME)
ENDS_OF_SENTENCES = "。！？；!?;\n"
REACH = 24
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2014: 0x2D,
    0x2013: 0x2D,
    0x2212: 0x2D,
}

# A count, a day or a sum, when one of these follows.
UNITS = "年月日号户人个次件%％元米平万千百亿位名部辆张份层栋幢岁度点项条家间台套只吨升天周分秒时起例桶处块"
SEP = r"[ \-]?"
PATTERNS = {
    PHONE: (
        rf"(?<![\d.])(?:\+?86{SEP})?1[3-9]\d(?:{SEP}\d{{4}}{SEP}\d{{4}}|{SEP}\d{{3}}{SEP}\d{{5}}|\d{SEP}\d{{3}}{SEP}\d{{4}})(?!\d)",
        r"(?<!\d)\(?0[1-9]\d{1,2}\)?[ \-]?[2-9]\d{2,3}[ \-]?\d{4}(?!\d)",
        rf"(?<![\d.\-])[56]\d{{3}}{SEP}\d{{4}}(?![\d\-]|{SEP}[{UNITS}])",
    ),
    IDENTITY: (
        rf"(?<![0-9A-Za-z])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{{4}}{SEP}(?:18|19|20)\d{{6}}{SEP}\d{{3}}[\dXx](?![0-9A-Za-z])",
        r"(?<![0-9A-Za-z])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{13}(?![0-9A-Za-z])",
        r"(?<![0-9A-Za-z])[EGDSPHM][A-Z]?\d{7,10}(?![0-9A-Za-z])",
        r"(?:身份证|护照|证件)号?码?[是为:\s]{0,3}[0-9A-Za-z]{6,20}",
    ),
    CARD: (
        rf"(?<![\d.])[3-6]\d{{3}}(?:{SEP}\d{{4}}){{3}}(?:{SEP}\d{{1,3}})?(?!\d)",
        rf"(?:卡号|账号|帐号)[是为:\s]{{0,3}}\d{{4}}(?:{SEP}\d{{2,4}}){{2,5}}(?!\d)",
    ),
    DOOR: (
        # 660弄12号, 7号302室, 7号楼3单元502, 三号楼四零二
        rf"(?<!\d)\d{{1,4}}弄{SEP}\d{{1,4}}号(?:楼?{SEP}\d{{1,4}}室?(?!\d|{SEP}[{UNITS}]))?",
        rf"(?<![\d月])\d{{1,4}}(?:号楼?|栋|幢|座){SEP}(?:\d{{1,2}}(?:单元|门|梯){SEP})?\d{{3,4}}(?:室|房)?(?!\d|{SEP}[{UNITS}])",
        rf"(?<![\d月])\d{{1,4}}(?:号楼?|栋|幢|座){SEP}(?:\d{{1,2}}(?:单元|门|梯){SEP})?\d{{1,4}}室",
        rf"(?<!\d)\d{{1,2}}单元{SEP}\d{{3,4}}室?(?!\d|{SEP}[{UNITS}])",
        r"[一二三四五六七八九十\d]{1,3}(?:号楼?|栋|幢|单元)[零〇一二三四五六七八九]{3,4}室?(?![零〇一二三四五六七八九十百千万年户人个件名部])",
        # 302室, 12-302室, 四零二室; but 一室户, 2室1厅
        r"(?<![\d.])(?:\d{1,3}-){0,2}\d{2,4}室(?!\d?厅|户)",
        r"[一二三四五六七八九][零〇一二三四五六七八九]{2,3}室",
        # 12-3-502
        r"(?<![\d.\-])\d{1,3}-\d{1,2}-(?!(?:19|20[12])\d{1,2})\d{3,4}(?![\d\-])",
        r"(?<![\d.\-])\d{1,3}-\d{3,4}(?=(?:的|那)?(?:业主|住户|户主|居民|租客|租户|房东|老人|阿婆|阿姨|爷叔))",
        r"(?<![\d.\-])\d{3,4}的(?:业主|住户|户主|居民|租客|租户|房东|老人|阿婆)",
        r"(?:房号|室号|门牌号?)[是为:\s]{0,3}\d{1,4}(?:-\d{1,4}){0,2}(?!\d)",
    ),
    PLATE: (
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][ ·•.\-]?(?=[A-Za-z0-9]{0,5}\d)[A-HJ-NP-Za-hj-np-z0-9]{5,6}(?![A-Za-z0-9])",
    ),
    CONTACT: (
        r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,30}){1,4}",
        r"(?:微信|[Ww]e[Cc]hat|[Ww][Xx]|[Vv][Xx]|QQ|qq|扣扣|抖音|钉钉)(?:(?:号|ID|id)[是为:\s]{0,3}|[是为:]\s?)[A-Za-z0-9_\-]{5,20}",
        r"(?:微信|[Ww]e[Cc]hat|[Ww][Xx]|[Vv][Xx]|QQ|qq|扣扣|抖音|钉钉)\s?(?=[A-Za-z\-]{0,19}[0-9_])[A-Za-z0-9_\-]{5,20}",
        r"wxid_[A-Za-z0-9]{4,20}",
    ),
}  # fmt: skip

# Names. A surname that makes no everyday word stands alone before two given-name characters; the others need somebody around.
PLAIN = "王李张刘陈杨赵吴徐孙朱胡郭何罗郑梁谢宋唐邓韩冯曹彭肖董潘袁蔡蒋杜魏吕沈姚卢傅姜崔谭廖范汪陆戴贾薛邱邹孟秦阎尹贺顾郝龚邵侯钱倪施俞严季"
WITH_CONTEXT = PLAIN + "黄林周许曾苏叶程丁任夏钟田石熊白江段雷黎史龙陶毛万覃武戚汤康余于高方金马"
COMPOUND = "欧阳|司马|上官|诸葛|司徒|皇甫|尉迟|令狐|慕容|夏侯|端木"
# Before these the character is no surname: 三张, 大梁, 如何, 照顾, 工程.
NO_SURNAME_AFTER = {
    "张": "一二三四五六七八九十两几每这那数百千万半0123456789紧夸主扩开铺慌嚣纸", "梁": "大小桥横", "何": "如任为若几因以",
    "顾": "照回不兼光只", "谢": "感多答", "范": "规模示防典", "陆": "大登着", "钱": "花交付收出多少给价要块有没省",
    "李": "行桃", "王": "霸", "孙": "子", "施": "设措实", "严": "从威庄", "季": "四一二三雨旺淡每", "朱": "",
}  # fmt: skip
GIVEN = (
    "国建华明伟强军平东文辉峰磊勇刚杰涛超斌波鹏飞亮龙海林志永德福祥兴荣贵富根宝顺春秋梅兰竹菊芳芬芝英秀娟娥玉珍珠翠霞红丽美娜静敏慧"
    "艳萍莉玲燕琴云雪佩桂淑凤妹娣囡仁义礼智信忠孝廉诚康健宁庆祖宗耀光景新民卫革胜利振正学良善才恩泽浩宇轩梓涵欣怡佳嘉诗雨晨阳晓思"
    "雅婷倩颖琳瑶瑾悦彤蕾薇莹洁冰媛婉妍姗岚菲蓉蓓旭昊睿俊凯博航亚伯坤坚培基堂巧延彬彩彪惠承敬昌昆昭松柏栋树桐森楠欢毅洋洪清渊滨炎"
    "炳焕琦琪琼瑞璐盛真维绍绪群翔翰聪育舒茂茜莎萌虎言誉谦豪贤跃远逸达迪道钢钧锋锐锦长雄雯霖青韵香骏鸿麟勤俭培声兵宾彦君威守定尧岩"
    "峻嵘帆庭廷弘征怀恒恺敦斐旺昕晋晗晶晴曦朝柔楚榕樱武毓沁沛泉泓泰润淇渝湘源溪炜烨煜熙爱玮玥珊珏珂珺琛琰瑜璇畅瞳穆筱素纯羽翎艺芊"
    "芮芷若茹荷莲菁萱葵蔚虹融裕语贝轶辰逊遥邦郁钰铁铭铮锡隆霄霏露韬馨骁魁鹤黛鸣立中仲子娇媚"
)
# What looks like a name and is a word.
WORDS = re.compile(
    "高兴|高明|高龙|高中|高新|高峰|高素|高达|高雅|高贵|高级|方正|方言|方志|方庭|金华|金融|金鱼|金秋|马达|马云|龙华|白云|江海|江湘|万福|万达|万根|武宁|武康|"
    "林业|石泉|石林|田林|田子|田园|康健|康平|康乐|史志|苏宁|夏令|任命|任君|周边|周六|周日|周到|周达|周康|周浦|许可|余庆|于是|程序|叶子|孙子|何时|何处|何况|"
    "朱红|胡同|唐诗|宋庆|陈年|严明|严守|严峻|严重|施工|施政|施恩|顾盼|顾怀|谢恩|谢信|钱财|季春|季秋|杨树|杨柳|杨梅|李子|梁柱|梁山|罗山|秦岭|郑重|范文|范本|"
    "高清|万言|汤泉|段子|曾祖|毛利|黄金|黄海|黄梅|黄浦|黄泉|林立|林荫|周长|高远|高昂|高温|方君|石英|雷达|雷雨|丁香|肖像|沈阳|董事|董家|卢湾|彭浦|徐汇|贾岛|"
    "史料"
)
PLACES = "路|街道|街|新村|小区|广场|公园|学校|大厦|花园|公司|医院|苑|弄|桥"
ABOUT_PEOPLE = "居民|户主|业主|老人|租客|租户|房东|住户|家属|儿子|女儿|老伴|丈夫|妻子|阿婆|爷叔|阿姨|保安|志愿者|楼组长|名叫|叫做|叫|姓名[:是为]?|联系人[:是为]?"
POLITE = "先生|女士|同志|老师|小姐|阿姨|阿婆|爷叔|大爷|大妈|师傅|老人"
SAYS = "说|讲|反映|表示|提出|要求|认为|投诉|家里|家中|一家|夫妇|夫妻|本人|不同意|同意|签字|去世|住院|搬走"


def name_patterns() -> tuple[str, ...]:
    given = f"[{GIVEN}]"
    two = f"(?:[小大]{given}|{given}{{2}})"
    some = f"(?:{two}|{given})"
    any_surname, plain = f"(?:{COMPOUND}|[{WITH_CONTEXT}])", f"[{PLAIN}]"
    return (
        f"{plain}{two}(?!{PLACES})",
        f"(?:{COMPOUND}){some}(?!{PLACES})",
        f"(?<=[\u4e00-\u9fff]){any_surname}{some}(?={POLITE})|^{any_surname}{some}(?={POLITE})|(?<![\u4e00-\u9fff]){any_surname}{some}(?={POLITE})",
        f"{plain}{given}(?={SAYS})",
    )


COMPILED = {kind: [re.compile(pattern) for pattern in patterns] for kind, patterns in PATTERNS.items()}
NAMES = [re.compile(pattern) for pattern in name_patterns()]
INTRODUCED = re.compile(
    f'(?:{ABOUT_PEOPLE})[:\\s“"（(]{{0,2}}((?:{COMPOUND}|[{WITH_CONTEXT}])(?:[小大][{GIVEN}]|[{GIVEN}]{{1,2}}))'
)


@dataclass(frozen=True)
class Pointer:
    """`text[start:end]` may lead to a person; `text` is what stands there."""

    start: int
    end: int
    kind: str
    text: str

    @property
    def advice(self) -> str:
        """What to write instead, in the reader's language."""
        surname = self.text[:2] if re.match(COMPOUND, self.text) else self.text[:1]
        words = {
            PHONE: _("电话不写在会诊单上，要联系的时候当面说。"),
            IDENTITY: _("证件号码不用写，删去就好。"),
            CARD: _("卡号、账号不用写，删去就好。"),
            DOOR: _("门牌写成“某户”，楼号可以留，例如：7号楼某户。"),
            PLATE: _("车牌写成“一辆车”“某户的车”。"),
            CONTACT: _("邮箱、微信号不用写，删去就好。"),
            COLLEAGUE: _("写成“%(surname)s书记”“%(surname)s师傅”。") % {"surname": surname},
            NAME: _("写成“%(surname)s先生”“%(surname)s阿婆”，或者“%(surname)s家”。") % {"surname": surname},
        }
        return words[self.kind]


def pointers(text: str, names: Iterable[str] = ()) -> list[Pointer]:
    """In the order of the text, none over another. `names`: those of the register, found exactly as they are."""
    plain = text.translate(WIDE)
    found = [
        (kind, *match.span())
        for kind, patterns in COMPILED.items()
        for each in patterns
        for match in each.finditer(plain)
    ]
    found += [
        (COLLEAGUE, start, start + len(name))
        for name in set(names)
        if len(name) > 1
        for start in places_of(name, plain)
    ]
    found += [(NAME, *span) for span in name_spans(plain)]
    return [Pointer(start, end, kind, text[start:end]) for kind, start, end in apart(found)]


def places_of(name: str, text: str) -> list[int]:
    places, start = [], text.find(name)
    while start >= 0:
        places.append(start)
        start = text.find(name, start + len(name))
    return places


def name_spans(text: str) -> Iterable[tuple[int, int]]:
    spans = [match.span() for each in NAMES for match in each.finditer(text)]
    spans += [match.span(1) for match in INTRODUCED.finditer(text)]
    for start, end in spans:
        before, surname = text[max(0, start - 1) : start], text[start]
        word = WORDS.match(text, start)
        if not word and (not before or before not in NO_SURNAME_AFTER.get(surname, "")):
            yield start, end


def apart(found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The weightier, then the longer reading wins where two overlap."""
    kept: list[tuple[str, int, int]] = []
    taken = bytearray(max((end for _kind, _start, end in found), default=0))
    for kind, start, end in sorted(found, key=lambda each: (KINDS.index(each[0]), each[1] - each[2], each[1])):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append((kind, start, end))
    return sorted(kept, key=lambda each: each[1])


def sentence_around(text: str, pointer: Pointer) -> tuple[str, str]:
    """What stands in the same sentence before and behind it, at most REACH characters each way."""
    before, behind = text[max(0, pointer.start - REACH) : pointer.start], text[pointer.end : pointer.end + REACH]
    cut = max(before.rfind(sign) for sign in ENDS_OF_SENTENCES) + 1
    ends = [place for sign in ENDS_OF_SENTENCES if (place := behind.find(sign)) >= 0]
    return before[cut:], behind[: min(ends) + 1 if ends else None].rstrip("\n")
