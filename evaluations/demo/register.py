"""Fictional secretaries that fill the demo's register up to the district's 273, 106 of them young.

Every name is put together by a seeded draw, so that each load makes the same people; none is a real person.
"""

import datetime
import random

from mentorship.common.dates import years_before
from mentorship.people.choices import Education, Post, Sex
from mentorship.people.models import Secretary
from mentorship.places.models import Community, Studio

IN_POST, YOUNG = 273, 106
SEED = 20180815
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭林高罗梁宋谢韩冯于董程袁许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜钟汪田姜方石姚谭陆金顾江洪"
GIVEN = {
    Sex.FEMALE: "芳敏静丽娟艳霞秀玲萍红玉兰洁梅琳莉英华慧巧美娜婷云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞",
    Sex.MALE: "伟强磊军洋勇杰涛超明刚平辉鹏飞波斌宇浩凯健俊帆旭宁龙志国庆建华文亮成康新利清彬富顺信子",
}
EARLIER_JOBS = [
    "社工",
    "居委会副主任",
    "街道科员",
    "转业军人",
    "企业人事",
    "中学教师",
    "物业公司主管",
    "工会干部",
    "医院护士",
]


def fill_register(studio: Studio) -> int:
    """Adds secretaries on communities that have none yet; returns how many were added."""
    draw = random.Random(SEED)  # noqa: S311 the same people at each load  # nosec B311
    today = studio.today()
    standing = list(Secretary.objects.filter(studio=studio, working_state="in_service").select_related("studio"))
    free = list(studio.communities.exclude(secretaries__studio=studio).select_related("subdistrict").order_by("code"))
    draw.shuffle(free)
    wanted = IN_POST - len(standing)
    young_wanted = YOUNG - sum(person.is_young for person in standing)
    names = {person.name for person in Secretary.objects.filter(studio=studio)}
    people = []
    for place, community in enumerate(free[:wanted]):
        person = invent(draw, names, young=place < young_wanted, today=today, line=studio.young_age)
        person.studio, person.community = studio, community
        person.post = village_post(person.post, community)
        people.append(person)
    for person in people:
        person.derive()
    Secretary.objects.bulk_create(people)
    return len(people)


def invent(draw: random.Random, names: set[str], *, young: bool, today: datetime.date, line: int) -> Secretary:
    sex = draw.choices([Sex.FEMALE, Sex.MALE], [6, 4])[0]
    name = ""
    while not name or name in names:
        name = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN[sex], k=draw.choice([1, 2, 2, 2])))
    names.add(name)
    age = draw.randint(28, line) if young else draw.randint(line + 2, 59)  # a birthday still to come takes one off
    birth = years_before(today, age).replace(day=1, month=draw.randint(1, 12))
    newly = draw.random() < (0.7 if young else 0.25)
    years = 0 if newly else draw.randint(3, 6 if young else 18)
    since = datetime.date(2018, 5, 1) if newly else datetime.date(2018 - years, draw.choice([5, 6, 9]), 1)
    return Secretary(
        name=name,
        sex=sex,
        birth=birth,
        post=draw.choices([Post.GENERAL_BRANCH, Post.BRANCH], [4, 1])[0],
        post_since=since,
        education=draw.choices(
            [Education.COLLEGE, Education.BACHELOR, Education.MASTER], [1, 6, 1] if young else [6, 4, 0]
        )[0],
        dual_post=draw.random() < 0.4,
        prior_job=f"{draw.choice(EARLIER_JOBS)}{draw.randint(3, 9)}年",
    )


def village_post(post: str, community: Community) -> str:
    if community.kind != "village":
        return post
    return Post.VILLAGE_GENERAL_BRANCH if post == Post.GENERAL_BRANCH else Post.VILLAGE_BRANCH
