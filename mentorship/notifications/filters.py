import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.common.filters import StudioFilterSet

from .models import Notice, Receipt

STATES = [("open", _("还有人没办")), ("due", _("有期限的")), ("withdrawn", _("已撤回"))]


def said(prefix: str, value: str) -> Q:
    """Looks through messages in someone's own words, and who sent them."""
    return (
        Q(**{f"{prefix}particulars__title__icontains": value})
        | Q(**{f"{prefix}particulars__text__icontains": value})
        | Q(**{f"{prefix}sender__name__icontains": value})
    )


class InboxFilter(StudioFilterSet):
    q = django_filters.CharFilter(label=_("标题、内容或发送人"), method="search")

    class Meta:
        model = Receipt
        fields = []

    def search(self, queryset, name, value):
        return queryset.filter(said("notice__", value))


class SentFilter(StudioFilterSet):
    q = django_filters.CharFilter(label=_("标题、内容或发送人"), method="search")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=STATES, method="in_state", empty_label=_("全部"))

    class Meta:
        model = Notice
        fields = []

    def search(self, queryset, name, value):
        return queryset.filter(said("", value))

    def in_state(self, queryset, name, value):
        if value == "withdrawn":
            return queryset.exclude(withdrawn_at=None)
        if value == "due":
            return queryset.exclude(deadline=None)
        active = Q(receipts__recipient__is_active=True)
        unsigned = active & Q(needs_acknowledgement=True, receipts__acknowledged_at=None)
        unread = active & Q(needs_acknowledgement=False, receipts__read_at=None)
        waiting = Notice.objects.standing().filter(unsigned | unread)
        return queryset.filter(pk__in=waiting.values("pk"))
