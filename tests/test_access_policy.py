"""Forgetting a check fails loudly: every page names its policy."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from mentorship.accounts.access import Policy, needs, page
from mentorship.accounts.permissions import Permission

from .walk import patterns

PUBLIC = {
    "letters:verify",
    "letters:verify_code",
    "accounts:login",
    "accounts:preferences",
    "accounts:card_sign_in",
    "dashboards:help",
    "dashboards:accessibility",
    "dashboards:healthz",
    "upkeep:readyz",
    "dashboards:service_worker",
    "dashboards:offline",
    "promotions:board",
    "promotions:object",
    "promotions:object_thanks",
    "promotions:verify",
    "calendar:feed",
    "clinic:guest",
}


@pytest.mark.parametrize(("name", "view"), list(patterns()))
def test_every_page_names_its_policy(name, view):
    policy = getattr(view, "access_policy", None) or getattr(getattr(view, "view_class", None), "access_policy", None)
    assert isinstance(policy, Policy), f"{name} names no access policy"
    assert policy.public == (name in PUBLIC), f"{name}: public pages are listed here, and nowhere else"


def test_the_walk_finds_the_pages():
    assert {"dashboards:home", "people:register", "accounts:login"} <= {name for name, _ in patterns()}


def test_a_policy_is_enforced(rf, cast):
    view = page(needs(Permission.REGISTER_VIEW))(lambda request: HttpResponse("seen"))
    request = rf.get("/")
    request.user = cast.lead
    assert view(request).status_code == 200
    request.user = cast.mentor
    with pytest.raises(PermissionDenied):
        view(request)
