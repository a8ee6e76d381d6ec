"""T73: who is erased leaves nothing behind but what the table says is kept, and in the end nothing but the trail."""

import datetime
import uuid
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import Stage
from cohorts.models import Cohort
from evaluations.archive.models import BoundFile, ExportJob
from evaluations.logs.models import Draft, TeachingLog
from mentorship.accounts.models import RoleGrant, SignInCard, User
from mentorship.audit import guards
from mentorship.audit.models import Entry
from mentorship.audit.verify import verify_all
from mentorship.common.errors import Refused
from mentorship.common.personal import At
from mentorship.notifications.models import Notice
from mentorship.people.models import Secretary
from mentorship.privacy.actions import erase, finish_erasure
from mentorship.privacy.models import Erasure, OwnCopy
from mentorship.privacy.persons import Person
from tests.factories import SecretaryFactory, UserFactory

from .privacy_kit import (
    CANARY,
    clear_canaries,
    columns_with,
    everyone_leaves,
    files_with,
    kept_fields,
    person_of,
    put_canaries,
)

DURING, AFTER = datetime.date(2026, 1, 5), datetime.date(2060, 1, 5)


@pytest.fixture
def over(world):
    clear_canaries()
    everyone_leaves(world.cohort)
    return world


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_no_canary_is_left_but_in_what_is_kept(over, who, django_capture_on_commit_callbacks):
    person = person_of(getattr(over, who))
    Notice.objects.filter(studio=over.studio).update(particulars={"title": "x", "text": f"请{person.secretary.name}来"})
    Draft.objects.create(
        owner=person.user,
        hands=person.user,
        form="reflection",
        client_key=uuid.uuid4(),
        content={"text": CANARY},
        saved_at=timezone.now(),
    )
    put = put_canaries(person)
    assert {"people.Secretary.note", "accounts.User.username", "logs.Draft.content"} <= put
    assert len(put) > 20
    assert files_with()
    person = person_of(getattr(over, who))
    with django_capture_on_commit_callbacks(execute=True):
        erasure = erase(by=over.lead, person=person, reason="书面申请", today=DURING)
    left = columns_with()
    assert left <= kept_fields(At.PAPER, At.PAPER_NAME, At.FOREVER) | derived()
    assert not left & {
        "people.Secretary.note",
        "people.Secretary.phone",
        "accounts.User.username",
        "logs.Draft.content",
    }
    assert "people.Secretary.name" in left, "the papers must still say whose they are"
    assert (erasure.finished_on, erasure.papers_until > DURING) == (None, True)

    with django_capture_on_commit_callbacks(execute=True):
        assert finish_erasure(erasure=erasure, today=AFTER)
    assert columns_with() <= kept_fields(At.FOREVER)
    assert files_with() == []
    assert all(not verdict.fault for verdict in verify_all())


def derived() -> set[str]:
    """Made from what is kept, and made anew with it."""
    return kept_fields(At.DERIVED) | {"clinic_search_index", "clinic_search_index_content", "clinic_search_index_data"}


def test_names_in_notices_of_others_go_at_once(over):
    name = over.mentee_row.secretary.name
    Notice.objects.filter(pk=over.notice.pk).update(particulars={"title": "来", "rows": [{"who": f"{name}、沈桂芳"}]})
    person = person_of(over.mentee)
    erase(by=over.lead, person=person, reason="书面申请", today=DURING)
    over.notice.refresh_from_db()
    assert over.notice.particulars["rows"] == [{"who": f"{person.word}、沈桂芳"}]
    assert name not in person.word


def test_everybody_of_a_world_can_be_erased_to_the_end(over):
    """No promise of the database stands in the way of emptying any row."""
    people = [over.mentor, over.mentee, over.other_mentee, over.other_mentor, over.officer, over.leader, over.reviewer]
    for user in people:
        erasure = erase(by=over.lead, person=person_of(user), reason="书面申请", today=AFTER)
        assert erasure.finished_on == AFTER
    for secretary in Secretary.objects.filter(pk__in=[user.secretary.pk for user in people[:4]]):
        assert secretary.name.startswith("已注销")
        assert (secretary.phone, bool(secretary.portrait), secretary.birth.year) == ("", False, 1900)
        assert secretary.spelling.startswith("yizhuxiao")
    over.log.refresh_from_db()
    assert (over.log.text, over.log.title) == ("已删除", "已删除")
    assert guards.faults() == [], "afterwards the guards stand again"


