"""What leads to a person is pointed at, what the style allows is left alone, and the work stays small."""

import re
import re._parser as parser
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.clinic import privacy
from cohorts.clinic.privacy import COMPILED, INTRODUCED, KINDS, NAMES, pointers, sentence_around

REGISTER = ["何嘉怡", "任俊", "欧阳建国"]
FOUND = [
    ("phone", "打13812345678找他", "13812345678"),
    ("phone", "电话138 1234 5678", "138 1234 5678"),
    ("phone", "电话138-1234-5678。", "138-1234-5678"),
    ("phone", "手机１３８１２３４５６７８", "１３８１２３４５６７８"),
    ("phone", "+86 13812345678", "+86 13812345678"),
    ("phone", "1381 234 5678打不通", "1381 234 5678"),
    ("phone", "19912345678", "19912345678"),
    ("phone", "座机021-62345678", "021-62345678"),
    ("phone", "座机（021）6234 5678", "（021）6234 5678"),
    ("phone", "打62345678问物业", "62345678"),
    ("phone", "值班电话5234-5678", "5234-5678"),
    ("phone", "０２１－６２３４５６７８", "０２１－６２３４５６７８"),
    ("identity", "身份证310107195402011234", "身份证310107195402011234"),
    ("identity", "号码31010719540201123X", "31010719540201123X"),
    ("identity", "号码310107 19540201 123x", "310107 19540201 123x"),
    ("identity", "老证310107540201123", "310107540201123"),
    ("identity", "护照E12345678过期", "护照E12345678"),
    ("identity", "拿着EA1234567来办", "EA1234567"),
    ("identity", "证件号：H1234567890", "证件号：H1234567890"),
    ("card", "退到6222021234567890123", "6222021234567890123"),
    ("card", "卡6222 0212 3456 7890", "6222 0212 3456 7890"),
    ("card", "卡6222-0212-3456-7890-123", "6222-0212-3456-7890-123"),
    ("card", "账号：31001234567890", "账号：31001234567890"),
    ("door", "住7号302室", "7号302室"),
    ("door", "7号楼302室漏水", "7号楼302室"),
    ("door", "7号楼302的水管", "7号楼302"),
    ("door", "12-3-502", "12-3-502"),
    ("door", "302室反对", "302室"),
    ("door", "１２－３０２室", "１２－３０２室"),
    ("door", "三号楼四零二天天吵", "三号楼四零二"),
    ("door", "三号楼四零二室", "三号楼四零二室"),
    ("door", "四〇二室", "四〇二室"),
    ("door", "660弄12号", "660弄12号"),
    ("door", "660弄12号302室", "660弄12号302室"),
    ("door", "660弄12号3室", "660弄12号3室"),
    ("door", "3单元502", "3单元502"),
    ("door", "7号楼3单元502室", "7号楼3单元502室"),
    ("door", "7幢1201", "7幢1201"),
    ("door", "2号4室的老伯", "2号4室"),
    ("door", "7-302的业主", "7-302"),
    ("door", "302的老人独居", "302的老人"),
    ("door", "门牌12", "门牌12"),
    ("plate", "沪A12345占道", "沪A12345"),
    ("plate", "沪AD12345", "沪AD12345"),
    ("plate", "苏E·8A9B1", "苏E·8A9B1"),
    ("plate", "沪a 1234b", "沪a 1234b"),
    ("contact", "写到wang.jg@example.com", "wang.jg@example.com"),
    ("contact", "微信号zhang_san88", "微信号zhang_san88"),
    ("contact", "加微信：lijuan1958", "微信：lijuan1958"),
    ("contact", "QQ号123456789", "QQ号123456789"),
    ("contact", "wxid_a1b2c3d4", "wxid_a1b2c3d4"),
    ("colleague", "请何嘉怡来看过", "何嘉怡"),
    ("colleague", "任俊那里办过", "任俊"),
    ("colleague", "欧阳建国来过两次", "欧阳建国"),
    ("name", "王建国天天来吵", "王建国"),
    ("name", "楼下张桂芳不同意", "张桂芳"),
    ("name", "李小明家的狗", "李小明"),
    ("name", "王国强来过", "王国强"),
    ("name", "居民王芳投诉", "王芳"),
    ("name", "户主：李强", "李强"),
    ("name", "租客周海峰搬走了", "周海峰"),
    ("name", "业主黄明不肯交费", "黄明"),
    ("name", "有个老人叫石根宝", "石根宝"),
    ("name", "姓名：高秀英", "高秀英"),
    ("name", "陈国平先生", "陈国平"),
    ("name", "周丽女士反对", "周丽"),
    ("name", "林志强同志", "林志强"),
    ("name", "请方敏老师来调解", "方敏"),
    ("name", "刘芳说不行", "刘芳"),
    ("name", "诸葛明一家", "诸葛明"),
    ("name", "房东（沈伟）不露面", "沈伟"),
]  # fmt: skip
ALLOWED = [
    "张阿婆一个人住", "李先生不同意", "王女士", "7号楼某户", "7号楼", "十号楼六层十八户", "五号楼两个门洞共36户", "某户", "老王说话直",
    "小李跑了三趟", "张某某", "王家和李家不说话", "陈书记来看过", "刘师傅", "2018年8月15日", "8月15号", "2018-08-15", "15/8/2018",
    "11-1-2018", "12345热线投诉14件", "打110", "119", "车342部，位261个，缺口81", "90%的业主", "物业费收缴率58%", "120户人家", "7号楼120户",
    "7号楼三百二十户", "三号楼二百户", "三号楼二零一八年修过", "3号楼1200平方米", "100-200元", "80-120户", "300-400米", "13.5万元", "1.5元一度", "56000000元",
    "6000 0000元", "14:00-16:30", "第31号", "2018年第3号", "660弄小区", "一室一厅", "2室1厅", "三室户", "两室户型", "活动室", "居委会会议室",
    "办公室", "302教室", "单元门坏了", "3单元", "138****1234", "夜里停在沪太路", "京剧队", "微信群讨论引发争吵", "QQ群里吵", "一张国旗",
    "三张明信片", "紧张建国", "业主张贴公告", "居民高兴", "居民高度关注", "老人和子女", "业主方代表", "居民向居委会反映", "照顾美好家庭",
    "大梁永远在", "工程建国路段", "王建国路", "居民任何意见", "规范明确", "公司钱花光了", "业委会成员立下约定", "叫停施工", "先清十九部",
    "90天过渡期", "充电位增至268个", "志愿者高温值守", "李子园新村", "曹杨新村", "长征镇", "和乐苑", "真如镇", "万里街道", "石泉路",
    "收缴率升到79%", "430部", "晚十点巡一遍", "五分钟走到", "", "。。。", "2019年4月30日前", "工单20181101123456", "20181101",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "part"), FOUND)
