from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.accounts.models import User
from mentorship.accounts.queries import people_of
from mentorship.common.forms import StudioFormMixin

from .choices import Audience


class MessageForm(StudioFormMixin, forms.Form):
    audience = forms.ChoiceField(label=gettext_lazy("发给谁"), choices=Audience.choices, widget=forms.RadioSelect)
    chosen = forms.ModelMultipleChoiceField(
        label=gettext_lazy("选人"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("上面选了“选几个人”才用得着"),
    )
    title = forms.CharField(label=gettext_lazy("标题"), max_length=60)
    text = forms.CharField(label=gettext_lazy("内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    needs_acknowledgement = forms.BooleanField(label=gettext_lazy("请收到的人签收"), required=False)

    deadline = forms.DateField(
        label=gettext_lazy("请在哪天前办好"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("可以不填；填了，前一天会客气地提醒还没办的人"),
    )

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = people_of(studio).order_by("name")

    def clean(self):
        data = super().clean()
        if data.get("audience") == Audience.CHOSEN and not data.get("chosen"):
            self.add_error("chosen", _("请至少选一个人。"))
        return data


class WithdrawForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("撤回原因"), max_length=100, help_text=gettext_lazy("收到的人会看到这句话")
    )
