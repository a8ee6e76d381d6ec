"""The taxonomy of problems (domain.md §2.17): what kinds there are, what people also call them, and which indicators
they train. Plain data; the words of a category are for search, its labels stand in `choices`. Sub-categories are messages of
the catalogue, kept in Chinese here."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Kind:
    """`subs`: code to its name, in Chinese. `words`: synonyms that residents and secretaries use. `english`: search words.
    `indicators`: codes of the framework, the first subject is the main one."""

    code: str
    subs: dict[str, str]
    words: tuple[str, ...]
    english: tuple[str, ...]
    indicators: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Codes of the subjects, the main one first."""
        return tuple(dict.fromkeys(code.rstrip("0123456789") for code in self.indicators))


KINDS = (
    Kind(
        "parking",
        {"spaces": _("车位不足"), "fire_lane": _("占消防通道"), "fees": _("停车收费"), "bikes": _("非机动车乱停")},
        ("停车", "车位", "泊车", "停车难", "抢车位", "乱停车", "地锁", "僵尸车", "堵车", "交通", "错峰停车", "共享车位"),
        ("parking", "traffic", "car"),
        ("CG4", "CG3", "CC4"),
    ),
    Kind(
        "property_service",
        {"leaving": _("物业撤管"), "fees": _("物业收费"), "upkeep": _("保安保洁"), "access": _("门禁")},
        ("物业", "物业费", "撤管", "撤场", "弃管", "保安", "保洁", "门禁", "交费", "收缴率", "物业公司", "选聘物业"),
        ("property", "management", "fee"),
        ("CG2", "CC4", "CC2"),
    ),
    Kind(
        "owners_committee",
        {"election": _("业委会换届"), "recall": _("业委会罢免"), "top_up": _("维修资金续筹"), "accounts": _("业委会账目")},
        ("业委会", "业主委员会", "业主大会", "换届", "罢免", "维修资金", "维修基金", "续筹", "账目", "公共收益"),
        ("owners", "committee", "fund"),
        ("CG2", "CG3", "PB3"),
    ),
    Kind(
        "elevator",
        {"opposed": _("低层反对"), "shares": _("费用分摊"), "upkeep": _("电梯维保")},
        ("加装电梯", "电梯", "加梯", "装电梯", "老房加梯", "一楼反对", "低层", "采光", "候梯厅", "维保", "电梯更新"),
        ("elevator", "lift"),
        ("CG4", "CC2", "CG3"),
    ),
    Kind(
        "waste_sorting",
        {"station": _("箱房选址"), "bins": _("撤桶"), "bulky": _("大件垃圾"), "decoration": _("装修垃圾")},
        ("垃圾", "垃圾分类", "箱房", "垃圾房", "撤桶", "定时定点", "大件垃圾", "装修垃圾", "建筑垃圾", "环境卫生", "小包垃圾",
         "臭味"),
        ("waste", "rubbish", "garbage", "sorting"),
        ("CG3", "CG4", "TM3"),
    ),
    Kind(
        "elder_care",
        {"alone": _("独居老人"), "disabled": _("失能老人"), "meals": _("老年助餐"), "barrier_free": _("无障碍")},
        ("养老", "老人", "独居", "孤老", "高龄", "失能", "助餐", "食堂", "为老服务", "无障碍", "助困", "困难家庭", "跌倒",
         "空巢", "老年人"),
        ("elder", "elderly", "old", "care"),
        ("CG5", "TM3", "CG1"),
    ),
    Kind(
        "pets",
        {"dogs": _("犬只扰民"), "cats": _("流浪猫"), "feeding": _("投喂")},
        ("宠物", "养狗", "遛狗", "犬只", "狗叫", "流浪猫", "流浪狗", "投喂", "文明养犬", "狗粪", "不牵绳"),
        ("pets", "pet", "dog", "cat"),
        ("CC1", "CC2", "CG3"),
    ),
    Kind(
        "noise_neighbour",
        {"leak": _("邻里漏水"), "fumes": _("油烟"), "outdoor_unit": _("空调外机"), "dancing": _("广场舞")},
        ("噪声", "噪音", "扰民", "邻里", "邻居", "邻里纠纷", "漏水", "油烟", "空调外机", "广场舞", "楼上楼下", "深夜",
         "吵架", "调解"),
        ("noise", "neighbour", "neighbor", "dispute"),
        ("CC2", "CC1"),
    ),
    Kind(
        "illegal_construction",
        {"courtyard": _("天井搭建"), "group_rental": _("群租"), "conversion": _("居改非"), "green": _("毁绿占绿"), "corridor": _("楼道堆物")},
        ("违建", "违章", "违章搭建", "搭建", "违法建筑", "天井", "群租", "居改非", "毁绿", "占绿", "种菜", "楼道堆物", "堆物",
         "公共空间", "占道"),
        ("illegal", "construction", "structure"),
        ("CG3", "CC4", "PB3"),
    ),
    Kind(
        "fire_safety",
        {"ebike_charging": _("飞线充电"), "wiring": _("老化线路"), "blocked": _("堵塞通道")},
        ("消防", "火灾", "火险", "飞线", "飞线充电", "电动车", "电动自行车", "电瓶车", "充电", "充电棚", "充电桩", "楼道充电",
         "老化线路", "用电", "灭火器", "生命通道"),
        ("fire", "safety", "ebike", "charging"),
        ("ER1", "ER2", "CG4"),
    ),
    Kind(
        "building_defect",
        {"seepage": _("渗漏"), "flooding": _("积水"), "facade": _("外墙脱落"), "water": _("二次供水")},
        ("渗漏", "渗水", "积水", "外墙", "外墙脱落", "墙皮", "二次供水", "水箱", "管网", "下水道", "堵塞", "管道", "房屋",
         "屋顶", "污水", "停水", "水压"),
        ("building", "defect", "leak", "pipe"),
        ("CG4", "CG2", "ER1"),
    ),
    Kind(
        "resettlement_integration",
        {"tenants": _("租客"), "migrants": _("外来人口"), "border": _("村居交界")},
        ("动迁", "动迁融合", "拆迁", "安置", "租客", "租户", "房东", "出租房", "外来人口", "来沪人员", "村居交界", "融合",
         "人口服务", "新居民"),
        ("resettlement", "tenant", "migrant"),
        ("CG1", "CC1", "PB4"),
    ),
    Kind(
        "youth_family",
        {"care": _("托管"), "violence": _("家暴线索")},
        ("青少年", "孩子", "儿童", "暑托", "暑托班", "托管", "寒托", "家庭", "家暴", "亲子", "未成年", "放学"),
        ("youth", "family", "child", "children"),
        ("CG5", "CC1", "ER4"),
    ),
    Kind(
        "party_team",
        {"members": _("党员不参加"), "staff": _("社工流失"), "discord": _("班子不和")},
        ("党建", "党员", "组织生活", "党费", "社工", "社工流失", "班子", "班子不和", "队伍", "志愿者", "楼组长", "不参加",
         "在职党员", "流动党员"),
        ("party", "team", "staff", "volunteer"),
        ("PB2", "TM1", "TM2"),
    ),
    Kind(
        "emergency",
        {"flood": _("防汛"), "typhoon": _("防台")},
        ("突发", "应急", "防汛", "防台", "台风", "暴雨", "汛期", "停电", "预案", "演练", "抢险", "燃气", "事故"),
        ("emergency", "flood", "typhoon", "storm"),
        ("ER3", "ER2", "ER4"),
    ),
    Kind(
        "petition",
        {"repeat": _("重复信访"), "legacy": _("历史遗留")},
        ("信访", "上访", "集访", "投诉", "热线", "12345", "历史遗留", "老大难", "诉求", "重复投诉", "差评"),
        ("petition", "complaint", "hotline"),
        ("CC2", "CC1", "PB3"),
    ),
    Kind("other", {}, (), (), ("CG4",)),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in KINDS}


def indicators_of(category: str) -> tuple[str, ...]:
    return BY_CODE[category].indicators if category in BY_CODE else ()


def subjects_of(category: str) -> tuple[str, ...]:
    return BY_CODE[category].subjects if category in BY_CODE else ()


def sub_name(category: str, sub: str) -> str:
    """In Chinese, as a message; empty for one that the category doesn't have."""
    return BY_CODE[category].subs.get(sub, "") if category in BY_CODE else ""
