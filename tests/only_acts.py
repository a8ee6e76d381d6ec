"""What only acts may set stands in no form. T10: asked of every class of form, and of every form that a page shows."""

import importlib
import pkgutil

from django import forms

from .editing import forms_of

TOPS = ("mentorship", "cohorts", "evaluations")
LEFT_OUT = {"mentorship.wsgi", "mentorship.common.s3"}  # opens the site; needs a library that not every machine has
KEYS = {
    "password", "is_operator", "must_change_password", "digest", "granted_by", "studio", "stage", "status", "revoked_at",
    "locked", "tier", "reserve_rank", "appointed_on", "left_on", "is_active", "last_login",
}  # fmt: skip
# Our own forms are asked about these besides: whoever writes, whose row it is, and what a row has become.
OF_OURS = KEYS | {
    "id", "pk", "state", "author", "by", "is_staff", "is_superuser", "groups", "user_permissions", "session_stamp", "district",
    "created_at", "updated_at", "score", "number", "code", "user", "rater", "signed_by", "signed_at", "sealed_at", "made_by",
}  # fmt: skip
TYPED = "a secret or code that is typed to be looked at, and is stored in no column"
FILTER = "it chooses what a list shows, and changes nothing"
TOLD = "the act takes it, and itself asks whether it may be so"
NUMBER = "into how many groups a class is divided: no groups of rights"
ALLOWED = {  # class: the fields of OF_OURS that it has, and why
    "mentorship.accounts.forms.SignInForm": ({"password"}, TYPED),
    "mentorship.accounts.forms.PasswordAgainForm": ({"password"}, TYPED),
    "mentorship.accounts.forms.SecondFactorForm": ({"code"}, TYPED),
    "mentorship.accounts.forms.AuthenticatorForm": ({"code"}, TYPED),
    "cohorts.letters.forms.letters.CodeForm": ({"code"}, TYPED),
    "cohorts.filters.PoolFilter": ({"state"}, FILTER),
    "evaluations.archive.filters.FilesFilter": ({"state"}, FILTER),
    "mentorship.people.forms.LeaveForm": ({"left_on"}, TOLD),
    "cohorts.training.forms.attendance.AskForm": ({"state"}, TOLD),  # which kind of absence is asked for
    "cohorts.training.forms.attendance.SettleForm": ({"state"}, TOLD),
    "cohorts.meetings.forms.products.ProductForm": ({"author"}, TOLD),  # whose method it is; who wrote it down is apart
    "cohorts.training.forms.sessions.SessionForm": ({"groups"}, NUMBER),
    "cohorts.training.forms.sessions.ChangeForm": ({"groups"}, NUMBER),
    "evaluations.promotions.forms.reviews.MemberForm": ({"user"}, TOLD),  # who sits on the panel
}


def path_of(form_class: type) -> str:
    return f"{form_class.__module__}.{form_class.__qualname__}"


def is_ours(form_class: type) -> bool:
    parts = form_class.__module__.split(".")
    return parts[0] in TOPS and "admin" not in parts and form_class.__module__ != "mentorship.common.admin"


def form_classes() -> dict[str, type]:
    """Every form of the product but the admin's, by its path."""
    return {path_of(form_class): form_class for form_class in every_form() if is_ours(form_class)}


def every_form() -> set[type]:
    """All modules are imported first, so that none is missed."""
    for top in TOPS:
        for module in pkgutil.walk_packages(importlib.import_module(top).__path__, f"{top}."):
            if ".migrations" not in module.name and module.name not in LEFT_OUT:
                importlib.import_module(module.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {form_class for form_class in below if form_class.__module__.split(".")[0] in TOPS}
    return found


def beyond(form_class: type, fields) -> set[str]:
    """Fields that the form should not have."""
    return (OF_OURS & set(fields)) - ALLOWED.get(path_of(form_class), (set(),))[0]


def shown_beyond(response) -> dict[str, set[str]]:
    """The same of each form on a page, with the fields that it got while the page was made."""
    ours = [form for form in forms_of(response) if is_ours(type(form))]
    return {path_of(type(form)): more for form in ours if (more := beyond(type(form), form.fields))}
