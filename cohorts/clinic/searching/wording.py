"""Words that a sentence is cut into. Those of the taxonomy carry a meaning of their own; everyday ones only keep a
sentence from being cut in the wrong place; empty ones are left out. Plain data and longest match, pure."""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import override

from cohorts.clinic.choices import Category
from cohorts.clinic.taxonomy import BY_CODE, KINDS, Kind

from .sounds import initials_of, syllables_of
from .text import pairs_of

LONGEST = 8
FEW = 4  # a character in up to a fourth of the words of a category tells its sub-categories apart
# Ordinary words of neighbourhood work that are no kind of problem by themselves.
EVERYDAY_WORDS = """
居委会 居委 居民区 居民 业主 住户 楼组 楼道 楼栋 楼上 楼下 楼顶 底楼 一楼 二楼 三楼 顶楼 高层 门洞 小区 弄堂 里弄 街道 街镇 社区 书记
新村 公房 老公房 老小区 商品房 别墅 会所 围墙 大门 门口 门岗 通道 绿化 绿地 草坪 花园 广场 车棚 车库 地库 车道 路口 马路 道路 菜场 超市
商场 店铺 商铺 沿街 饭店 学校 医院 学生 家长 年轻人 小朋友 阿姨 爷叔 阿婆 残疾人 精神病人 志愿服务 协调会 听证会 评议会 议事会
联席会议 恳谈会 座谈会 居民会议 公约 公示 投票 表决 征询 签字 同意 不同意 反对 不肯 拒绝 拒交 不交 欠费 涨价 收费 费用 分摊 补贴 资金
合同 协议 账单 公开 透明 举报 打官司 律师 法院 城管 派出所 民警 物业经理 经理 项目经理 施工 装修 改造 修缮 维修 翻新 更换 拆除 拆掉
清理 清洁 打扫 保养 检查 巡逻 夜巡 安装 选址 规划 审批 备案 报建 申请 停工 延期 矛盾 争吵 吵架 冲突 打架 骂人 威胁 安全 隐患 危险
漏雨 漏电 发霉 开裂 掉落 坠落 高空抛物 抛物 摄像头 监控 路灯 照明 灯坏 大雨 下雨 台风天 雨水 水管 水表 电表 煤气 天然气 暖气 空调 太阳能
快递 快递柜 外卖 共享单车 自行车 助动车 摩托车 电动 汽车 私家车 新能源 访客 外来车辆 幼儿园 接送 暑假 寒假 作业 上学 放学后 孤独 送餐
吃饭 买菜 看病 陪诊 配药 轮椅 扶手 坡道 楼梯 爬楼 防滑 志愿队 党支部 支部 党总支 双报到 在职 退休 年轻 能力 工资 待遇 辞职 离职 招人
人手 加班 培训 分工 团结 换届选举 选举 候选人 委员 主任 副主任 名单 辞任 小组 筹备组 代表 邻居家 租房 房客 二房东 中介 短租 民宿 日租房
打工 外地人 本地人 新上海人 融入 语言 方言 村民 农民 村委会 安置房 过渡 补偿 老上访 信访件 来信 来电 回访 满意度 满意率 工单 排队 堵路
噪音大 吵闹 安静 音响 喇叭 唱歌 跳舞 装修声 狗 猫 鸟 鸽子 老鼠 蟑螂 蚊子 白蚁 害虫 消杀 小广告 乱贴 乱扔 乱放 乱堆 乱倒 乱拉 乱停
"""
EMPTY_WORDS = """
怎么办 怎么 怎么做 怎么处理 怎么解决 怎么管 怎么说 怎么弄 怎么谈 如何 如何处理 如何解决 怎样 怎样才能 什么 什么办法 为什么 为啥 咋办 哪里 哪个
哪些 谁 多少 几个 请问 请教 求助 咨询 想问 有人 没有 没人 有没有 没有人 有的 有些 有个 有几 一些 一个 一家 一直 一下 一点 一样 总是 老是 经常 常常
每天 天天 又来 又是 问题 事情 难题 难办 办法 好办法 解决 处理 该 应该 应当 可以 能不能 可不可以 要不要 是不是 能否 是否 需要 希望 想要
我们 你们 他们 我 你 他 她 它 我们小区 我家 我居 大家 人家 别人 自己 某 某个 某户 这个 那个 这样 那样 这些 那些 这种 那种 现在 目前 最近 今年 去年
因为 所以 但是 可是 不过 而且 或者 如果 虽然 就是 还是 还有 以及 并且 只有 只要 已经 正在 之后 以后 之前 以前 时候 期间 里面 上面 下面
的 了 着 吗 呢 吧 啊 呀 嘛 是 在 和 与 及 或 就 也 都 还 又 再 很 太 把 被 给 让 叫 使 跟 这 那 有 没 不 请 却 而 但
"""
EVERYDAY = frozenset(EVERYDAY_WORDS.split())
EMPTY = frozenset(EMPTY_WORDS.split())


