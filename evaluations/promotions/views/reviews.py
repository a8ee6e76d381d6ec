from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.access import cohort_for
from cohorts.choices import Tier
from cohorts.models import Mentee
from cohorts.views.common import sent
from evaluations.promotions import actions
from evaluations.promotions.access import (
    CLERKS,
    INSIDERS,
    LEADS,
    READERS,
    candidate_for,
    member_for,
    review_for,
    seat_of,
)
from evaluations.promotions.forms import CandidateForm, KeyForm, MemberForm, OpenForm, RecuseForm
from evaluations.promotions.forms.reviews import PANEL_TIERS
from evaluations.promotions.models import Candidate, PublicNotice, Review
from evaluations.promotions.pages import dossier_rows, panel_of, rule_words, steps_of
from evaluations.promotions.queries import dossier_of, suggestions, to_vote
from mentorship.accounts.access import SIGNED_IN, StepUp, page
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission as P
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal
from mentorship.common.paging import page_of

from .common import ask, carried, pressed


@page(READERS)
def promotions(request):
    rows = Review.objects.visible_to(request.user).filter(studio=request.studio).for_lists().order_by("-date", "pk")
    user, studio = request.user, request.studio
    return render(
        request,
        "promotions/promotions.html",
        {
            "page": page_of(request, rows, 30),
            "waiting": to_vote(user),
            "cohorts": studio.cohorts.taught().begun_first(studio)
            if studio and user.can(P.PROMOTION_EDIT, studio)
            else [],
            "notices": PublicNotice.objects.visible_to(user).filter(studio=studio)[:5],
            "may_decide": bool(studio) and user.can(P.PROMOTION_DECIDE, studio),
            "may_edit": bool(studio) and user.can(P.PROMOTION_EDIT, studio),
            "may_read": bool(studio) and user.can(P.PROMOTION_VIEW, studio),
        },
    )


@page(SIGNED_IN)
def ladder(request):
    return render(request, "promotions/ladder.html", {"tiers": Tier})


def people_in(studio):
    """Everyone who holds a role in the studio now."""
    rows = User.objects.filter(role_grants__studio=studio, role_grants__revoked_at=None, is_active=True)
    return rows.distinct().order_by("name")


@page(CLERKS)
def open_review(request, pk):
    """`pk` is the cohort; ?to= names the rung above."""
    cohort = cohort_for(request.user, pk, P.PROMOTION_EDIT)
    asked = request.POST.get("to_tier") or request.GET.get("to")
    to_tier = asked if asked in dict(PANEL_TIERS) else Tier.TOP
    found = suggestions(cohort, to_tier)
    rows = Mentee.objects.filter(pk__in=[row.mentee.pk for row in found]).select_related("secretary")
    may_except = request.user.can(P.PROMOTION_DECIDE, cohort.studio)
    form = OpenForm(
        sent(request), mentees=rows, may_except=may_except, initial={"date": cohort.studio.today(), "to_tier": to_tier}
    )
    if made := carried(form, actions.open_review, by=request.user, cohort=cohort):
        messages.success(request, _("评审建好了，接下来请评委。"))
        return redirect("promotions:members", made.pk)
    context = {"cohort": cohort, "form": form, "found": found, "tiers": PANEL_TIERS, "to_tier": to_tier}
    return render(request, "promotions/open.html", context)


@page(LEADS)
def key(request, pk):
    """骨干学员, by the project lead; `pk` is the cohort."""
    cohort = cohort_for(request.user, pk, P.PROMOTION_DECIDE)
    rows = Mentee.objects.in_training().filter(cohort=cohort, tier=Tier.MENTEE).select_related("secretary")
    form = KeyForm(sent(request), mentees=rows, initial={"date": cohort.studio.today()})
    if carried(form, actions.name_key_mentees, by=request.user, cohort=cohort):
        messages.success(request, _("列入了。"))
        return redirect("promotions:promotions")
    text = _("半年评估前40%的学员，由项目负责人审定，不用评审会。评估还没有数据时，请写清依据。")
    back = reverse("promotions:promotions")
    return ask(request, form, title=_("列入骨干学员"), back=back, button=_("确定列入"), text=text)


@page(INSIDERS)
def review(request, pk):
    row = review_for(request.user, pk)
    user, studio = request.user, row.studio_id
    panel = panel_of(row)
    seat = seat_of(user, row)
    edits = user.can(P.PROMOTION_EDIT, studio)
    return render(
        request,
        "promotions/review.html",
        {
            "review": row,
            "panel": panel,
            "steps": steps_of(row),
            "rule": rule_words(row),
            "seat": seat,
            "my_vote": panel.voting and seat and panel.may_vote(seat),
            "may_edit": edits and row.is_open,
            "may_attend": edits and row.is_open and panel.voting is None,
            "may_decide": user.can(P.PROMOTION_DECIDE, studio),
            "notice": PublicNotice.objects.filter(review=row).first(),
        },
    )


