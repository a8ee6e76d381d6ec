"""出师: the certificate, its number, its two signatures, and the way back as a mentor."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts import actions as cohort_actions
from cohorts.actions.common import locked, refuse_own_case, save_status
from cohorts.choices import MenteeStatus
from cohorts.models import Cohort, Mentee, Mentor, Pairing
from evaluations.assessments.choices import Grade
from evaluations.promotions.models import Certificate, CertificateNumbers
from evaluations.promotions.seal import sealed
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.places.models import Studio


def certificate_facts(certificate: Certificate) -> dict:
    return {name: str(getattr(certificate, name)) for name in Certificate.FACTS}


def is_genuine(certificate: Certificate) -> bool:
    """Whether the row still says what was sealed when it was issued."""
    return sealed(certificate_facts(certificate)) == certificate.digest


def next_number(studio: Studio, year: int) -> int:
    """Never handed out twice: the row is held until the certificate stands or the transaction is undone."""
    CertificateNumbers.objects.get_or_create(studio=studio, year=year)
    row = CertificateNumbers.objects.select_for_update().get(studio=studio, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def text_of(name: str, cohort: Cohort, grade: str) -> str:
    """domain.md §2.22, in the studio's own words; the certificate is in Chinese whoever issues it."""
    period = f"{cohort.starts.year}年{cohort.starts.month}月至{cohort.ends.year}年{cohort.ends.month}月"
    with override("zh-hans"):
        grade = Grade(grade).label
    return f"{name}同志于{period}参加“大梁带小梁”书记工作室{cohort.name}带教，考核{grade}，准予出师。"


@transaction.atomic
def graduate(*, by: User, mentee: Mentee, date: datetime.date, grade: str = Grade.PASS) -> Certificate:
    """Issues the certificate and ends the training. Refused before the cohort's end, for someone not in training, or
    without a mentor whose name could stand on it."""
    cohort = locked(mentee.cohort)
    locked(mentee)
    refuse_own_case(by, mentee)
    if mentee.status not in MenteeStatus.in_training():
        raise Refused(_("%(name)s不在培，不能出师。") % {"name": str(mentee)})
    if date < cohort.ends - datetime.timedelta(days=31):
        raise Refused(_("离这一批结束还有一个多月，不能发出师证书。"), field="date")
    if date > cohort.studio.today():
        raise Refused(_("发证日期不能晚于今天。"), field="date")
    if grade not in Grade.passing():
        raise Refused(_("选一个等次。"), field="grade")
    pairing = Pairing.objects.filter(mentee=mentee).select_related("mentor__secretary").order_by("-starts").first()
    if pairing is None:
        raise Refused(_("%(name)s没有结过对，证书上没有师傅可签。") % {"name": str(mentee)})
    mentor, name = pairing.mentor.secretary, mentee.secretary.name
    certificate = Certificate(
        studio_id=mentee.studio_id, cohort=cohort, mentee=mentee, year=date.year,
        number=next_number(cohort.studio, date.year), prefix=cohort.studio.doc_prefix or "室", date=date, name=name,
        cohort_name=cohort.name, starts=cohort.starts, ends=cohort.ends, grade=grade,
        text=text_of(name, cohort, grade), mentor_name=mentor.name, mentor_user_id=mentor.user_id,
    )  # fmt: skip
    certificate.digest = sealed(certificate_facts(certificate))
    certificate.save()
    save_status(mentee, MenteeStatus.GRADUATED)
    told = {"number": certificate.full_number, "digest": certificate.digest}
    record(by=by, verb="mentee.graduated", on=certificate, studio=mentee.studio_id, after=told)
    notify(
        kind="certificate_to_sign", studio=cohort.studio, to=[certificate.mentor_user], by=by,
        url=reverse("promotions:certificate", args=[certificate.pk]), particulars={"name": name},
    )  # fmt: skip
    return certificate


@transaction.atomic
def sign_as_mentor(*, by: User, certificate: Certificate) -> Certificate:
    """With one's own hands only; a second time changes nothing."""
    if by.is_represented or certificate.mentor_user_id != by.pk:
        raise PermissionDenied
    locked(certificate)
    if certificate.mentor_signed_at is None:
        certificate.mentor_signed_at = timezone.now()
        certificate.save(update_fields=["mentor_signed_at", "updated_at"])
        record(by=by, verb="certificate.mentor_signed", on=certificate, studio=certificate.studio_id)
    return certificate


@transaction.atomic
def sign_as_studio(*, by: User, certificate: Certificate) -> Certificate:
    """The studio's seal, by the project lead, after the mentor's."""
    if by.is_represented:
        raise PermissionDenied
    locked(certificate)
    if certificate.mentor_user_id and certificate.mentor_signed_at is None:
        raise Refused(_("师傅还没有签章，工作室的章最后盖。"))
    if certificate.mentor_user_id == by.pk:
        raise Refused(_("师傅和工作室要由两个人签章。"))
    if certificate.studio_signed_at is None:
        certificate.studio_signed_at, certificate.studio_signed_by = timezone.now(), by
        if certificate.mentor_user_id is None:  # a mentor without an account signed on paper
            certificate.mentor_signed_at = certificate.studio_signed_at
        certificate.save()
        record(by=by, verb="certificate.studio_signed", on=certificate, studio=certificate.studio_id)
    return certificate


@transaction.atomic
def reissue(*, by: User, certificate: Certificate, reason: str) -> Certificate:
    """补发: the same number and the same words, marked 补."""
    locked(certificate)
    if not certificate.is_signed:
        raise Refused(_("还没有签齐，不用补发。"))
    if not reason.strip():
        raise Refused(_("写一句为什么补发。"), field="reason")
    certificate.reissued += 1
    certificate.reissued_on = certificate.studio.today()
    certificate.save(update_fields=["reissued", "reissued_on", "updated_at"])
    told = {"reason": reason.strip(), "number": certificate.shown_number}
    record(by=by, verb="certificate.reissued", on=certificate, studio=certificate.studio_id, after=told)
    return certificate


@transaction.atomic
def nominate_graduate(*, by: User, certificate: Certificate, cohort: Cohort) -> Mentor:
    """A graduate put forward as mentor of a later cohort, by the same door as any other."""
    if cohort.studio_id != certificate.studio_id or cohort.starts <= certificate.starts:
        raise Refused(_("选一个更晚的批次。"), field="cohort")
    secretary = certificate.mentee.secretary
    return cohort_actions.nominate_mentor(
        by=by, cohort=cohort, secretary=secretary, recommender=f"出师学员 {certificate.full_number}"[:60]
    )