def test_what_leads_to_a_person_is_pointed_at(kind, text, part):
    assert (kind, part) in {(each.kind, each.text) for each in pointers(text, REGISTER)}


@pytest.mark.parametrize("text", ALLOWED)
def test_what_the_style_allows_is_left_alone(text):
    assert pointers(text, REGISTER) == []


def test_there_are_enough_samples():
    assert len(FOUND) >= 60
    assert len(ALLOWED) >= 60
    assert {kind for kind, _text, _part in FOUND} == set(KINDS)


def test_one_place_is_told_once_and_whole():
    text = "王建国（7号楼302室，13812345678）和何嘉怡谈过。"
    assert [(each.kind, each.text) for each in pointers(text, REGISTER)] == [
        ("name", "王建国"), ("door", "7号楼302室"), ("phone", "13812345678"), ("colleague", "何嘉怡"),
    ]  # fmt: skip


def test_each_says_what_to_write_instead():
    advice = {each.text: each.advice for each in pointers("王建国、欧阳建国、7号302室、沪A12345", ["欧阳建国"])}
    assert "王先生" in advice["王建国"]
    assert "王家" in advice["王建国"]
    assert "欧阳书记" in advice["欧阳建国"]
    assert "某户" in advice["7号302室"]
    assert "一辆车" in advice["沪A12345"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_advice(kind):
    assert privacy.Pointer(0, 2, kind, "王芳").advice


def test_the_sentence_around_ends_where_the_sentence_ends():
    text = "先说一句。住在7号302室的老伯反对。后来同意了。"
    [door] = pointers(text)
    assert sentence_around(text, door) == ("住在", "的老伯反对。")
    long = "很" * 90 + "7号302室" + "很" * 90
    [door] = pointers(long)
    assert [len(part) for part in sentence_around(long, door)] == [privacy.REACH] * 2


LETTERS = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "0123456789０１２-—－ ()（）号楼室弄单元栋一二三零〇@._wxWX沪A微信王李张建国明芳居民叫先生说。\n·：:"
        ),
        st.characters(),
    ),
    max_size=80,
)


@settings(max_examples=400)
@given(LETTERS, st.lists(st.text(max_size=4), max_size=4))
def test_it_never_fails_and_its_places_stand_in_order_within_the_text(text, names):
    end = 0
    for each in pointers(text, names):
        assert end <= each.start < each.end <= len(text)
        assert each.text == text[each.start : each.end]
        before, behind = sentence_around(text, each)
        assert before + each.text + behind in text
        assert each.advice
        end = each.end


def test_no_pattern_can_run_away():
    """No repeat without an upper bound, and nothing longer than a few hundred characters: the work is the length of the
    text times a constant."""
    for pattern in [*(each for some in COMPILED.values() for each in some), *NAMES, INTRODUCED]:
        assert "MAXREPEAT" not in repr(parser.parse(pattern.pattern)), pattern.pattern
        assert parser.parse(pattern.pattern).getwidth()[1] < 300


@pytest.mark.parametrize(
    "piece", ["1", "13", "1-", "a", "a@", "a.", "6222 ", "王", "王建", "7号", "微信", "7号楼3单元5", "居民", "沪A", " "]
)
def test_ten_thousand_characters_take_no_time(piece):
    text = (piece * 10_000)[:10_000]
    spent = []
    for _turn in range(3):
        began = time.process_time()
        pointers(text, REGISTER)
        spent.append(time.process_time() - began)
    assert min(spent) < 0.1


def test_a_pattern_that_could_run_away_would_be_seen():
    assert "MAXREPEAT" in repr(parser.parse(re.compile("(a+)+b").pattern))
