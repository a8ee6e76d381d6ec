"""Where a cohort stands, and what it still lacks for its next stage."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from cohorts.choices import MenteeStatus, MentorStatus, Stage
from cohorts.models import Baseline, Cohort


@dataclass(frozen=True)
class Condition:
    """One line of the list before the next stage. `needed=False` is advice that holds nothing up."""

    text: str
    met: bool
    needed: bool = True

    @property
    def mark(self) -> str:
        if self.met:
            return "done"
        return "due" if self.needed else "wait"


@dataclass(frozen=True)
class Step:
    label: str
    done: bool
    current: bool


def steps(cohort: Cohort) -> list[Step]:
    now = list(Stage.values).index(cohort.stage)
    return [Step(str(stage.label), place < now, place == now) for place, stage in enumerate(Stage)]


def conditions(cohort: Cohort) -> list[Condition]:
    """What the next stage asks for; empty when it asks for nothing or there is none."""
    ask = {Stage.SELECTING: to_pair, Stage.PAIRING: to_run, Stage.RUNNING: to_close, Stage.CLOSING: to_archive}
    return ask[cohort.stage](cohort) if cohort.stage in ask else []


def missing_for_next_stage(cohort: Cohort) -> list[str]:
    return [condition.text for condition in conditions(cohort) if condition.needed and not condition.met]


def to_pair(cohort: Cohort) -> list[Condition]:
    """Appointed mentors and chosen mentees, within the plan and within the places."""
    appointed = cohort.mentors.appointed().aggregate(n=Count("pk"), places=Sum("capacity"))
    mentors, places = appointed["n"], appointed["places"] or 0
    chosen = cohort.mentees.in_training()
    mentees = chosen.count()
    subjects = cohort.framework.subjects.count()
    measured = chosen.annotate(n=Count("baseline")).filter(n__gte=subjects).count()
    asked = [
        counted(
            mentors,
            cohort.mentors_planned,
            _("带教书记计划%(plan)s位，已聘%(n)s位"),
            _("还没有聘任带教书记，计划%(plan)s位。"),
        ),
        counted(
            mentees, cohort.mentees_planned, _("学员计划%(plan)s名，已选%(n)s名"), _("还没有选定学员，计划%(plan)s名。")
        ),
    ]
    over = [
        (mentors - cohort.mentors_planned, _("带教书记多出%(n)s位，请调整计划或名单。")),
        (mentees - cohort.mentees_planned, _("学员多出%(n)s名，请调整计划或名单。")),
        (mentees - places if mentors else 0, _("席位不够：还差%(n)s个。")),
    ]
    asked += [Condition(words % {"n": n}, met=False) for n, words in over if n > 0]
    if mentors and mentees <= places:
        asked.append(Condition(_("师傅共有%(n)s个席位，够用") % {"n": places}, met=True))
    if mentees:
        words = {"n": mentees, "done": measured}
        asked.append(Condition(_("%(n)s名学员里%(done)s名做完了能力摸底") % words, measured >= mentees, needed=False))
    return asked


def counted(have: int, plan: int, words: str, none: str) -> Condition:
    """Nobody at all holds the stage up; fewer than planned is said and left to the reader."""
    if not have:
        return Condition(none % {"plan": plan}, met=False)
    return Condition(words % {"plan": plan, "n": have}, met=have >= plan, needed=False)


def to_run(cohort: Cohort) -> list[Condition]:
    return [Condition(_("发布结对方案以后自动进入带教"), met=False)]


def to_close(cohort: Cohort) -> list[Condition]:
    unpaired = cohort.mentees.in_training().exclude(pairings__ends=None, pairings__isnull=False).count()
    over = cohort.studio.today() >= cohort.ends
    return [
        Condition(
            _("每名学员都有师傅") if not unpaired else _("%(n)s名学员没有师傅") % {"n": unpaired},
            not unpaired,
            needed=False,
        ),
        Condition(_("带教期到%(day)s") % {"day": cohort.ends.isoformat()}, over, needed=False),
    ]


def to_archive(cohort: Cohort) -> list[Condition]:
    paused = cohort.mentees.filter(status=MenteeStatus.PAUSED).count()
    over = cohort.studio.today() >= cohort.ends
    day = {"day": cohort.ends.isoformat()}
    return [
        Condition(
            _("没有暂停的学员") if not paused else _("还有%(n)s名学员暂停着，先恢复或办退出。") % {"n": paused},
            not paused,
        ),
        Condition(_("带教期已满") if over else _("带教期到%(day)s才满。") % day, over),
    ]


def counts(cohort: Cohort) -> dict[str, int]:
    """The figures of the cohort page, in two queries."""
    mentors = cohort.mentors.aggregate(
        appointed=Count("pk", filter=Q(status__in=[MentorStatus.APPOINTED, MentorStatus.ENDED])),
        nominated=Count("pk", filter=Q(status__in=[MentorStatus.NOMINATED, MentorStatus.ASSESSED])),
        places=Sum("capacity", filter=Q(status=MentorStatus.APPOINTED), default=0),
    )
    mentees = cohort.mentees.aggregate(
        in_training=Count("pk", filter=Q(status__in=MenteeStatus.in_training())),
        recommended=Count("pk", filter=Q(status=MenteeStatus.RECOMMENDED)),
        reserve=Count("pk", filter=Q(status=MenteeStatus.RESERVE)),
        graduated=Count("pk", filter=Q(status=MenteeStatus.GRADUATED)),
    )
    return (
        mentors
        | mentees
        | {"measured": Baseline.objects.filter(mentee__cohort=cohort).values("mentee").distinct().count()}
    )