def test_an_account_that_may_not_lift_guards_is_told_so(over, monkeypatch):
    def not_the_owner(*models):
        raise ProgrammingError("must be owner of table letters_letter")

    monkeypatch.setattr(guards, "lifted", not_the_owner)
    with pytest.raises(Refused, match="数据库主人"):
        erase(by=over.lead, person=person_of(over.mentee), reason="书面申请", today=AFTER)
    assert not Erasure.objects.exists()


def test_the_account_ends(over):
    erase(by=over.lead, person=person_of(over.mentee), reason="书面申请", today=DURING)
    user = User.objects.get(pk=over.mentee.pk)
    assert (user.is_active, user.has_usable_password(), user.phone, user.email) == (False, False, "", "")
    assert not RoleGrant.objects.filter(user=user, revoked_at=None).exists()
    assert not SignInCard.objects.filter(user=user).exists()


def test_zips_in_which_they_stand_go_too(over, django_capture_on_commit_callbacks):
    job = over.job
    job.file.save("files.zip", ContentFile(b"PK"), save=True)
    copy = OwnCopy.objects.create(
        user=over.mentee, language="en", state="done", finished_at="2026-01-01T00:00Z", file=job.file.name
    )
    with django_capture_on_commit_callbacks(execute=True):
        erase(by=over.lead, person=person_of(over.mentee), reason="书面申请", today=DURING)
    job.refresh_from_db()
    assert (job.state, job.file.name) == ("expired", "")
    assert not ExportJob._meta.get_field("file").storage.exists(copy.file.name)
    assert not OwnCopy.objects.filter(pk=copy.pk).exists()


def test_papers_wait_for_the_longest_bound_file(over):
    BoundFile.objects.filter(mentee=over.mentee_row).update(retain_until=datetime.date(2041, 3, 1))
    erasure = erase(by=over.lead, person=person_of(over.mentor), reason="书面申请", today=DURING)
    assert erasure.papers_until == datetime.date(2041, 3, 1), "the mentor stands in the mentee's file"
    assert not finish_erasure(erasure=erasure, today=datetime.date(2041, 3, 1))
    assert finish_erasure(erasure=erasure, today=datetime.date(2041, 3, 2))
    assert not finish_erasure(erasure=erasure, today=datetime.date(2041, 3, 2)), "once"


def test_who_was_in_no_cohort_is_gone_at_once(cast):
    secretary = SecretaryFactory(studio=cast.studio, name="方可", phone="13800001111", left_on="2025-01-01")
    erasure = erase(by=cast.lead, person=Person.of_secretary(secretary), reason="书面申请", today=DURING)
    secretary.refresh_from_db()
    assert (erasure.papers_until, erasure.finished_on) == (None, DURING)
    assert (secretary.phone, secretary.name[:3]) == ("", "已注销")


def test_the_trail_says_so_without_a_name(over):
    name = over.mentee_row.secretary.name
    erase(by=over.lead, person=person_of(over.mentee), reason="书面申请", today=DURING)
    entry = Entry.objects.get(verb="person.erased")
    assert entry.actor_name == over.lead.name
    assert name not in f"{entry.object_name}{entry.before}{entry.after}"
    assert entry.after["papers_until"]


def test_who_is_needed_or_on_the_register_stays(world):
    person = person_of(world.mentee)
    with pytest.raises(Refused, match="还在名册上"):
        erase(by=world.lead, person=person, reason="申请", today=DURING)
    Secretary.objects.filter(pk=person.secretary.pk).update(left_on=DURING)
    Cohort.objects.filter(pk=world.cohort.pk).update(stage=Stage.RUNNING)
    with pytest.raises(Refused, match="当学员"):
        erase(by=world.lead, person=person_of(world.mentee), reason="申请", today=DURING)
    assert not Erasure.objects.exists()
    assert User.objects.get(pk=world.mentee.pk).is_active


