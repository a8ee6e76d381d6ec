"""The one base of every admin class. It closes the side doors of the stock admin: whatever a form, a list, a filter,
an autocompletion, an action or a history shows or takes comes from `get_queryset`, which holds the rows of one studio.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.filters import RelatedFieldListFilter, SimpleListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ShowFacets
from django.contrib.admin.utils import get_fields_from_path, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import transaction
from django.forms.models import InlineForeignKeyField
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .errors import Refused
from .forms import ReadableMixin, add_refusal

OWNER = "studio"
RANGES = ("", "__exact", "__isnull", "__gte", "__lt")


def has_field(model, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


class ScopedRelatedFilter(RelatedFieldListFilter):
    """Offers the rows of the studio, not of the country."""

    def field_choices(self, field, request, model_admin):
        return [(row.pk, str(row)) for row in model_admin.choices_of(field.remote_field.model, request)]


class StudioForm(ReadableMixin, forms.ModelForm):
    """Belongs to the studio one works in, and notices when someone else changed the row in the meantime."""

    owner = by = None  # the studio and the reader, set by the admin class for each request
    watches = True
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and has_field(type(self.instance), OWNER):
            self.instance.studio = self.owner
        if self.watched:
            self.fields["seen"].initial = self.stamp
        else:
            del self.fields["seen"]

    @property
    def watched(self) -> bool:
        return self.watches and not self.instance._state.adding and hasattr(self.instance, "updated_at")

    @property
    def stamp(self) -> str:
        return self.instance.updated_at.isoformat()

    def clean(self):
        cleaned = super().clean()
        if self.watched and self.cleaned_data.pop("seen", "") != self.stamp:
            raise forms.ValidationError(_("您打开以后，有人改过这一条。请重新打开再改，免得盖掉别人的改动。"))
        return cleaned

    def _get_validation_exclusions(self):
        """A constraint on the studio is checked although the studio is no field of the form."""
        constrained = any(OWNER in getattr(rule, "fields", ()) for rule in self._meta.model._meta.constraints)
        return super()._get_validation_exclusions() - ({OWNER} if constrained else set())


class ActForm(StudioForm):
    """Saving is an act of ours, which keeps the rules and the trail; it is rehearsed while the form is checked."""

    def act(self):
        """Does it, from `cleaned_data`; returns the row; raises Refused."""
        raise NotImplementedError

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            with transaction.atomic():
                try:
                    self.act()
                except Refused as refused:
                    add_refusal(self, refused)
                transaction.set_rollback(True)
        return cleaned

    def validate_constraints(self):
        """The act has looked, and has better words."""


class Scoped:
    """What admin classes and their inlines share: rights by permission, choices by scope.

    `view_needs`, `edit_needs`, `add_needs` are permissions in the studio one works in; None is never.
    """

    view_needs = edit_needs = add_needs = None
    form = StudioForm

    def allowed(self, request, needs) -> bool:
        return bool(needs and request.studio and request.user.can(needs, request.studio))

    def has_view_permission(self, request, obj=None):
        return self.allowed(request, self.view_needs)

    def has_change_permission(self, request, obj=None):
        return self.allowed(request, self.edit_needs)

    def has_add_permission(self, request, obj=None):
        return self.allowed(request, self.add_needs)

    def has_delete_permission(self, request, obj=None):
        return False  # rows are ended, never deleted

    def choices_of(self, model, request):
        """The rows of another model that this request may name."""
        related = self.admin_site.get_model_admin(model)
        return related.get_queryset(request).select_related(*related.list_select_related or ())

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = self.choices_of(db_field.remote_field.model, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["queryset"] = self.choices_of(db_field.remote_field.model, request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_view_related = False
        return field


class StudioAdmin(Scoped, admin.ModelAdmin):
    """`section` places the model on the index. `act_needs` is the permission for the actions on its list."""

    section = None
    act_needs = None
    trail_noun = ""  # what the audit trail calls the model, where its own name isn't the word
    list_select_related = ()
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    view_on_site = False
    save_on_top = False

    # Rows

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_queryset(self, request):
        return self.of_studio(super().get_queryset(request).visible_to(request.user), request.studio)

    def of_studio(self, rows, studio):
        return rows.filter(**{OWNER: studio})

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    # Lists

    def get_list_filter(self, request):
        def scoped(item):
            if isinstance(item, str) and get_fields_from_path(self.model, item)[-1].is_relation:
                return (item, ScopedRelatedFilter)
            return item

        return [scoped(item) for item in super().get_list_filter(request)]

    def lookup_allowed(self, lookup, value, request):
        """Only what a filter on the page asks for: no question about columns that aren't shown."""
        allowed = set()
        for item in self.get_list_filter(request):
            if isinstance(item, type) and issubclass(item, SimpleListFilter):
                allowed.add(item.parameter_name)
                continue
            path = item if isinstance(item, str) else item[0]
            field = get_fields_from_path(self.model, path)[-1]
            if field.is_relation:
                allowed |= {f"{path}__{field.target_field.name}__exact", f"{path}__isnull"}
            else:
                allowed |= {f"{path}{ending}" for ending in RANGES}
        return lookup in allowed

    # Forms

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.owner, form.by = request.studio, request.user
        return form

    def get_changeform_initial_data(self, request):
        return {}  # nothing comes into a form from the address

    # Acts

    def has_act_permission(self, request) -> bool:
        return self.allowed(request, self.act_needs)

    def confirm(self, request, queryset, *, title: str, words: str):
        """None once the reader has said yes; else the page that asks, naming the rows."""
        if request.POST.get("confirmed"):
            return None
        context = {
            **self.admin_site.each_context(request), "title": title, "words": words, "rows": queryset, "opts": self.opts,
            "action": request.POST["action"], "checkbox": ACTION_CHECKBOX_NAME, "media": self.media,
        }  # fmt: skip
        return TemplateResponse(request, "admin/confirm_action.html", context)

    def each(self, request, queryset, act: Callable[[Any], Any], done: str) -> None:
        """Does the act on each row; says how many were done, and why not for the others."""
        count = 0
        for row in queryset:
            try:
                act(row)
                count += 1
            except Refused as refused:
                self.message_user(request, f"{row}：{refused.message}", messages.WARNING)
        if count:
            self.message_user(request, done % {"n": count}, messages.SUCCESS)

    # The trail: ours, in the same transaction, instead of the stock log

    def save_model(self, request, obj, form, change):
        if isinstance(form, ActForm):
            obj.pk = form.act().pk
            obj.refresh_from_db()
            return
        form.stood = self.model._base_manager.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        row = form.instance
        several = [name for name in form.changed_data if self.is_several(name)]
        before = {name: self.named(row, name) for name in several} if change else {}
        super().save_related(request, form, formsets, change)
        if isinstance(form, ActForm):
            return
        after = {name: self.named(row, name) for name in several}
        for name in form.changed_data:
            if has_field(self.model, name) and name not in several:
                after[name] = getattr(row, name)
                if change:
                    before[name] = getattr(form.stood, name)
        self.trace(request, row, "changed" if change else "added", before, after)

    def save_formset(self, request, form, formset, change):
        formset.save()
        initial = {inner.instance.pk: inner.initial for inner in formset.forms}
        for row, names in formset.changed_objects:
            before = {name: initial[row.pk].get(name) for name in names}
            self.trace(request, row, "changed", before, {name: getattr(row, name) for name in names})
        for row in formset.new_objects:
            self.trace(request, row, "added", {}, {"name": str(row)})

    def trace(self, request, row, act: str, before: dict, after: dict) -> None:
        if after:
            noun = self.trail_noun if isinstance(row, self.model) else ""
            verb = f"{noun or row._meta.model_name}.{act}"
            self.admin_site.trail.record(request, verb=verb, on=row, before=before, after=after)

    def is_several(self, name: str) -> bool:
        return has_field(self.model, name) and self.model._meta.get_field(name).many_to_many

    @staticmethod
    def named(row, name: str) -> list[str]:
        return [str(item) for item in getattr(row, name).all()]

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("操作记录：%(name)s") % {"name": obj},
            "subtitle": None,
            "entries": self.admin_site.trail.about(request, obj),
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/object_history.html", context)


class ReadOnly(StudioAdmin):
    """Looked at here, changed by its own acts elsewhere."""


class OwnRows(forms.BaseInlineFormSet):
    """Takes the keys of the parent's own rows; Django would look for them among everyone's."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        key = form.fields.get(self._pk_field.name)
        if isinstance(key, forms.ModelChoiceField) and not isinstance(key, InlineForeignKeyField):
            key.queryset = self.queryset


class StudioInline(Scoped, admin.TabularInline):
    """Rows of the parent and of its studio. Nothing is deleted, and nothing can be moved to another parent."""

    formset = OwnRows
    extra = 0
    can_delete = False
    show_change_link = False

    class Form(StudioForm):
        watches = False

    form = Form
    select_related = ()

    def get_queryset(self, request):
        return super().get_queryset(request).filter(**{OWNER: request.studio}).select_related(*self.select_related)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.owner = request.studio
        return formset
