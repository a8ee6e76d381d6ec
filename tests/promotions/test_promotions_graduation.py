import datetime
import io
import threading

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from cohorts.choices import MenteeStatus, Stage
from cohorts.models import Mentee
from evaluations.promotions import actions
from evaluations.promotions.certificates import certificate_pdf, seal_of
from evaluations.promotions.models import Certificate, CertificateNumbers
from mentorship.accounts.models import User
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice
from tests.factories import CohortFactory, MenteeFactory, PairingFactory

from .conftest import fresh, set_today

DAY = datetime.date(2019, 8, 15)


@pytest.fixture
def year(cast):
    """The cohort's last day, one pair in training."""
    cohort = cast.cohort
    cohort.starts, cohort.ends, cohort.stage = datetime.date(2018, 8, 15), DAY, Stage.RUNNING
    cohort.save()
    cast.studio.doc_prefix = "梁室"
    cast.studio.save()
    set_today(cast.studio, DAY)
    return cast


def issue(year, mentee=None, **more):
    mentee = fresh(mentee or year.mentee_row)
    return actions.graduate(by=year.lead, mentee=mentee, **{"date": DAY, "grade": "excellent"} | more)


def sign(year, certificate):
    actions.sign_as_mentor(by=User.objects.get(pk=year.mentor.pk), certificate=certificate)
    return actions.sign_as_studio(by=year.lead, certificate=certificate)


def test_what_it_says(year):
    certificate = issue(year)
    assert certificate.full_number == "梁室出〔2019〕01号"
    assert certificate.text == (
        "何嘉怡同志于2018年8月至2019年8月参加“大梁带小梁”书记工作室第一批带教，考核优秀，准予出师。"
    )
    assert certificate.mentor_name == "沈桂芳"
    assert fresh(year.mentee_row).status == MenteeStatus.GRADUATED
    assert issue(year, year.other_mentee_row, grade="pass").full_number == "梁室出〔2019〕02号"


@pytest.mark.usefixtures("unguarded")
def test_a_number_that_was_undone_in_the_same_breath_is_free_but_one_handed_out_never(year):
    first = issue(year)
    CertificateNumbers.objects.filter(last=1).update(last=1)
    Certificate.objects.filter(pk=first.pk).delete()
    assert issue(year, year.other_mentee_row).number == 2, "01 was handed out once"


def test_the_database_refuses_a_number_twice(year):
    first, second = issue(year), issue(year, year.other_mentee_row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=second.pk).update(number=first.number)


def test_nobody_graduates_early_or_twice(year):
    with pytest.raises(Refused) as refused:
        issue(year, date=datetime.date(2019, 5, 1))
    assert refused.value.field == "date"
    issue(year)
    with pytest.raises(Refused, match="不在培"):
        issue(year)


def test_two_hands_sign_the_studio_last(year):
    certificate = issue(year)
    with pytest.raises(Refused, match="最后盖"):
        actions.sign_as_studio(by=year.lead, certificate=certificate)
    with pytest.raises(PermissionDenied):
        actions.sign_as_mentor(by=year.other_mentor, certificate=certificate)
    helped = User.objects.get(pk=year.mentor.pk)
    helped.acting_user = year.officer
    with pytest.raises(PermissionDenied):
        actions.sign_as_mentor(by=helped, certificate=certificate)
    assert sign(year, certificate).is_signed


def test_the_mentor_is_asked_to_sign(year):
    certificate = issue(year)
    notice = Notice.objects.get(kind="certificate_to_sign")
    assert notice.receipts.get().recipient == year.mentor
    assert notice.url == f"/promotions/certificates/{certificate.pk}/"


