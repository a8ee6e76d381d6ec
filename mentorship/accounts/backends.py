from django.contrib.auth.backends import BaseBackend
from django.db.models import Q

from .models import User


class UsernameOrPhoneBackend(BaseBackend):
    """Signs in by account name or phone. Costs one hash whether or not the account exists."""

    def authenticate(self, request, username=None, password=None):
        if not username or password is None:
            return None
        found = list(User.objects.filter(Q(username=username) | Q(phone=username)).order_by("username")[:5])
        if not found:
            User().set_password(password)
            return None
        return next((user for user in found if user.is_active and user.check_password(password)), None)

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, is_active=True).first()
