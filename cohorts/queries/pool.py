"""Who may be recommended as mentee, who may be nominated as mentor, and why (not)."""

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from math import ceil

from django.utils.translation import gettext as _

from cohorts.choices import MenteeStatus, MentorStatus, Stage
from cohorts.models import Cohort, Mentee, Mentor
from mentorship.common.dates import full_years, years_before
from mentorship.people.choices import WorkingState
from mentorship.people.models import Secretary

NEW_IN_POST_YEARS = 1  # elected within the year before the cohort began


@dataclass(frozen=True)
class Chip:
    """A reason in words: `bar` reasons keep somebody out, the rest inform."""

    code: str
    text: str
    met: bool
    bar: bool = True

    @property
    def mark(self) -> str:
        if self.met:
            return "done"
        return "open" if self.bar else "doing"


@dataclass
class Candidate:
    secretary: Secretary
    chips: list[Chip]
    age: int
    mentee: Mentee | None = None
    mentor: Mentor | None = None
    standing: list[str] = field(default_factory=list)

    @property
    def qualifies(self) -> bool:
        return all(chip.met for chip in self.chips if chip.bar)

    @property
    def state(self) -> str:
        """open, or the status of the row that the person already has in this cohort."""
        if self.mentor:
            return "mentor"
        return self.mentee.status if self.mentee else "open"

    @property
    def may_be_recommended(self) -> bool:
        return self.qualifies and (self.mentee is None or self.mentee.status == MenteeStatus.DECLINED)


def quota_of(cohort: Cohort, subdistricts: int | None = None) -> int:
    """Seats for each 街镇 when they are spread evenly: 3 for 30 over 10. Counts the 街镇 unless told how many."""
    count = cohort.studio.subdistricts.count() if subdistricts is None else subdistricts
    return ceil(cohort.mentees_planned / max(1, count))


def pool(cohort: Cohort, subdistricts: Collection[str] | None = None, *, quota: int | None = None) -> list[Candidate]:
    """Everyone on the register in `subdistricts` (None: all), with their reasons. Three queries besides the quota's."""
    people = Secretary.objects.filter(studio=cohort.studio).on_register().for_lists()
    if subdistricts is not None:
        people = people.filter(community__subdistrict__in=subdistricts)
    here, elsewhere = mentees_of_studio(cohort)
    mentors = {mentor.secretary_id: mentor for mentor in mentors_of_studio(cohort)}
    filled = Counter(
        mentee.recommended_by_id
        for mentee in here.values()
        if mentee.status in MenteeStatus.in_training() | {MenteeStatus.RECOMMENDED, MenteeStatus.RESERVE}
    )
    quota = quota_of(cohort) if quota is None else quota
    candidates = []
    for secretary in people:
        age = full_years(secretary.birth, cohort.starts)
        chips = personal_chips(cohort, secretary, age) + standing_chips(
            here.get(secretary.pk), mentors.get(secretary.pk), elsewhere.get(secretary.pk)
        )
        chips.append(quota_chip(filled[secretary.community.subdistrict_id], quota))
        candidates.append(Candidate(secretary, chips, age, here.get(secretary.pk), mentors.get(secretary.pk)))
    return candidates


def mentors_of_studio(cohort: Cohort):
    """Mentors of this cohort and of any that still goes on; a declined nomination doesn't count."""
    gone = [MentorStatus.DECLINED, MentorStatus.ENDED]
    return Mentor.objects.filter(studio=cohort.studio).exclude(status__in=gone).exclude(cohort__stage=Stage.ARCHIVED)


def mentees_of_studio(cohort: Cohort, **only) -> tuple[dict, dict]:
    """By secretary id: rows of this cohort, and rows of another that trains them or has seen them graduate."""
    held = MenteeStatus.in_training() | {MenteeStatus.GRADUATED}
    here, elsewhere = {}, {}
    for row in Mentee.objects.filter(studio=cohort.studio, **only).select_related("cohort"):
        if row.cohort_id == cohort.pk:
            here[row.secretary_id] = row
        elif row.status in held:
            elsewhere[row.secretary_id] = row
    return here, elsewhere


