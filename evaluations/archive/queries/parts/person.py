"""Papers about the person: recommendation, register card, baseline, pairing, changes of the roster and talks."""

from django.utils.translation import gettext as _

from cohorts.models import Baseline, Mentee, Pairing, ReminderTalk, RosterChange
from cohorts.words import part_rows
from mentorship.common.templatetags.wording import long_date, masked_phone, month_year
from mentorship.people.models import Secretary

from .base import Item, Look, Source, each, kept, label, worded


def recommended():
    return (
        Mentee.objects.exclude(recommended_by=None, reason="")
        .for_lists()
        .select_related("recommended_by", "secretary__community__subdistrict")
    )


def show_recommendation(row: Mentee, look: Look) -> Item:
    facts = [(_("姓名"), str(row)), (_("居民区"), place_of(row.secretary))]
    facts += worded(row, ["recommended_by", "first_project"])
    facts.append((label(Mentee, "agreed"), _("是") if row.agreed else _("否")))
    texts = [(label(Mentee, "reason"), row.reason)] if row.reason and look.is_studio else []
    return Item(_("推荐表"), by=str(row.recommended_by or ""), facts=facts, texts=texts)


def place_of(secretary: Secretary) -> str:
    return f"{secretary.community.subdistrict}{secretary.community}"


def show_card(row: Mentee, look: Look) -> Item:
    person = row.secretary
    facts = [*worded(person, ["name", "sex"]), (label(Secretary, "birth"), month_year(person.birth))]
    facts += [(_("居民区"), place_of(person)), *worded(person, ["post"])]
    facts.append((label(Secretary, "post_since"), month_year(person.post_since)))
    facts += worded(person, ["working_state", "education", "prior_job", "strengths"])
    facts += [(label(Secretary, "phone"), masked_phone(person.phone))] if person.phone else []
    facts += worded(row, ["tier", "status"])
    return Item(_("学员登记表"), by=str(row), facts=facts)


CARD = ["name", "sex", "birth", "community", "post", "post_since", "education", "prior_job", "strengths", "phone"]


def show_levels(rows: list[Baseline], look: Look) -> list[Item]:
    names = look.mentee.cohort.framework
    table = [[str(row.subject), str(row.level), names.level_name(row.level)] for row in rows]
    return [Item(_("能力摸底表"), by=_("工作室"), head=[_("领域"), _("等级"), _("名称")], rows=table)] if rows else []


def show_pairing(row: Pairing, look: Look) -> Item:
    facts = [
        (_("师傅"), str(row.mentor)),
        (_("徒弟"), str(row.mentee)),
        (label(Pairing, "starts"), long_date(row.starts)),
    ]
    if row.ends:
        facts += [(label(Pairing, "ends"), long_date(row.ends)), *worded(row, ["end_reason"])]
    if look.is_studio and row.score is not None:
        facts.append((label(Pairing, "score"), str(row.score)))
    reasons = part_rows(row.parts)
    texts = [(reason.label, reason.text) for reason in reasons if reason.text]
    return Item(_("结对结果"), row.starts, _("工作室"), facts=facts, texts=texts)


TALK = ["date", "talkers", "facts", "own_words", "agreed_actions", "limit_date"]


def show_talk(row: ReminderTalk, look: Look) -> Item:
    facts = [(label(ReminderTalk, "talkers"), row.talkers)]
    if row.limit_date:
        facts.append((label(ReminderTalk, "limit_date"), long_date(row.limit_date)))
    texts = worded(row, ["facts", "own_words", "agreed_actions"])
    return Item(_("提醒谈话"), row.date, row.talkers, facts=facts, texts=texts)


CHANGE = ["kind", "date", "until", "reason", "withdraw_reason", "from_mentor", "to_mentor", "replaces", "talk",
          "proposed_by", "decided_by"]  # fmt: skip


def show_change(row: RosterChange, look: Look) -> Item:
    facts = worded(row, ["from_mentor", "to_mentor", "withdraw_reason", "proposed_by", "decided_by"])
    if row.until:
        facts.append((label(RosterChange, "until"), long_date(row.until)))
    reason = [(label(RosterChange, "reason"), row.reason)]
    return Item(str(row.get_kind_display()), row.date, str(row.decided_by), facts=facts, texts=reason)


RECOMMENDATION = Source(
    recommended,
    each(show_recommendation),
    lambda row, look: kept(row, ["recommended_by", "reason", "agreed", "first_project"]),
    owner="pk",
)
REGISTER_CARD = Source(
    lambda: Mentee.objects.for_lists(),
    each(show_card),
    lambda row, look: kept(row.secretary, CARD) | kept(row, ["tier", "status"]),
    owner="pk",
)
LEVELS = Source(
    lambda: Baseline.objects.select_related("subject").order_by("subject__order"),
    show_levels,
    lambda row, look: {"subject": row.subject.code, "level": row.level},
    guarded=False,
)
PAIRINGS = Source(
    lambda: Pairing.objects.for_lists().order_by("starts", "pk"),
    each(show_pairing),
    lambda row, look: kept(row, ["mentor", "mentee", "starts", "ends", "score", "parts", "end_reason"]),
)
TALKS = Source(
    lambda: ReminderTalk.objects.order_by("date", "created_at"), each(show_talk), lambda row, look: kept(row, TALK)
)
CHANGES = Source(
    lambda: RosterChange.objects.select_related(
        "from_mentor__secretary", "to_mentor__secretary", "proposed_by", "decided_by"
    ).order_by("date", "created_at"),
    each(show_change),
    lambda row, look: kept(row, CHANGE),
)
