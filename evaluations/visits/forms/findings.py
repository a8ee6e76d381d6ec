"""One finding, and what becomes of it."""

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.forms.cohort import DateInput
from evaluations.logs.forms.logs import ACCEPT, PhotosField, Several, words_box
from evaluations.visits.choices import Severity
from evaluations.visits.models import Finding, Visit
from evaluations.visits.queries.rules import days_for, latest_due
from mentorship.common.errors import Refused
from mentorship.common.forms import StudioFormMixin
from mentorship.common.templatetags.wording import short_date
from mentorship.common.versions import SEEN, SeenMixin
from mentorship.people.models import Secretary

DONE, GOING = "done", "going"
CLOSE, BACK = "close", "back"
GRANT, DECLINE = "grant", "decline"
LONGEST = 600


class FindingForm(SeenMixin, StudioFormMixin, forms.Form):
    """Without a day it is due when the rules say."""

    text = forms.CharField(
        label=gettext_lazy("发现了什么"), max_length=200, widget=words_box(2),
        help_text=gettext_lazy("一条写一件事，看得见的写清楚。居民写成张阿婆、7号楼某户这样。"),
    )  # fmt: skip
    level = forms.ChoiceField(label=gettext_lazy("程度"), widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=gettext_lazy("依据（可不填）"), required=False, max_length=200,
        help_text=gettext_lazy("在哪里看到的：哪一页、哪一户、哪一天"),
    )  # fmt: skip
    action = forms.CharField(label=gettext_lazy("怎么改"), max_length=200, widget=words_box(2))
    due = forms.DateField(
        label=gettext_lazy("整改期限（可不填）"), required=False, widget=DateInput,
        help_text=gettext_lazy("空着就按规定的最后一天；可以早，不能晚。"),
    )  # fmt: skip
    owner = forms.ModelChoiceField(label=gettext_lazy("谁负责改"), queryset=None, required=False, empty_label=None)
    photos = PhotosField(
        label=gettext_lazy("照片（可不传）"), required=False, widget=Several(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy("当时的样子，最多6张"),
    )  # fmt: skip

    def __init__(self, *args, visit: Visit, finding: Finding | None = None, **kwargs):
        if finding:
            names = ["text", "level", "evidence", "action", "due", "owner"]
            kwargs["initial"] = {name: getattr(finding, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.value, in_days(visit, level)) for level in Severity]
        self.fields["level"].initial = Severity.MINOR
        own = visit.mentee.secretary
        people = Secretary.objects.filter(studio=visit.studio_id, community=visit.community_id, left_on=None)
        people = (people | Secretary.objects.filter(pk=own.pk)).distinct()
        if people.count() > 1:
            self.fields["owner"].queryset = people
            self.fields["owner"].initial = own
        else:
            del self.fields["owner"]
        self.watch(finding, lambda row: FindingForm(visit=visit, finding=row), hold=visit)

    @property
    def helper(self):
        helper = super().helper
        owner = ["owner"] if "owner" in self.fields else []
        seen = [SEEN] if SEEN in self.fields else []
        helper.layout = Layout(
            *seen, "text", Field("level", wrapper_class="choices"), "evidence", "action", "due", *owner, "photos"
        )
        return helper


def in_days(visit: Visit, level: Severity) -> str:
    """“较重（30个工作日内，1月3日前）”; without the day where the holidays aren't known."""
    facts = {"level": level.label, "n": days_for(visit.cohort, level)}
    try:
        return _("%(level)s：%(n)s个工作日，到%(day)s") % (facts | {"day": short_date(latest_due(visit, level))})
    except Refused:
        return _("%(level)s：%(n)s个工作日") % facts


class ReportForm(StudioFormMixin, forms.Form):
    """How far it is, or that it is mended."""

    how = forms.ChoiceField(
        label=gettext_lazy("到哪一步了"), widget=forms.RadioSelect,
        choices=[(DONE, gettext_lazy("改好了，请来看")), (GOING, gettext_lazy("还在改，先写一句"))],
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("怎么改的"), max_length=LONGEST, widget=words_box(4),
        help_text=gettext_lazy("做了什么、改成什么样。点键盘上的话筒，可以说话代替打字。"),
    )  # fmt: skip
    photos = PhotosField(
        label=gettext_lazy("照片（可不传）"), required=False, widget=Several(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy("改好的样子，最多6张"),
    )  # fmt: skip

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout(Field("how", wrapper_class="choices"), "text", "photos")
        return helper


class CheckForm(StudioFormMixin, forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("看下来"), widget=forms.RadioSelect,
        choices=[(CLOSE, gettext_lazy("改好了，销号")), (BACK, gettext_lazy("还差一点，退回再改"))],
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("说明"), required=False, max_length=LONGEST, widget=words_box(3),
        help_text=gettext_lazy("退回要写还差什么；销号可以不写"),
    )  # fmt: skip

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout(Field("how", wrapper_class="choices"), "text")
        return helper


class ExtensionForm(StudioFormMixin, forms.Form):
    new_due = forms.DateField(label=gettext_lazy("想延到哪一天"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("为什么"), max_length=200, widget=words_box(3))


class DecideForm(StudioFormMixin, forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("答复"), widget=forms.RadioSelect,
        choices=[(GRANT, gettext_lazy("同意延期")), (DECLINE, gettext_lazy("不同意，按原来的期限"))],
    )  # fmt: skip
    answer = forms.CharField(
        label=gettext_lazy("说明"), required=False, max_length=200, widget=words_box(2),
        help_text=gettext_lazy("不同意要写一句原因；同意可以不写"),
    )  # fmt: skip

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout(Field("how", wrapper_class="choices"), "answer")
        return helper
