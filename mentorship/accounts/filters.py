import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .models import RoleGrant, SignInCard, User
from .roles import Role

STATES = [("active", _("在用")), ("closed", _("已停用")), ("card", _("有登录卡"))]


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("姓名、账号或手机"), method="search")
    role = django_filters.ChoiceFilter(label=_("角色"), choices=Role.choices, method="with_role", empty_label=_("全部"))
    state = django_filters.ChoiceFilter(label=_("情况"), choices=STATES, method="in_state", empty_label=_("全部"))

    class Meta:
        model = User
        fields = []

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio

    def search(self, people, name, words):
        words = words.strip()
        return people.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(phone__startswith=words))

    def with_role(self, people, name, role):
        held = RoleGrant.objects.current().filter(studio=self.studio, role=role)
        return people.filter(pk__in=held.values("user"))

    def in_state(self, people, name, state):
        if state == "card":
            return people.filter(pk__in=SignInCard.objects.usable().values("user"))
        return people.filter(is_active=state == "active")