@pytest.mark.usefixtures("unguarded")
def test_anyone_can_check_it(year, as_):
    certificate = issue(year)
    page = f"/promotions/verify/{certificate.code}/"
    assert as_("anonymous").get(page).status_code == 404, "unsigned, it is not yet a certificate"
    sign(year, certificate)
    text = as_("anonymous").get(page).content.decode()
    assert "真实有效" in text
    assert "何嘉怡" in text
    for private in ("沈桂芳", "优秀", year.mentee_row.secretary.community.name, str(certificate.pk)):
        assert private not in text
    Certificate.objects.filter(pk=certificate.pk).update(grade="good")
    assert "与签发时不一致" in as_("anonymous").get(page).content.decode()
    assert as_("anonymous").get("/promotions/verify/NOTACODE2345/").status_code == 404


def test_a_second_copy_keeps_the_number(year):
    certificate = issue(year)
    with pytest.raises(Refused):
        actions.reissue(by=year.lead, certificate=certificate, reason="遗失")
    sign(year, certificate)
    again = actions.reissue(by=year.lead, certificate=certificate, reason="遗失")
    assert again.shown_number == "梁室出〔2019〕01号（补）"
    assert actions.is_genuine(fresh(certificate))


def test_the_sheet_is_one_landscape_page_with_every_word(year):
    certificate = issue(year)
    proof = pypdf.PdfReader(io.BytesIO(certificate_pdf(certificate)))
    assert "校样" in proof.pages[0].extract_text()
    pdf = pypdf.PdfReader(io.BytesIO(certificate_pdf(sign(year, certificate))))
    assert len(pdf.pages) == 1
    box = pdf.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    text = "".join(pdf.pages[0].extract_text().split())
    for words in ("梁室出〔2019〕01号", "何嘉怡同志", "沈桂芳", "二〇一九年八月十五日", certificate.code):
        assert words in text
    assert "校样" not in text
    assert pdf.metadata.title == "出师证书 梁室出〔2019〕01号"


@pytest.mark.parametrize(("name", "words"), [("沈桂芳", "沈桂芳印"), ("向雪", "向雪之印")])
def test_a_seal_has_four_characters(name, words):
    assert seal_of(name) == words


def test_a_graduate_comes_back_as_a_mentor(year, as_):
    certificate = sign(year, issue(year))
    with pytest.raises(Refused, match="更晚"):
        actions.nominate_graduate(by=year.lead, certificate=certificate, cohort=year.cohort)
    later = CohortFactory(studio=year.studio, name="第二批", starts="2019-08-20", ends="2020-08-20")
    secretary = year.mentee_row.secretary
    secretary.post_since = datetime.date(2000, 1, 1)  # as many years in post as mentors are asked for
    secretary.save()
    mentor = actions.nominate_graduate(by=year.lead, certificate=fresh(certificate), cohort=fresh(later))
    assert (mentor.secretary, mentor.status) == (secretary, "nominated")
    text = as_("lead").get(f"/people/{secretary.pk}/").content.decode()
    assert "第一批学员" in text
    assert "第二批带教书记" in text
    assert certificate.full_number in text


def test_both_histories_stay_open_to_the_one_who_has_them(year, as_):
    """A mentee who becomes a mentor keeps the own certificate, and sees nothing of others for it."""
    certificate = sign(year, issue(year))
    other = issue(year, year.other_mentee_row)
    year.mentee.role_grants.update(role="mentor")
    assert as_("mentee").get(f"/promotions/certificates/{certificate.pk}/").status_code == 200
    assert as_("mentee").get(f"/promotions/certificates/{other.pk}/").status_code == 404


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time by itself")
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_certificates_at_once_get_two_numbers(year):
    mentees = [year.mentee_row.pk, year.other_mentee_row.pk]
    third = MenteeFactory(cohort=fresh(year.cohort))
    PairingFactory(mentor=year.mentor_row, mentee=third, seat=2)
    gate, errors = threading.Barrier(3), []

    def run(pk):
        try:
            gate.wait()
            lead = User.objects.get(pk=year.lead.pk)
            actions.graduate(by=lead, mentee=Mentee.objects.get(pk=pk), date=DAY)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[pk]) for pk in [*mentees, third.pk]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not errors
    assert sorted(Certificate.objects.values_list("number", flat=True)) == [1, 2, 3]
