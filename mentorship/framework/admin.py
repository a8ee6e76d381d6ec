"""A version that is in use stands as it is; the next one is edited here, level by level, until it is locked."""

from django import forms
from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.admin import StudioAdmin, StudioForm, StudioInline
from mentorship.common.admin_site import Section
from mentorship.common.errors import Refused

from . import actions
from .models import HIGHEST, LOWEST, Framework, Indicator, Level, Subject

LEVELS = range(LOWEST, HIGHEST + 1)


def is_open(row) -> bool:
    """Whether the version that a row belongs to may still be edited."""
    if isinstance(row, Indicator):
        row = row.subject
    return not (row.framework if isinstance(row, Subject) else row).locked


class Versioned:
    """Editable as long as the version isn't locked."""

    section = Section.FRAMEWORK
    view_needs, edit_needs, add_needs = Permission.FRAMEWORK_VIEW, Permission.FRAMEWORK_EDIT, Permission.FRAMEWORK_EDIT

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or is_open(obj))


class VersionedInline(Versioned, StudioInline):
    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and obj is not None and is_open(obj)


class SubjectInline(VersionedInline):
    model = Subject
    fields = ["code", "name", "name_en", "short_name", "short_name_en", "weight", "order"]
    show_change_link = True


class IndicatorInline(VersionedInline):
    model = Indicator
    fields = ["code", "name", "name_en", "order"]
    show_change_link = True


class LevelInline(VersionedInline):
    model = Level
    fields = ["level", "description", "description_en"]
    max_num = HIGHEST


def box(level: int, language: str) -> forms.CharField:
    label = _("第{n}级") if language == "zh" else _("第{n}级英文")
    return forms.CharField(label=format_lazy(label, n=level), max_length=30)


BOXES = {f"level_{level}_{language}": box(level, language) for level in LEVELS for language in ("zh", "en")}


class FrameworkForm(type("BoxesForm", (StudioForm,), dict(BOXES))):
    """The scale as ten plain boxes in place of JSON."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for level, row in zip(LEVELS, self.instance.scale or [], strict=False):
            self.initial[f"level_{level}_zh"], self.initial[f"level_{level}_en"] = row["zh"], row["en"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.instance.scale = [
                {"zh": cleaned[f"level_{level}_zh"], "en": cleaned[f"level_{level}_en"]} for level in LEVELS
            ]
        return cleaned

    @cached_property
    def changed_data(self):
        names = super().changed_data
        return [*names, "scale"] if set(names) & set(BOXES) else names


@admin.register(Framework)
class FrameworkAdmin(Versioned, StudioAdmin):
    form = FrameworkForm
    act_needs = Permission.FRAMEWORK_EDIT
    list_display = ["__str__", "note", "locked", "updated_at"]
    ordering = ["-version"]
    readonly_fields = ["version", "locked"]
    inlines = [SubjectInline]
    actions = ["copy", "lock"]

    def get_fieldsets(self, request, obj=None):
        pairs = [(f"level_{level}_zh", f"level_{level}_en") for level in LEVELS]
        open_to_change = self.has_change_permission(request, obj) if obj else True
        names = pairs if open_to_change else ["names"]
        return [(None, {"fields": ["version", "note", "locked"]}), (_("等级名称"), {"fields": names})]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "names"]

    @admin.display(description=_("等级名称"))
    def names(self, framework):
        return "、".join(framework.level_names)

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["fields"] = ["note"]  # the boxes for the scale are the form's own
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.version = actions.next_version(request.studio)
        super().save_model(request, obj, form, change)

    @admin.action(description=_("照所选版本出新版"), permissions=["act"])
    def copy(self, request, queryset):
        def add(framework):
            actions.new_version(by=request.user, framework=framework)

        return self.each(request, queryset, add, gettext("建好了%(n)s个新版。"))

    @admin.action(description=_("启用所选版本"), permissions=["act"])
    def lock(self, request, queryset):
        title, words = gettext("启用应知必会"), gettext("启用以后这一版不能再改。")
        if page := self.confirm(request, queryset, title=title, words=words):
            return page

        def close(framework):
            if framework.locked:
                raise Refused(gettext("已经启用了。"))
            actions.lock(by=request.user, framework=framework)

        return self.each(request, queryset, close, gettext("启用了%(n)s版。"))


@admin.register(Subject)
class SubjectAdmin(Versioned, StudioAdmin):
    list_display = ["name", "code", "framework", "weight", "short_name"]
    list_select_related = ["framework"]
    list_filter = ["framework"]
    search_fields = ["name", "code"]
    ordering = ["-framework__version", "order"]
    fields = ["framework", "code", "name", "name_en", "short_name", "short_name_en", "weight", "order"]
    readonly_fields = ["framework"]
    inlines = [IndicatorInline]
    add_needs = None  # added inside its version


@admin.register(Indicator)
class IndicatorAdmin(Versioned, StudioAdmin):
    list_display = ["name", "code", "subject", "version"]
    list_select_related = ["subject__framework"]
    list_filter = ["subject__framework"]
    search_fields = ["name", "code"]
    ordering = ["-subject__framework__version", "subject__order", "order"]
    fields = ["subject", "code", "name", "name_en", "order"]
    readonly_fields = ["subject"]
    inlines = [LevelInline]
    add_needs = None  # added inside its subject

    @admin.display(description=_("版本"), ordering="subject__framework__version")
    def version(self, indicator):
        return indicator.subject.framework