@dataclass(frozen=True)
class Meaning:
    """What the taxonomy says of a word: the categories it belongs to, their other words, the sub-categories it points at."""

    categories: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    subs: tuple[str, ...] = ()


def sub_words(kind: Kind) -> list[str]:
    return [word for label in kind.subs.values() for word in [label, *label.split("与")] if word]


@cache
def words_of(category: str) -> tuple[str, ...]:
    """The words of a category and of its sub-categories, once each."""
    kind = BY_CODE[category]
    return tuple(dict.fromkeys([*kind.words, *sub_words(kind)]))


@cache
def taxonomy() -> dict[str, tuple[str, ...]]:
    """Each word of the taxonomy and the categories that it belongs to."""
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for word in words_of(kind.code):
            found.setdefault(word, []).append(kind.code)
    return {word: tuple(codes) for word, codes in found.items()}


@cache
def english() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for word in kind.english:
            found.setdefault(word, []).append(kind.code)
    return {word: tuple(codes) for word, codes in found.items()}


@cache
def by_sound() -> dict[str, tuple[str, ...]]:
    """Words of the taxonomy by their pinyin and by their initials: tingche, tc -> 停车."""
    found: dict[str, list[str]] = {}
    for word in taxonomy():
        for key in ("".join(syllables_of(word)), initials_of(word)):
            if len(key) > 1:
                found.setdefault(key, []).append(word)
    return {key: tuple(words) for key, words in found.items()}


def english_of(word: str) -> tuple[str, ...]:
    """Categories of an English word, also of its plural."""
    return english().get(word) or (english().get(word[:-1], ()) if word.endswith("s") else ())


def without_longer(words: list[str]) -> list[str]:
    """Leaves out words that hold another of them: whoever finds 停车 finds 停车难."""
    return [word for word in words if not any(other != word and other in word for other in words)]


@cache
def meaning_of(word: str) -> Meaning:
    """A single character means the words that hold it, where the taxonomy has at least two of them in one category."""
    if len(word) == 1:
        holding = {kind.code: [each for each in kind.words if word in each] for kind in KINDS}
        codes = tuple(code for code, words in holding.items() if len(words) > 1)
        return Meaning(codes, tuple(without_longer([each for code in codes for each in holding[code]])))
    codes = taxonomy().get(word, ())
    others = [each for code in codes for each in words_of(code) if word not in each]
    return Meaning(codes, tuple(dict.fromkeys(without_longer(others))), subs_of(word))


def keywords_of(category: str, sub_category: str = "") -> list[str]:
    """What a thing of this kind is also called: the labels, and the words that share a telling pair with the label of
    the sub-category."""
    kind = BY_CODE.get(category)
    if kind is None:
        return []
    label = kind.subs.get(sub_category, "")
    telling = {pair for pair in pairs_of(label) if sum(pair in other for other in kind.subs.values()) == 1}
    near = [word for word in words_of(category) if telling & set(pairs_of(word))]
    return list(dict.fromkeys([*category_names(category), *([label] if label else []), *near]))


@cache
def telling_characters(category: str) -> dict[str, str]:
    """Characters that stand in the label of one sub-category only, and in few words of the category: that label."""
    kind, found = BY_CODE[category], {}
    for label in kind.subs.values():
        for each in label:
            holding = sum(each in word for word in kind.words)
            if sum(each in other for other in kind.subs.values()) == 1 and holding * FEW <= len(kind.words):
                found[each] = label
    return found


def subs_of(word: str) -> tuple[str, ...]:
    """台风 -> 防台: labels of sub-categories that a word of the taxonomy leads to."""
    labels = (telling_characters(code).get(each) for code in taxonomy().get(word, ()) for each in word)
    return tuple(dict.fromkeys(label for label in labels if label))


@cache
def category_names(category: str) -> list[str]:
    """停车与交通 -> 停车, 交通, whatever the reader's language; 其他 says nothing."""
    if category == Category.OTHER:
        return []
    with override("zh-hans"):
        return str(Category(category).label).split("与")


def cut(run: str) -> list[tuple[str, str]]:
    """Cuts a run of Chinese, longest match first: ("known", 停车), ("everyday", 居委会), ("rest", 绿萝); what is empty is
    left out, and so is a single character between two words."""
    found: list[tuple[str, str]] = []
    rest, place = "", 0
    while place < len(run):
        word, sort = longest_at(run, place)
        if sort == "":
            rest, place = rest + run[place], place + 1
            continue
        if len(rest) > 1:
            found.append(("rest", rest))
        rest, place = "", place + len(word)
        if sort != "empty":
            found.append((sort, word))
    if len(rest) > 1:
        found.append(("rest", rest))
    return found


def longest_at(run: str, place: int) -> tuple[str, str]:
    for length in range(min(LONGEST, len(run) - place), 0, -1):
        word = run[place : place + length]
        if word in taxonomy():
            return word, "known"
        if word in EVERYDAY:
            return word, "everyday"
        if word in EMPTY:
            return word, "empty"
    return "", ""
