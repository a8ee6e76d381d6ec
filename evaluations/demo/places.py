"""The demo's studio on real neighbourhoods, or on nameless ones for public showings."""

import datetime
import string

from mentorship.places.loading import SHIPPED, load_file
from mentorship.places.models import Base, Community, District, Studio, Subdistrict

DISTRICT = "310107"
DEMO_TODAY = datetime.date(2019, 4, 18)
EARLIEST = datetime.date(2019, 3, 6)  # the roster of the spring stands; a finding of the autumn is overdue
STEMS = "甲乙丙丁戊己庚辛壬癸"
# Which subdistricts of Putuo touch, read off a city map; only used to say "neighbouring".
NEIGHBOURS = {
    "310107005": ["310107014", "310107017", "310107022", "310107015"],
    "310107014": ["310107005", "310107102", "310107022", "310107015"],
    "310107015": ["310107005", "310107014", "310107020", "310107017"],
    "310107016": ["310107020", "310107017", "310107021"],
    "310107017": ["310107005", "310107016", "310107020", "310107022", "310107021", "310107015"],
    "310107020": ["310107015", "310107016", "310107017"],
    "310107021": ["310107016", "310107017", "310107022", "310107103"],
    "310107022": ["310107005", "310107014", "310107017", "310107021", "310107102", "310107103"],
    "310107102": ["310107014", "310107022", "310107103"],
    "310107103": ["310107021", "310107022", "310107102"],
}


def make_studio(data: dict, *, anonymise: bool, today: datetime.date = DEMO_TODAY) -> Studio:
    """Loads the district's 285 neighbourhoods and opens the studio there, on the demo's own date `today`."""
    load_file(SHIPPED)
    for row in data["subdistricts"]:
        Subdistrict.objects.filter(code=row["code"]).update(name_en=row["en"])
    for row in data["communities"]:
        Community.objects.filter(code=row["code"]).update(name=row["key"], name_en=row["en"], type=row["type"])
    for code, others in NEIGHBOURS.items():
        Subdistrict.objects.get(code=code).neighbours.add(*others)
    if anonymise:
        anonymise_places()
    studio, meta = data["studio"], data["meta"]
    return Studio.objects.create(
        code="putuo",
        name=studio["name_zh"],
        name_en=studio["name_en"],
        short_name=studio["short_zh"],
        organizer=studio["organizer_zh"],
        doc_prefix=studio["doc_prefix"],
        district_id=DISTRICT,
        demo_today=today,
        disclaimer=meta["disclaimer_zh"],
        disclaimer_en=meta["disclaimer_en"],
    )


def anonymise_places() -> None:
    """甲街道, 甲街道第1居民区 … in place of the real names; codes keep the geography."""
    District.objects.filter(code=DISTRICT).update(name="某区", name_en="A district")
    communities = []
    for place, subdistrict in enumerate(Subdistrict.objects.filter(district=DISTRICT).order_by("code")):
        letter = string.ascii_uppercase[place]
        subdistrict.name = f"{STEMS[place % len(STEMS)]}{subdistrict.get_kind_display()}"
        subdistrict.name_en = f"Subdistrict {letter}"
        subdistrict.save()
        for number, community in enumerate(subdistrict.communities.order_by("code"), start=1):
            community.name = f"{STEMS[place % len(STEMS)]}{number}{community.get_kind_display()}"
            community.official_name = community.name
            community.name_en = f"Neighbourhood {letter}{number}"
            communities.append(community)
    Community.objects.bulk_update(communities, ["name", "official_name", "name_en"], batch_size=200)


def make_bases(studio: Studio, data: dict) -> dict[str, Base]:
    """Base by the demo's base id (B1 …)."""
    codes = {row["key"]: row["code"] for row in data["communities"]}
    return {
        row["id"]: Base.objects.create(
            studio=studio,
            community_id=codes[row["community"]],
            focus=row["focus_zh"],
            open_day=row["open_day_zh"],
            plaque_date=data["cohort"]["start"],
        )
        for row in data["bases"]
    }
