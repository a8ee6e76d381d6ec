from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.common.forms import StudioFormMixin
from mentorship.common.versions import SeenMixin
from mentorship.places.models import Subdistrict

from . import actions, throttle
from .access import office_permissions
from .models import Passkey, User
from .passkeys import Site
from .queries import people_of
from .roles import ROLES, Role
from .validators import least_length

WAIT = gettext_lazy("试的次数多了，请过15分钟再试，或者打电话给组织员。")


class SignInForm(StudioFormMixin, forms.Form):
    username = forms.CharField(label=gettext_lazy("手机号或账号"), max_length=150)
    password = forms.CharField(label=gettext_lazy("密码"), strip=False, max_length=200, widget=forms.PasswordInput)
    remember = forms.BooleanField(label=gettext_lazy("这是我自己的手机，30天内免登录"), required=False)

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user = request, None

    def clean(self):
        data = super().clean()
        if data.get("username") and data.get("password"):
            self.user = authenticate(self.request, username=data["username"].strip(), password=data["password"])
            if self.user is None:
                waits = getattr(self.request, "sign_in_waits", False)
                raise forms.ValidationError(str(WAIT) if waits else _("账号或密码不对，请再看看。"))
        return data


class CodeField(forms.CharField):
    """Six digits of an authenticator, or a recovery code from paper."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        )
        super().__init__(max_length=40, widget=widget, **kwargs)


class SecondFactorForm(StudioFormMixin, forms.Form):
    """A code, or the answer of a passkey, which a script puts in. `challenge`: what the passkey was asked to sign."""

    code = CodeField(label=gettext_lazy("六位码或备用码"), required=False)
    passkey = forms.CharField(required=False, max_length=20000, widget=forms.HiddenInput)

    def __init__(self, *args, request, user: User, site: Site, challenge: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user, self.site, self.challenge = request, user, site, challenge

    def clean(self):
        data = super().clean()
        if data.get("passkey"):
            if not actions.show_passkey(
                user=self.user, answer=data["passkey"], challenge=self.challenge, site=self.site
            ):
                raise forms.ValidationError(_("这把通行密钥没有认出来，请再试一次，或者写一个码。"))
        elif data.get("code"):
            self.try_code(data["code"])
        else:
            self.add_error("code", _("这一项还空着，请补上。"))
        return data

    def try_code(self, code: str) -> None:
        goal = throttle.code_goal(self.user)
        attempts = throttle.begin(self.request, [goal])
        if throttle.must_wait(attempts, None):
            throttle.forget(attempts)
            self.add_error("code", WAIT)
        elif actions.show_code(user=self.user, code=code):
            throttle.succeed(attempts, goal)
        else:
            self.add_error("code", _("这个码不对，或者用过了。等下一个码再试。"))


def own_password(request, user: User, typed: str, wrong: str) -> str:
    """Counted like a try at the door: an open browser is no place to guess either."""
    found = authenticate(request, username=user.username, password=typed)
    if found is None or found.pk != user.pk:
        raise forms.ValidationError(str(WAIT) if getattr(request, "sign_in_waits", False) else wrong)
    return typed


class PasswordAgainForm(StudioFormMixin, forms.Form):
    """The second look of those who have no second factor."""

    password = forms.CharField(
        label=gettext_lazy("密码"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self):
        return own_password(self.request, self.user, self.cleaned_data["password"], _("密码不对，请再看看。"))


class AuthenticatorForm(StudioFormMixin, forms.Form):
    code = forms.CharField(
        label=gettext_lazy("手机上现在的六位码"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class PasskeyForm(StudioFormMixin, forms.ModelForm):
    class Meta:
        model = Passkey
        fields = ["name"]
        help_texts = {"name": gettext_lazy("比如“我的手机”“办公室电脑”")}


class NewPasswordForm(StudioFormMixin, forms.Form):
    old = forms.CharField(
        label=gettext_lazy("现在的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("新密码再写一遍"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user = request, request.user
        words = _("至少%(n)s个字，不要全是数字，也不要用姓名和太常见的词。可以写一句话，汉字和空格都行。")
        self.fields["new"].help_text = words % {"n": least_length(self.user)}

    def clean_old(self):
        return own_password(self.request, self.user, self.cleaned_data["old"], _("现在的密码不对。"))

    def clean_new(self):
        new = self.cleaned_data["new"]
        validate_password(new, self.user)
        if new == self.cleaned_data.get("old"):
            raise forms.ValidationError(_("新密码要和现在的不一样。"))
        return new

    def clean(self):
        data = super().clean()
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("两次写的不一样。"))
        return data


class AccountForm(StudioFormMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "name", "name_en", "phone", "email", "title"]


class PersonForm(SeenMixin, StudioFormMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "name_en", "phone", "email", "title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.watch(self.instance, lambda row: PersonForm(instance=row))


class RoleForm(StudioFormMixin, forms.Form):
    """Which role, and where it needs one, in which 街镇. Offers only what the giver may give."""

    role = forms.ChoiceField(label=gettext_lazy("角色"))
    subdistrict = forms.ModelChoiceField(
        label=gettext_lazy("街镇"),
        queryset=Subdistrict.objects.none(),
        required=False,
        help_text=gettext_lazy("只有街镇联络员要选"),
    )

    def __init__(self, *args, by, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("请选"))] + [
            (role, Role(role).label)
            for role in ROLES
            if all(by.can(permission, studio) for permission in office_permissions(role))
        ]
        self.fields["subdistrict"].queryset = studio.subdistricts


class AssistantForm(StudioFormMixin, forms.Form):
    helper = forms.CharField(label=gettext_lazy("协助录入人"), max_length=40, help_text=gettext_lazy("写账号或手机号"))

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio

    def clean_helper(self):
        """A person of the same studio; the answer is the same for a stranger and for nobody."""
        typed = self.cleaned_data["helper"].strip()
        people = people_of(self.studio)
        found = list(people.filter(username=typed)[:1] or people.filter(phone=typed)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("工作室里没有找到这个账号或手机号。"))
        return found[0]


class CardForm(StudioFormMixin, forms.Form):
    last_digits = forms.RegexField(
        r"^\d{4}$",
        label=gettext_lazy("手机号最后四位"),
        strip=True,
        error_messages={"invalid": gettext_lazy("请写四个数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4}),
    )