def personal_chips(cohort: Cohort, secretary: Secretary, age: int) -> list[Chip]:
    in_service = secretary.working_state == WorkingState.IN_SERVICE
    limit = cohort.studio.young_age
    young = _("%(age)s岁，不超过%(limit)s岁") if age <= limit else _("%(age)s岁，超过%(limit)s岁")
    chips = [
        Chip("service", _("在职") if in_service else _("已退休"), in_service),
        Chip("age", young % {"age": age, "limit": limit}, age <= limit),
        tenure_chip(secretary, cohort.starts),
    ]
    if secretary.left_on:
        chips.append(Chip("left", _("已离开名册"), False))
    return chips


def tenure_chip(secretary: Secretary, on: datetime.date) -> Chip:
    new = secretary.post_since > years_before(on, NEW_IN_POST_YEARS)
    years = full_years(secretary.post_since, on)
    if new:
        text = _("新任，%(year)s年%(month)s月起") % {
            "year": secretary.post_since.year,
            "month": secretary.post_since.month,
        }
    else:
        text = _("任职%(n)s年") % {"n": years}
    return Chip("tenure", text, new, bar=False)


def standing_chips(mentee: Mentee | None, mentor: Mentor | None, other: Mentee | None) -> list[Chip]:
    chips = []
    if mentor:
        chips.append(Chip("mentor", _("已是带教书记人选"), False))
    if other:
        chips.append(Chip("elsewhere", _("%(cohort)s学员") % {"cohort": other.cohort}, False))
    if mentee and mentee.status not in {MenteeStatus.DECLINED, MenteeStatus.WITHDRAWN}:
        chips.append(Chip("listed", str(mentee.get_status_display()), True, bar=False))
    if mentee and mentee.status == MenteeStatus.WITHDRAWN:
        chips.append(Chip("listed", _("本批不再参加"), False))
    return chips


def quota_chip(filled: int, quota: int) -> Chip:
    text = _("本街镇名额%(quota)s，已推荐%(filled)s") % {"quota": quota, "filled": filled}
    return Chip("quota", text, filled < quota, bar=False)


def candidate_obstacle(cohort: Cohort, secretary: Secretary) -> str:
    """The first thing that keeps a secretary from being recommended, in words; empty when nothing does."""
    if secretary.studio_id != cohort.studio_id or secretary.left_on:
        return _("%(name)s不在书记名册上。") % {"name": secretary}
    here, elsewhere = mentees_of_studio(cohort, secretary=secretary)
    mentee = here.get(secretary.pk)
    if mentee and mentee.status != MenteeStatus.DECLINED:
        return _("%(name)s已在这一批的名单里：%(status)s。") % {
            "name": secretary,
            "status": mentee.get_status_display(),
        }
    mentor = mentors_of_studio(cohort).filter(secretary=secretary).first()
    age = full_years(secretary.birth, cohort.starts)
    chips = personal_chips(cohort, secretary, age)
    chips += standing_chips(None, mentor, elsewhere.get(secretary.pk))
    unmet = [chip.text for chip in chips if chip.bar and not chip.met]
    return _("%(name)s还不能推荐：%(why)s。") % {"name": secretary, "why": "、".join(unmet)} if unmet else ""


def mentor_obstacle(cohort: Cohort, secretary: Secretary) -> str:
    """What keeps a secretary from being nominated as mentor; empty when nothing does."""
    if secretary.studio_id != cohort.studio_id or secretary.left_on:
        return _("%(name)s不在书记名册上。") % {"name": secretary}
    if cohort.mentors.filter(secretary=secretary).exists():
        return _("%(name)s已经在这一批的推荐名单里。") % {"name": secretary}
    listed = MenteeStatus.in_training() | {MenteeStatus.RECOMMENDED, MenteeStatus.RESERVE}
    if Mentee.objects.filter(studio=cohort.studio, secretary=secretary, status__in=listed).exists():
        return _("%(name)s是学员人选，不能同时当师傅。") % {"name": secretary}
    return ""


def mentor_candidates(cohort: Cohort, words: str = "", limit: int = 20):
    """Register rows to choose a mentor from: the veterans, or whoever the words find."""
    listed = MenteeStatus.in_training() | {MenteeStatus.RECOMMENDED, MenteeStatus.RESERVE}
    people = (
        Secretary.objects.filter(studio=cohort.studio)
        .on_register()
        .exclude(pk__in=cohort.mentors.values("secretary"))
        .exclude(pk__in=Mentee.objects.filter(studio=cohort.studio, status__in=listed).values("secretary"))
        .for_lists()
    )
    people = people.search(words) if words.strip() else people.veteran(cohort.studio)
    return people[:limit]
