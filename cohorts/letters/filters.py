import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentor
from mentorship.common.filters import StudioFilterSet

from .choices import LetterState
from .models import ApprenticeshipLetter

HANDED_IN = [(state.value, state.label) for state in LetterState if state != LetterState.DRAFT]


class LetterFilter(StudioFilterSet):
    """Chooses among the letters that the reader may see; offers only mentors who have one."""

    q = django_filters.CharFilter(label=_("学员姓名或拼音"), method="search")
    mentor = django_filters.ModelChoiceFilter(
        label=_("师傅"), field_name="pairing__mentor", queryset=None, empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(label=_("状态"), choices=HANDED_IN, empty_label=_("全部"))

    class Meta:
        model = ApprenticeshipLetter
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mentors = self.queryset.order_by().values("pairing__mentor")
        self.filters["mentor"].queryset = Mentor.objects.filter(pk__in=mentors).for_lists()

    def search(self, letters, name, words):
        """By the name of either side, or the start of its pinyin."""
        words = words.strip()
        letters_of = words.lower().replace(" ", "")
        found = Q()
        for side in ("pairing__mentee__secretary", "pairing__mentor__secretary"):
            found |= Q(**{f"{side}__name__icontains": words})
            found |= Q(**{f"{side}__spelling__startswith": letters_of}) | Q(
                **{f"{side}__initials__startswith": letters_of}
            )
        return letters.filter(found) if words else letters
