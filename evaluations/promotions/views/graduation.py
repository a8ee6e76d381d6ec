import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.access import cohort_for
from cohorts.models import Cohort, Mentee
from cohorts.views.common import sent
from evaluations.promotions import actions
from evaluations.promotions.access import CLERKS, INSIDERS, LEADS, RECORDS, certificate_for
from evaluations.promotions.certificates import certificate_pdf as pdf_for
from evaluations.promotions.forms import GraduateForm, HolidayForm, NominateForm, ReissueForm
from evaluations.promotions.models import Certificate
from mentorship.accounts.access import PUBLIC, page, require
from mentorship.accounts.permissions import Permission as P
from mentorship.accounts.throttle import Guessing
from mentorship.common.paging import page_of
from mentorship.common.qr import qr_of
from mentorship.places.models import Holiday

from .common import ask, carried, pressed

wrong_codes = Guessing("certificate code", most=10, within=datetime.timedelta(minutes=1))


@page(RECORDS)
def graduates(request):
    rows = Certificate.objects.visible_to(request.user).filter(studio=request.studio).for_lists()
    decides = bool(request.studio) and request.user.can(P.PROMOTION_DECIDE, request.studio)
    context = {
        "page": page_of(request, rows, 50),
        "cohorts": request.studio.cohorts.taught().begun_first(request.studio) if decides else [],
        "mentors": mentors_again(request.studio),
    }
    return render(request, "promotions/graduates.html", context)


def mentors_again(studio) -> dict:
    """Secretary to the cohort whose mentor they became."""
    if studio is None:
        return {}
    rows = Certificate.objects.filter(studio=studio, mentee__secretary__mentorships__isnull=False)
    return dict(rows.values_list("mentee__secretary", "mentee__secretary__mentorships__cohort__name"))


@page(LEADS)
def graduate(request, pk):
    """`pk` is the cohort."""
    cohort = cohort_for(request.user, pk, P.PROMOTION_DECIDE)
    rows = Mentee.objects.in_training().filter(cohort=cohort).select_related("secretary")
    form = GraduateForm(sent(request), mentees=rows, initial={"date": cohort.studio.today()})
    if made := carried(form, actions.graduate, by=request.user):
        messages.success(request, _("证书拟好了，等师傅签章。"))
        return redirect("promotions:certificate", made.pk)
    back = reverse("promotions:graduates")
    text = _("编号自动接着上一张，发出去的号不再用。先由师傅签章，再盖工作室的章。")
    return ask(request, form, title=_("发出师证书"), back=back, button=_("拟证书"), text=text)


@page(INSIDERS)
def certificate(request, pk):
    row = certificate_for(request.user, pk)
    user, decides = request.user, request.user.can(P.PROMOTION_DECIDE, row.studio_id)
    as_mentor = row.mentor_user_id == user.pk and not user.is_represented and not row.mentor_signed_at
    ready = row.mentor_signed_at or not row.mentor_user_id
    context = {
        "certificate": row, "qr": qr_of(reverse("promotions:verify", args=[row.code])), "as_mentor": as_mentor,
        "as_studio": decides and ready and not row.studio_signed_at and row.mentor_user_id != user.pk,
        "may_decide": decides, "genuine": actions.is_genuine(row),
        "may_edit": user.can(P.PROMOTION_EDIT, row.studio_id),
    }  # fmt: skip
    return render(request, "promotions/certificate.html", context)


@page(INSIDERS)
@require_POST
def certificate_sign(request, pk):
    """The mentor's hand, or the studio's seal, by who presses it."""
    row = certificate_for(request.user, pk)
    to = reverse("promotions:certificate", args=[row.pk])
    if row.mentor_user_id == request.user.pk:
        return pressed(request, actions.sign_as_mentor, _("签好了。"), to, certificate=row)
    require(request.user, P.PROMOTION_DECIDE, row.studio_id)
    return pressed(request, actions.sign_as_studio, _("盖好了。"), to, certificate=row)


@page(INSIDERS)
def certificate_pdf(request, pk):
    row = certificate_for(request.user, pk)
    if not row.is_signed and not request.user.can(P.PROMOTION_EDIT, row.studio_id):
        raise PermissionDenied  # an unsigned certificate leaves the house only as a proof
    response = HttpResponse(pdf_for(row), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="certificate-{row.year}-{row.number:02}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(LEADS)
def certificate_reissue(request, pk):
    row = certificate_for(request.user, pk, P.PROMOTION_DECIDE)
    form = ReissueForm(sent(request))
    back = reverse("promotions:certificate", args=[row.pk])
    if carried(form, actions.reissue, by=request.user, certificate=row):
        messages.success(request, _("补发了，号不变。"))
        return redirect(back)
    text = _("号和正文都不变，证书上多一个“补”字。")
    return ask(request, form, title=_("补发证书"), back=back, button=_("补发"), text=text)


@page(LEADS)
def certificate_nominate(request, pk):
    """The graduate comes back as a mentor."""
    row = certificate_for(request.user, pk, P.COHORT_EDIT)
    require(request.user, P.PROMOTION_DECIDE, row.studio_id)
    later = Cohort.objects.visible_to(request.user).filter(studio=row.studio_id, starts__gt=row.starts)
    form = NominateForm(sent(request), cohorts=later)
    back = reverse("promotions:certificate", args=[row.pk])
    if made := carried(form, actions.nominate_graduate, by=request.user, certificate=row):
        messages.success(request, _("推荐了，接下来考察。"))
        return redirect("cohorts:mentor", made.pk)
    text = _("师带徒、徒成师：推荐以后，同别的人选一样考察、聘任。")
    title = _("推荐%(name)s为带教书记") % {"name": row.name}
    return ask(request, form, title=title, back=back, button=_("推荐"), text=text, nothing=not later.exists())


def signed_with(code: str) -> Certificate | None:
    row = Certificate.objects.filter(code=code.upper()).select_related("studio").first()
    return row if row and row.is_signed else None


@page(PUBLIC)
def verify(request, code):
    """Genuine or altered, and the least that tells which paper is meant. An unsigned one is not yet a certificate."""
    waits = wrong_codes.must_wait(request)
    row = None if waits else signed_with(code)
    if not row and not waits:
        wrong_codes.count(request)
    context = {"certificate": row, "genuine": bool(row) and actions.is_genuine(row), "waits": waits}
    return render(request, "promotions/verify.html", context, status=429 if waits else 200 if row else 404)


@page(CLERKS)
def holidays(request):
    require(request.user, P.PROMOTION_EDIT, request.studio)
    form = HolidayForm(sent(request))
    if carried(form, actions.set_holiday, by=request.user, studio=request.studio):
        messages.success(request, _("记下了。"))
        return redirect("promotions:holidays")
    rows = Holiday.objects.filter(studio=request.studio)
    return render(request, "promotions/holidays.html", {"form": form, "page": page_of(request, rows, 60)})


@page(CLERKS)
@require_POST
def holiday_remove(request, pk):
    row = get_object_or_404(Holiday.objects.visible_to(request.user), pk=pk)
    require(request.user, P.PROMOTION_EDIT, row.studio_id)
    to = reverse("promotions:holidays")
    return pressed(request, actions.remove_holiday, _("拿掉了，这一天照全国的安排。"), to, holiday=row)
