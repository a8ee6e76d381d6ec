from django.contrib.auth.backends import BaseBackend
from django.db.models import Q

from . import throttle
from .models import User


class UsernameOrPhoneBackend(BaseBackend):
    """Signs in by account name or phone, at every door (the admin's too).

    The password is hashed first, whether or not the account exists, is active, or has to wait: the time taken
    tells nothing. `request.sign_in_waits` says afterwards that too many tries came before this one.
    """

    def authenticate(self, request, username=None, password=None):
        if not username or password is None:
            return None
        found = list(User.objects.filter(Q(username=username) | Q(phone=username)).order_by("username")[:5])
        goals = throttle.password_goals(username, found)
        attempts = throttle.begin(request, goals)
        if not found:
            User().set_password(password)
        matching = [user for user in found if user.check_password(password) and user.is_active]
        user = matching[0] if matching else None
        if throttle.must_wait(attempts, user):
            if request is not None:
                request.sign_in_waits = True
            throttle.forget(attempts)
            return None
        if user:
            throttle.succeed(attempts, next(goal for goal in goals if goal.user is user))
        return user

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, is_active=True).first()
