"""A house without a studio: its operator opens the first one, and until then there is nothing else to see."""

import pytest
from django.urls import reverse

from mentorship.accounts.models import User
from mentorship.audit.models import Entry
from mentorship.places.models import District, Studio
from tests.factories import DistrictFactory, UserFactory

from .test_doors import REGISTRY, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(signed_in):
    return signed_in(User.objects.create_superuser("op", "daliang-2018", name="运维"))


def test_an_operator_opens_the_first_studio(operator):
    district = DistrictFactory()
    index = operator.get(reverse("admin:index"))
    assert index.status_code == 200
    assert url(Studio, "add") in index.content.decode()

    query = {"app_label": "places", "model_name": "studio", "field_name": "district", "term": district.name}
    offered = operator.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [choice["id"] for choice in offered] == [district.pk]

    data = {"code": "jia", "name": "甲区书记工作室", "district": district.pk, "young_age": 45, "veteran_years": 15}
    response = operator.post(url(Studio, "add"), data, follow=True)
    assert response.status_code == 200
    studio = Studio.objects.get(code="jia")
    assert Entry.objects.filter(verb="studio.added", studio_id=studio.pk).count() == 1


def test_without_a_studio_no_list_breaks(operator):
    for model in REGISTRY:
        expected = 200 if model in {Studio, District} else 403
        assert operator.get(url(model, "changelist")).status_code == expected, model


def test_nobody_else_comes_in_without_a_studio(signed_in):
    assert signed_in(UserFactory()).get(reverse("admin:index"), follow=True).status_code == 404