def test_not_oneself_not_twice_not_an_operator(over):
    with pytest.raises(Refused, match="不能注销自己"):
        erase(by=over.lead, person=person_of(over.lead), reason="申请", today=DURING)
    erase(by=over.lead, person=person_of(over.mentee), reason="申请", today=DURING)
    with pytest.raises(Refused, match="已经注销过"):
        erase(by=over.lead, person=person_of(over.mentee), reason="申请", today=DURING)
    User.objects.filter(pk=over.officer.pk).update(is_operator=True)
    with pytest.raises(Refused, match="运维"):
        erase(by=over.lead, person=person_of(over.officer), reason="申请", today=DURING)


def test_a_role_elsewhere_stops_it(over):
    RoleGrant.objects.create(user=over.officer, studio=over.other_studio, role="officer")
    with pytest.raises(Refused, match="别处还有角色"):
        erase(by=over.lead, person=person_of(over.officer), reason="申请", today=DURING)


def test_a_role_that_is_over_elsewhere_stops_it_and_nothing_from_there_is_shown(over, as_):
    RoleGrant.objects.create(user=over.mentee, studio=over.other_studio, role="mentee", revoked_at=timezone.now())
    person = person_of(over.mentee)
    with pytest.raises(Refused, match="别处还有角色"):
        erase(by=over.lead, person=person, reason="申请", today=DURING)
    page = as_("lead").get(reverse("privacy:erase_secretary", args=[person.secretary.pk]))
    assert (page.status_code, page.context["plan"]) == (200, None)
    assert as_("stranger").get(reverse("privacy:erase_account", args=[over.mentee.pk])).status_code in {403, 404}
    erase(by=UserFactory(is_operator=True), person=person_of(over.mentee), reason="申请", today=DURING)


def test_a_failure_leaves_everything(over, monkeypatch):
    def broken(*args):
        raise OSError("index")

    monkeypatch.setattr("mentorship.privacy.erasing.answers_to", lambda question: [broken])
    before = Secretary.objects.get(pk=over.mentee_row.secretary_id)
    before.portrait.save("p.jpg", ContentFile(b"portrait"), save=True)
    with pytest.raises(OSError, match="index"):
        erase(by=over.lead, person=person_of(over.mentee), reason="申请", today=DURING)
    assert Secretary.objects.get(pk=before.pk).name == before.name
    assert before.portrait.storage.exists(before.portrait.name)
    assert not Erasure.objects.exists()


def test_the_search_forgets(over):
    TeachingLog.objects.filter(pk=over.log.pk).update(text=f"{CANARY}走访", privacy="shared")
    call_command("index_clinic", stdout=StringIO())
    assert {"clinic.SearchText.body", "clinic_search_index"} <= columns_with()
    erase(by=over.lead, person=person_of(over.mentor), reason="申请", today=AFTER)
    assert columns_with() == set()


# The pages


def test_the_page_tells_what_goes_and_what_stays(over, as_):
    url = reverse("privacy:erase_account", args=[over.mentee.pk])
    page = as_("lead").get(url).content.decode()
    for words in ("带教档案要留到", "换成代号", "拜师帖", "操作记录"):
        assert words in page
    name = over.mentee_row.secretary.name
    wrong = as_("lead").post(url, {"reason": "书面申请", "typed_name": "别人"}).content.decode()
    assert "请核对是不是这个人" in wrong
    named = as_("lead").post(url, {"reason": f"{name}申请", "typed_name": name}).content.decode()
    assert "请不要写姓名" in named
    assert not Erasure.objects.exists()
    done = as_("lead").post(url, {"reason": "书面申请", "typed_name": name}, follow=True)
    assert "已经注销" in done.content.decode()
    erasure = Erasure.objects.get()
    assert (erasure.by, erasure.user) == (over.lead, over.mentee)
    again = as_("lead").get(url).content.decode()
    assert "typed_name" not in again


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(cast, as_, count_queries, rows):
    for _ in range(rows):
        Erasure.objects.create(
            studio=cast.studio, user=UserFactory(), reason="申请", done_on=DURING, finished_on=DURING, by=cast.lead
        )
    lead = as_("lead")
    lead.get(reverse("privacy:erasures"))
    assert count_queries(lambda: lead.get(reverse("privacy:erasures"))) == 7
