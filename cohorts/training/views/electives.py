from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.training import actions
from cohorts.training.access import APPRENTICES, EDITORS, course_for, session_for
from cohorts.training.choices import EnrolmentState
from cohorts.training.forms import ChooseForm, CourseForm, PlaceForm
from cohorts.training.models import Enrolment, Session
from cohorts.training.queries import cards_for, due_on, late_choosers, menu, own_row, preview_of, standing_of
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.versions import acted

RANKS = {"first": 1, "second": 2, "third": 3, "given": None}


def elective_for(user, pk, permission=None) -> Session:
    row = session_for(user, pk, permission)
    if not row.is_elective:
        raise Http404
    return row


@page(APPRENTICES)
def choose(request, pk):
    """The apprentice's wishes, with their own hands."""
    row = elective_for(request.user, pk)
    mine = own_row(request.user, row)
    if mine is None or request.user.is_represented:
        raise PermissionDenied
    cards = cards_for(row, mine)
    form = ChooseForm(sent(request), cards=cards)
    if form.is_bound and form.is_valid():
        wishes = form.wishes()
        if acted(form, actions.choose, by=request.user, mentee=mine, session=row, courses=wishes):
            day = row.choose_by.isoformat()
            words = _("记下了，%(day)s以前都可以改。") if wishes else _("志愿撤回了，%(day)s以前可以再选。")
            messages.success(request, words % {"day": day})
            return redirect("training:session", pk)
    return render(
        request,
        "training/choose.html",
        {"session": row, "form": form, "cards": cards, "open": row.is_open_to_choose(row.studio.today())},
    )


@page(APPRENTICES)
def leave(request, pk):
    """The apprentice gives back a place or a turn on the list; asked on a page of its own."""
    row = elective_for(request.user, pk)
    mine = own_row(request.user, row)
    place = standing_of(mine, row) if mine else None
    if place is None or request.user.is_represented:
        raise PermissionDenied
    if request.method == "POST":
        return left(request, place, row)
    waits = place.course.enrolments.waiting().count()
    return render(request, "training/leave.html", {"session": row, "place": place, "waits": waits, "own": True})


@page(EDITORS)
def drop(request, pk):
    """`pk` is a place or a turn that the studio takes back."""
    rows = Enrolment.objects.visible_to(request.user).for_lists().select_related("session__studio")
    place = get_object_or_404(rows, pk=pk)
    row = session_for(request.user, place.session_id, Permission.TRAINING_EDIT)
    if request.method == "POST":
        return left(request, place, row, back="training:courses")
    waits = place.course.enrolments.waiting().count()
    return render(request, "training/leave.html", {"session": row, "place": place, "waits": waits})


def left(request, place, row, back="training:session"):
    try:
        moved = actions.leave_place(by=request.user, enrolment=place)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        words = _("退了，候补的%(name)s补上了。") % {"name": moved.mentee} if moved else _("退了。")
        messages.success(request, words)
    return redirect(back, row.pk)


@page(EDITORS)
def courses(request, pk):
    """The menu from the studio's side: who wishes what, and after the allocation who is where."""
    row = elective_for(request.user, pk, Permission.TRAINING_EDIT)
    due = list(due_on(row).for_lists())
    rows = list(row.enrolments.exclude(state=EnrolmentState.LEFT).for_lists())
    placed = {each.mentee_id for each in rows if each.state == EnrolmentState.PLACED}
    without = [mentee for mentee in due if mentee.pk not in placed] if row.allocated_at else []
    listed = list(menu(row))
    free = [course for course in listed if course.placed < course.capacity]
    form = PlaceForm(sent(request), people=without, courses=free)
    ready = form.is_bound and row.allocated_at and form.is_valid()
    if ready and acted(form, actions.place, by=request.user, **form.cleaned_data):
        messages.success(request, _("安排好了，已经通知本人。"))
        return redirect("training:courses", pk)
    return render(
        request,
        "training/courses.html",
        {
            "session": row, "courses": [(each, in_course(rows, each)) for each in listed], "without": without,
            "late": late_choosers(row, due), "due": len(due), "free": free, "form": form, "today": row.studio.today(),
        },
    )  # fmt: skip


def in_course(rows, course) -> list[Enrolment]:
    """Those with a place, then the waiting list in its order."""
    of_course = [row for row in rows if row.course_id == course.pk]
    return sorted(of_course, key=lambda row: (row.position or 0, row.mentee.secretary.sort_key))


@page(EDITORS)
def add_course(request, pk):
    row = elective_for(request.user, pk, Permission.TRAINING_EDIT)
    form = CourseForm(sent(request), session=row)
    valid = form.is_bound and form.is_valid()
    if valid and acted(form, actions.add_course, by=request.user, session=row, **form.cleaned_data):
        messages.success(request, _("加上了。"))
        return redirect("training:courses", pk)
    return render(request, "training/course_form.html", {"session": row, "form": form})


@page(EDITORS)
def change_course(request, pk):
    course = course_for(request.user, pk, Permission.TRAINING_EDIT)
    form = CourseForm(sent(request), session=course.session, instance=course)
    valid = form.is_bound and form.is_valid()
    if valid and acted(form, actions.change_course, by=request.user, course=course, **form.cleaned_data):
        messages.success(request, _("改好了。"))
        return redirect("training:courses", course.session_id)
    return render(request, "training/course_form.html", {"session": course.session, "form": form, "course": course})


@page(EDITORS)
@require_POST
def remove_course(request, pk):
    course = course_for(request.user, pk, Permission.TRAINING_EDIT)
    try:
        actions.remove_course(by=request.user, course=course)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("删去了。"))
    return redirect("training:courses", course.session_id)


@page(EDITORS)
def allocate(request, pk):
    """The result before it is given out; posting it does so."""
    row = elective_for(request.user, pk, Permission.TRAINING_EDIT)
    if row.allocated_at:
        return redirect("training:courses", pk)
    if request.method == "POST":
        try:
            actions.apply_allocation(by=request.user, session=row, seen=request.POST.get("seen", ""))
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("分好了，每个人都会收到通知。"))
            return redirect("training:courses", pk)
    due = due_on(row).for_lists()
    over = bool(row.choose_by and row.studio.today() > row.choose_by)
    found = preview_of(row, due)
    counts = {name: found.counts[rank] for name, rank in RANKS.items()}
    return render(request, "training/allocate.html", {"session": row, "preview": found, "over": over, **counts})