@page(CLERKS)
def members(request, pk):
    row = review_for(request.user, pk, P.PROMOTION_EDIT)
    form = MemberForm(sent(request), people=people_in(row.studio_id))
    if carried(form, actions.add_member, by=request.user, review=row):
        messages.success(request, _("加上了。"))
        return redirect("promotions:members", row.pk)
    panel = panel_of(row)
    return render(request, "promotions/members.html", {"review": row, "form": form, "panel": panel})


@page(CLERKS)
@require_POST
def member_remove(request, pk):
    member = member_for(request.user, pk, P.PROMOTION_EDIT)
    to = reverse("promotions:members", args=[member.review_id])
    return pressed(request, actions.remove_member, _("拿掉了。"), to, member=member)


@page(CLERKS)
@require_POST
def attend(request, pk):
    """Present or not, as the button says."""
    member = member_for(request.user, pk, P.PROMOTION_EDIT)
    present = request.POST.get("present") == "1"
    to = f"{reverse('promotions:review', args=[member.review_id])}#panel"
    return pressed(request, actions.mark_present, _("记下了。"), to, member=member, present=present)


def panel_candidate(request, pk) -> Candidate:
    """For the panel and the studio; the person concerned has a page of their own."""
    row = candidate_for(request.user, pk)
    if not Review.objects.visible_to(request.user).filter(pk=row.review_id).exists():
        raise Http404
    return row


@page(INSIDERS)
def candidate(request, pk):
    row = panel_candidate(request, pk)
    edits = request.user.can(P.PROMOTION_EDIT, row.studio_id) and row.review.is_open
    facts = row.dossier or dossier_of(row.mentee)
    context = {
        "candidate": row, "review": row.review, "facts": dossier_rows(facts), "dossier": facts, "may_edit": edits,
        "recusals": row.recusals.select_related("member"), "words": statements(row),
    }  # fmt: skip
    return render(request, "promotions/candidate.html", context)


def statements(row: Candidate) -> list:
    names = [*Candidate.WORDS, "discussion"]
    return [(Candidate._meta.get_field(name).verbose_name, getattr(row, name)) for name in names]


@page(CLERKS)
def candidate_edit(request, pk):
    row = candidate_for(request.user, pk, P.PROMOTION_EDIT)
    form = CandidateForm(sent(request), instance=candidate_for(request.user, pk), initial={"version": row.version})
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            actions.edit_candidate(by=request.user, candidate=row, **form.facts())
        except Refused as refused:
            add_refusal(form, refused)
            conflict = isinstance(refused, actions.Stale)
            row = candidate_for(request.user, pk)
            if conflict:  # having seen both, the reader may send again
                form.data = form.data.copy()
                form.data["version"] = row.version
        else:
            messages.success(request, _("存好了。"))
            return redirect("promotions:candidate", row.pk)
    context = {"candidate": row, "form": form, "conflict": conflict, "words": statements(row)}
    return render(request, "promotions/candidate_edit.html", context)


@page(CLERKS)
def recuse(request, pk):
    row = candidate_for(request.user, pk, P.PROMOTION_EDIT)
    form = RecuseForm(sent(request), members=row.review.members.exclude(recusals__candidate=row))
    if carried(form, actions.recuse, by=request.user, candidate=row):
        messages.success(request, _("记下了。"))
        return redirect("promotions:review", row.review_id)
    back = reverse("promotions:review", args=[row.review_id])
    text = _("师傅对自己的徒弟自动回避，不用记。回避的仍算应到。")
    title = _("%(name)s：回避") % {"name": row}
    return ask(request, form, title=title, back=back, button=_("记下回避"), text=text)


@page(LEADS, step_up=StepUp.ACT)
@require_POST
def conclude(request, pk):
    row = review_for(request.user, pk, P.PROMOTION_DECIDE)
    to = reverse("promotions:review", args=[row.pk])
    return pressed(request, actions.conclude, _("议定了，结果已经封存。"), to, review=row)


@page(INSIDERS)
def minutes(request, pk):
    row = review_for(request.user, pk)
    context = {
        "review": row, "panel": panel_of(row), "rule": rule_words(row),
        "back_url": reverse("promotions:review", args=[row.pk]),
    }  # fmt: skip
    return render(request, "promotions/minutes.html", context)
