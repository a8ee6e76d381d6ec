"""An officer who must have a second factor, and a hand at the clock of their sessions."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from mentorship.accounts import sessions
from mentorship.accounts.models import User
from mentorship.accounts.roles import Role
from mentorship.people.models import Secretary
from tests.conftest import make_studio, person_with
from tests.factories import CommunityFactory, SecretaryFactory, SubdistrictFactory

from .conftest import PASSWORD


def make() -> None:
    studio = make_studio()
    officer = person_with(studio, Role.OFFICER, "龙飞")
    officer.username = "long"
    officer.set_password(PASSWORD)
    officer.save()
    community = CommunityFactory(subdistrict=SubdistrictFactory(district=studio.district))
    SecretaryFactory(studio=studio, name="何嘉怡", community=community)


def pass_time(seconds: str) -> None:
    """For the officer's sessions it is that much later."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        if session.get("_auth_user_id") == str(User.objects.get(username="long").pk):
            for mark in (sessions.SEEN, sessions.BEGAN, sessions.LOOKED):
                session[mark] = session.get(mark, 0) - int(seconds)
            session.save()


def notes() -> None:
    print(Secretary.objects.get(name="何嘉怡").note, end="")
