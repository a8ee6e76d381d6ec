"""How the list of weak passwords is made: what people of this trade and place put together when they must be long."""

import itertools

# ruff: noqa: SIM905 - words in rows are read and mended more easily than a list

WORDS = """
putuo putuoqu shanghai shanghaishi caoyang caoyangxincun changfeng changfengxincun changshou changshoulu ganquan
ganquanlu shiquan shiquanlu yichuan yichuanlu wanli zhenru zhenruzhen taopu taopuzhen changzheng changzhengzhen
suzhouhe suhewan jingan xuhui changning hongkou yangpu huangpu pudong minhang baoshan jiading songjiang qingpu
fengxian chongming jinshan beijing shanxi zhongguo hujia daliang xiaoliang daliangdaixiaoliang daidai shuji
shujigongzuoshi gongzuoshi juwei juweihui juminqu jumin shequ shequgongzuo jiedao jiedaobanshichu zhen zhibu
zhibushuji dangzhibu dangzongzhi dangwei dangjian dangyuan dangxiao dangke zuzhibu zuzhike qunzhong qunzhonglu shifu
tudi shitu daijiao xueyuan peixun duxun jiceng jicengzhili zhili wangge tiaojie jiating fuwu weirenmin fuwuqunzhong
xianfeng mofan yingling laoshuji xiaoxiangzongli
""".split()
PHRASES = """
weirenminfuwu buwangchuxin laojishiming buwangchuxinlaojishiming chuxinshiming renminzhishang renminwansui
zhongguogongchandang gongchandang gongchandangwansui zhongguomeng xinshidai fendouxinshidai xiangxiangxiangshang
quanxinquanyi quanxinquanyiweirenminfuwu zuguowansui woaizhongguo woaiwojia woaishanghai woaiputuo woaibeijing
woaizuguo woaini woaini1314 yishengyishi yiluyouni yifanfengshun wanshiruyi xinxiangshicheng gongxifacai
nianniandongyou niannianyouyu xinniankuaile shengrikuaile zhunishengrikuaile pinganjiankang jiankangchangshou
hejiahuanle quanjiaxingfu xingfuyijia haohaoxuexi tiantianxiangshang haohaoxuexitiantianxiangshang shijieheping
nihaoshijie nihaozhongguo zhongguojiayou shanghaijiayou wuhanjiayou meiyoumima wodemima mimashishenme mimamima
wobuzhidao bugaosuni dengluomima zhanghaomima guanliyuan guanliyuanmima xitongguanliyuan xiaoxiaoxiaoxiao jiushimima
wowangjile chuntianlaile dongfanghong taiyangsheng yiyonjunjinxingqu yiyongjunjinxingqu qianlizhixing shiyuzuxia
youzhizheshijingcheng tiandaochouqin houdezaiwu zishengbuxi iloveyou ilovechina iloveshanghai iloveputuo
loveyouforever forevermylove welcomehome welcometoshanghai letmeinplease openthedoor passwordpassword mypassword
mypasswordis thisismypassword thisisapassword nopassword changeme changemenow pleasechangeme administrator
superadministrator systemadmin defaultpassword secretpassword correcthorsebatterystaple trustno1 sunshine princess
dragon monkey football baseball superman batman starwars helloworld hellochina goodmorning goodluck happynewyear
happybirthday
""".split()
HAN = """
为人民服务 不忘初心 牢记使命 不忘初心牢记使命 全心全意为人民服务 大梁带小梁 书记工作室 大梁带小梁书记工作室 普陀区
普陀区委组织部 上海市普陀区 小巷总理 中国共产党 中国共产党万岁 我爱中国 我爱上海 我爱普陀 我爱我家 恭喜发财 万事如意
心想事成 新年快乐 生日快乐 身体健康 健康长寿 好好学习天天向上 居民区书记 居民委员会 党支部书记 街道办事处 师傅带徒弟
我的密码 密码是什么 忘记密码 没有密码 一二三四五六七八九十 天地玄黄宇宙洪荒 床前明月光疑是地上霜 白日依山尽黄河入海流
春眠不觉晓处处闻啼鸟 人之初性本善性相近习相远
""".split()
COMMON = """
password passwd admin administrator root welcome qwerty abc abcd test user login mima guanli kouling system hello
iloveyou secret master letmein changeme default guest office server computer internet
""".split()
SURNAMES = """
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo shen gu lu jin
""".split()
GIVEN = """
wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xiuying guifang jianguo
""".split()
ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"]
COLUMNS = ["1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol", "0p"]
FORTH = [
    *(row * 2 for row in ROWS),
    "".join(ROWS[1:4]),
    "".join(COLUMNS),
    "".join(a + b for a, b in zip(*ROWS[:2], strict=True)),
]
LINES = [*FORTH, *(line[::-1] for line in FORTH)]  # as fingers run along the keyboard
ENDS = "123 123456 888 666 520 1314 168 abc 2008 2018 2026".split()
SHORTEST = 4  # of a long password this may be left once the digits at its ends are off


def every_weak() -> set[str]:
    names = {"".join(pair) for pair in itertools.product(SURNAMES, GIVEN)}
    words = {*PHRASES, *HAN, *WORDS, *COMMON}
    found = words | names | walks() | joined(words, ENDS)
    found |= {a + b for a, b in itertools.product({*WORDS, *COMMON}, repeat=2)}
    found |= {"".join(pair) for pair in itertools.product(HAN, ["加油", "万岁", "一二三", "你好"])}
    return {text for text in found if len(text) >= SHORTEST}


def joined(words, ends) -> set[str]:
    return {word + end for word in words for end in ends} | {end + word for word in words for end in ends}


def walks() -> set[str]:
    """Fingers along the keyboard: rows and columns, forth and back, begun anywhere, twice and three times."""
    pieces = {line[start : start + size] for line in LINES for start in range(len(line)) for size in range(4, 21, 2)}
    repeated = {piece * times for piece in pieces if len(piece) < 8 for times in (2, 3)}
    return pieces | repeated | {"".join(pair) for pair in itertools.product(LINES, repeat=2)}
