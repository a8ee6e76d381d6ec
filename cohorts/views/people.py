"""One person of a cohort: a mentor or a mentee, shown as far as the reader may see."""

from django.http import Http404
from django.shortcuts import render

from cohorts.access import mentee_for, mentor_for
from cohorts.choices import MenteeStatus, MentorStatus, Stage
from cohorts.models import Mentee, Mentor, Pairing, ReminderTalk, RosterChange, RosterProposal
from cohorts.words import part_rows
from mentorship.accounts.access import SIGNED_IN, page
from mentorship.accounts.permissions import Permission
from mentorship.common.private_files import private_response

FOR_LISTS = ["from_mentor__secretary", "to_mentor__secretary", "replaces__secretary", "proposed_by", "decided_by"]


@page(SIGNED_IN)
def mentor(request, pk):
    row = mentor_for(request.user, pk)
    pairs = list(Pairing.objects.visible_to(request.user).filter(mentor=row).for_lists())
    seen = set(Mentee.objects.visible_to(request.user).filter(pairings__mentor=row).values_list("pk", flat=True))
    views_all = request.user.can(Permission.COHORT_VIEW, row.studio)
    return render(
        request,
        "cohorts/mentor.html",
        {
            "mentor": row,
            "cohort": row.cohort,
            "now": [pair for pair in pairs if pair.ends is None],
            "past": [pair for pair in pairs if pair.ends is not None] if views_all else [],
            "seen": seen,
            "strengths": list(row.strengths.select_related("subject")),
            "views_all": views_all,
            "criteria": criteria_of(row) if views_all else [],
            "may_edit": request.user.can(Permission.COHORT_EDIT, row.studio),
            "may_decide": request.user.can(Permission.COHORT_DECIDE, row.studio),
            "may_log": bool(pairs) and request.user.can(Permission.LOG_EDIT, row.studio),
            "to_assess": row.status in {MentorStatus.NOMINATED, MentorStatus.ASSESSED},
            "to_appoint": row.status == MentorStatus.ASSESSED,
        },
    )


def criteria_of(row: Mentor) -> list[tuple]:
    """(criterion, rating in words, evidence)."""
    return [
        (
            row._meta.get_field(name).verbose_name,
            getattr(row, f"get_{name}_display")(),
            getattr(row, f"{name}_evidence"),
        )
        for name in Mentor.CRITERIA
    ]


@page(SIGNED_IN)
def mentee(request, pk):
    row = mentee_for(request.user, pk)
    pairs = list(Pairing.objects.visible_to(request.user).filter(mentee=row).for_lists().order_by("-starts"))
    current = next((pair for pair in pairs if pair.ends is None), None)
    levels = [(item.subject, item.level) for item in row.baseline.select_related("subject")]
    return render(
        request,
        "cohorts/mentee.html",
        {
            "mentee": row,
            "cohort": row.cohort,
            "secretary": row.secretary,
            "pair": current,
            "pairs": pairs,
            "parts": part_rows(current.parts, {subject.code: subject for subject, _level in levels}) if current else [],
            "levels": [(subject, level, row.cohort.framework.level_name(level)) for subject, level in levels],
            "radar_values": [level for _subject, level in levels],
            "radar_labels": [s.short for s, _level in levels],
            "changes": RosterChange.objects.visible_to(request.user).filter(mentee=row).select_related(*FOR_LISTS),
            "proposals": RosterProposal.objects.visible_to(request.user)
            .filter(mentee=row)
            .select_related("proposed_by", "decided_by"),
            "talks": ReminderTalk.objects.visible_to(request.user).filter(mentee=row),
            "mentors_seen": set(
                Mentor.objects.visible_to(request.user).filter(pairings__mentee=row).values_list("pk", flat=True)
            ),
            **rights(request.user, row, current),
        },
    )


def rights(user, row: Mentee, pair: Pairing | None) -> dict[str, bool]:
    """Which acts the page offers; each act's own page checks again."""
    running = row.cohort.stage in Stage.with_pairs()
    trained = running and row.status in MenteeStatus.in_training()
    decides, works = user.can(Permission.COHORT_DECIDE, row.studio), user.can(Permission.ROSTER_EDIT, row.studio)
    return {
        "views_all": user.can(Permission.COHORT_VIEW, row.studio),
        "views_growth": user.can(Permission.RATING_VIEW, row.studio)
        or user.pk in {row.secretary.user_id, pair and pair.mentor.secretary.user_id},
        "may_measure": user.can(Permission.COHORT_EDIT, row.studio),
        "may_talk": works and running,
        "may_pause": works and trained and pair and row.status != MenteeStatus.PAUSED,
        "may_resume": works and trained and pair and row.status == MenteeStatus.PAUSED,
        "may_repair": decides and trained and pair,
        "may_extend": works and trained and pair and row.status == MenteeStatus.CHOSEN,
        "may_withdraw": works and trained,
        "may_substitute": decides and running and row.status == MenteeStatus.WITHDRAWN
        and not RosterChange.objects.filter(replaces=row).exists(),
        "may_decline": decides and row.cohort.is_open_to_selection
        and row.status in {MenteeStatus.RECOMMENDED, MenteeStatus.RESERVE, MenteeStatus.CHOSEN},
    }  # fmt: skip


@page(SIGNED_IN)
def portrait(request, pk):
    """The picture of a mentor or mentee whom the reader may see; `pk` is the member's."""
    for members in (Mentor.objects, Mentee.objects):
        member = members.visible_to(request.user).filter(pk=pk).select_related("secretary").first()
        if member and member.secretary.portrait:
            return private_response(member.secretary.portrait, content_type="image/jpeg", filename=f"{pk}.jpg")
    raise Http404
