"""What a level rests on besides a log: a signed visit, a picture or a paper."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluations.growth.models import Rating
from evaluations.growth.queries.standing import standing_ratings
from mentorship.common.errors import Refused
from tests.factories.visits import make_visit

UUID = "00000000-0000-4000-8000-000000000000"
PDF = b"%PDF-1.4 \n%%EOF"


def papers(name="方案.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def post(team, client, **more):
    data = {"date": team.today.isoformat(), "note": "", "level_CG1": "3", "level_PB1": "2", "seen_CG1": ""}
    return client.post(reverse("growth:rate", args=[team.mentee_row.pk]), data | more)


def test_a_paper_is_kept_once_and_read_by_those_who_see_the_level(team, as_):
    assert post(team, as_("mentor"), document=papers()).status_code == 302
    ratings = Rating.objects.all()
    assert {row.document.name for row in ratings} == {ratings[0].document.name}
    assert (ratings.count(), ratings[0].document_name) == (2, "方案.pdf")
    address = reverse("growth:document", args=[ratings[0].pk])
    for who, code in (("mentor", 200), ("mentee", 200), ("officer", 200), ("other_mentor", 404), ("other_mentee", 404)):
        answer = as_(who).get(address)
        assert answer.status_code == code, who
        if code == 200:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert b"".join(answer.streaming_content) == PDF
    for name in ("growth", "history"):
        page = as_("mentee").get(reverse(f"growth:{name}", args=[team.mentee_row.pk]))
        assert re.search(reverse("growth:document", args=[UUID]).replace(UUID, "[0-9a-f-]{36}"), page.content.decode())
        assert "方案.pdf" in page.content.decode()


def test_a_false_paper_is_refused_beside_its_field_and_nothing_is_lost(team, as_):
    page = post(team, as_("mentor"), document=papers(content=b"MZ"), note="走访时看到")
    assert page.status_code == 200
    assert page.context["form"].errors["document"]
    assert "走访时看到" in page.content.decode()
    assert not Rating.objects.exists()


def test_a_signed_visit_of_one_s_own_is_evidence(team, as_):
    visit = make_visit(team.mentee_row, team.officer)
    waiting = make_visit(team.mentee_row, team.officer, state="recorded")
    strange = make_visit(team.other_mentee_row, team.officer)
    for other in (waiting, strange):
        assert post(team, as_("officer"), visit=str(other.pk), source="log").status_code == 200
        with pytest.raises(Refused):
            team.rate_several(visit=other)
    assert post(team, as_("officer"), visit=str(visit.pk), source="log").status_code == 302
    rating = next(iter(standing_ratings(team.mentee_row, team.today).values()))
    assert (rating.visit, rating.source) == (visit, "visit")
    page = as_("mentee").get(reverse("growth:history", args=[team.mentee_row.pk])).content.decode()
    assert reverse("visits:visit", args=[visit.pk]) in page


def test_what_no_rating_names_is_not_left_in_the_store(team, as_):
    post(team, as_("mentor"), document=papers())
    storage = Rating._meta.get_field("document").storage
    before = storage.listdir("ratings")
    with pytest.raises(Refused):
        team.rate_several(document=papers(), seen={team.indicator("CG1").pk: None})
    assert storage.listdir("ratings") == before
