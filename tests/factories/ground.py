import datetime
from contextlib import contextmanager

import factory
from factory.django import DjangoModelFactory

from mentorship.accounts.models import RoleGrant, User
from mentorship.accounts.roles import Role
from mentorship.framework.models import Framework, Indicator, Level, Subject
from mentorship.people.models import Secretary
from mentorship.places.models import Base, Community, District, Studio, Subdistrict

PASSWORD = "daliang-2018"


KEPT_CODES = False


@contextmanager
def kept_codes():
    """Codes of places that no other test gives out, for rows that come again and again (tests/recorded.py)."""
    global KEPT_CODES
    KEPT_CODES = True
    try:
        yield
    finally:
        KEPT_CODES = False


def last_three(n: int) -> str:
    return f"{900 + n % 100}" if KEPT_CODES else f"{n % 900:03d}"


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    code = factory.Sequence(lambda n: f"{310100 + n}")
    name = factory.Sequence(lambda n: f"第{n}区")
    province = "上海市"


class SubdistrictFactory(DjangoModelFactory):
    class Meta:
        model = Subdistrict

    district = factory.SubFactory(DistrictFactory)
    code = factory.LazyAttributeSequence(lambda o, n: f"{o.district.code}{last_three(n)}")
    name = factory.Sequence(lambda n: f"第{n}街道")


class CommunityFactory(DjangoModelFactory):
    class Meta:
        model = Community

    subdistrict = factory.SubFactory(SubdistrictFactory)
    code = factory.LazyAttributeSequence(lambda o, n: f"{o.subdistrict.code}{last_three(n)}")
    name = factory.Sequence(lambda n: f"梧桐{n}村")
    official_name = factory.LazyAttribute(lambda o: f"{o.name}居委会")
    type = "gongren"


class StudioFactory(DjangoModelFactory):
    class Meta:
        model = Studio

    code = factory.Sequence(lambda n: f"studio-{n}")
    name = factory.Sequence(lambda n: f"第{n}书记工作室")
    district = factory.SubFactory(DistrictFactory)
    doc_prefix = "梁室"


class BaseFactory(DjangoModelFactory):
    class Meta:
        model = Base

    studio = factory.SubFactory(StudioFactory)
    community = factory.LazyAttribute(
        lambda o: CommunityFactory(subdistrict=SubdistrictFactory(district=o.studio.district))
    )
    focus = "为老服务"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"林{'甲乙丙丁戊己庚辛壬癸'[n % 10]}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save()


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    studio = factory.SubFactory(StudioFactory)
    role = Role.OFFICER


class SecretaryFactory(DjangoModelFactory):
    class Meta:
        model = Secretary

    studio = factory.SubFactory(StudioFactory)
    name = factory.Sequence(lambda n: f"李{'平安康宁福禄寿喜和顺'[n % 10]}{'一二三四五六七八九十'[n // 10 % 10]}")
    sex = "f"
    birth = datetime.date(1985, 3, 1)
    community = factory.LazyAttribute(
        lambda o: CommunityFactory(subdistrict=SubdistrictFactory(district=o.studio.district))
    )
    post = "general_branch"
    post_since = datetime.date(2018, 5, 1)


class FrameworkFactory(DjangoModelFactory):
    class Meta:
        model = Framework

    studio = factory.SubFactory(StudioFactory)
    version = factory.Sequence(lambda n: n + 1)
    scale = [
        {"zh": zh, "en": en}
        for zh, en in [
            ("待起步", "Not yet"),
            ("起步", "Emerging"),
            ("胜任", "Competent"),
            ("熟练", "Proficient"),
            ("示范", "Exemplary"),
        ]
    ]


SUBJECTS = [
    ("PB", "党建业务知识", "Party-building practice", "党建", "Party", 20),
    ("CG", "社区治理经验", "Neighbourhood governance", "治理", "Governance", 25),
    ("TM", "干部队伍建设", "Team building", "队伍", "Team", 15),
    ("CC", "沟通协调技巧", "Communication and coordination", "沟通", "Talk", 20),
    ("ER", "应急情况处置", "Emergency handling", "应急", "Emergency", 20),
]


def make_framework(studio, indicators: int = 1) -> Framework:
    """The five subjects, each with this many indicators and their five levels."""
    framework = FrameworkFactory(studio=studio)
    for order, (code, name, name_en, short, short_en, weight) in enumerate(SUBJECTS):
        subject = Subject.objects.create(
            studio=studio,
            framework=framework,
            code=code,
            name=name,
            name_en=name_en,
            short_name=short,
            short_name_en=short_en,
            weight=weight,
            order=order,
        )
        for i in range(1, indicators + 1):
            indicator = Indicator.objects.create(
                studio=studio, subject=subject, code=f"{code}{i}", name="指标", name_en="Indicator", order=i
            )
            Level.objects.bulk_create(
                Level(studio=studio, indicator=indicator, level=n, description=f"表现{n}", description_en=f"Seen {n}")
                for n in range(1, 6)
            )
    return framework
