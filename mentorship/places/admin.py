"""Official places come from a file; a studio of the whole district may give them everyday names, types, neighbours."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from mentorship.common.admin import ReadOnly, StudioAdmin
from mentorship.common.admin_site import Section

from .models import Base, Community, District, Holiday, Studio, Subdistrict

# Permissions by their codes: places stand below the accounts.
SEE = "admin_site"
EDIT = "studio_edit"


class PlaceAdmin(StudioAdmin):
    section = Section.PLACES
    view_needs, edit_needs = SEE, EDIT
    ordering = ["code"]

    def has_change_permission(self, request, obj=None):
        """A 街镇's own studio reads the places that it shares with the district's."""
        return super().has_change_permission(request, obj) and request.studio.subdistrict_id is None


@admin.register(Studio)
class StudioOwnAdmin(StudioAdmin):
    section = Section.PLACES
    view_needs, edit_needs = SEE, EDIT
    list_display = ["name", "district", "subdistrict", "organizer", "phone"]
    list_select_related = ["district", "subdistrict"]
    ordering = ["name"]
    settings = (_("算法里用到的年龄和年限"), {"fields": ["young_age", "veteran_years"]})
    fieldsets = [
        (None, {"fields": ["name", "name_en", "short_name", "organizer", "phone", "doc_prefix"]}),
        (_("所在地"), {"fields": ["district", "subdistrict"]}),
        settings,
    ]
    readonly_fields = ["district", "subdistrict"]
    add_fieldsets = [
        (None, {"fields": ["code", "name", "name_en", "short_name", "organizer", "phone", "doc_prefix"]}),
        (_("所在地"), {"fields": ["district", "subdistrict"]}),
        settings,
    ]
    autocomplete_fields = ["district", "subdistrict"]

    def of_studio(self, rows, studio):
        return rows.filter(pk=studio.pk if studio else None)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or request.user.is_operator

    def has_add_permission(self, request):
        return request.user.is_operator

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.add_fieldsets

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []


@admin.register(District)
class DistrictAdmin(ReadOnly):
    section = Section.PLACES
    view_needs = SEE
    list_display = ["name", "code", "city", "province"]
    search_fields = ["name", "code"]
    ordering = ["code"]
    fields = ["code", "name", "name_en", "city", "province"]

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or request.user.is_operator

    def get_queryset(self, request):
        """An operator opens studios anywhere; everyone else looks at home."""
        if request.user.is_operator:
            return District.objects.order_by("code")
        return super().get_queryset(request)

    def of_studio(self, rows, studio):
        return rows.filter(pk=studio.district_id if studio else None)


@admin.register(Subdistrict)
class SubdistrictAdmin(PlaceAdmin):
    list_display = ["name", "kind", "code", "communities_count"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    fields = ["code", "name", "name_en", "kind", "neighbours"]
    readonly_fields = ["code", "name", "kind"]
    filter_horizontal = ["neighbours"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(communities_count=Count("communities"))

    def of_studio(self, rows, studio):
        return rows.filter(pk__in=studio.subdistricts.values("pk")) if studio else rows.none()

    def save_related(self, request, form, formsets, change):
        """Neighbours beyond the studio's own ground aren't offered, and stay as they are."""
        offered = self.get_queryset(request).values("pk")
        beyond = list(form.instance.neighbours.exclude(pk__in=offered))
        super().save_related(request, form, formsets, change)
        form.instance.neighbours.add(*beyond)

    @admin.display(description=_("居民区（村）"), ordering="communities_count")
    def communities_count(self, row):
        return row.communities_count


@admin.register(Community)
class CommunityAdmin(PlaceAdmin):
    list_display = ["name", "official_name", "subdistrict", "type", "kind", "code"]
    list_select_related = ["subdistrict"]
    list_filter = ["subdistrict", "type", "kind"]
    search_fields = ["name", "official_name", "code"]
    search_help_text = _("居民区名称或代码")
    fields = ["code", "official_name", "subdistrict", "kind", "name", "name_en", "type"]
    readonly_fields = ["code", "official_name", "subdistrict", "kind"]

    def of_studio(self, rows, studio):
        return rows.filter(pk__in=studio.communities.values("pk")) if studio else rows.none()


@admin.register(Base)
class BaseAdmin(StudioAdmin):
    section = Section.PLACES
    view_needs, edit_needs, add_needs = SEE, EDIT, EDIT
    list_display = ["community", "focus", "address", "capacity", "open_day"]
    list_select_related = ["community__subdistrict"]
    search_fields = ["community__name", "focus", "address"]
    search_help_text = _("居民区、侧重或地址")
    autocomplete_fields = ["community"]
    ordering = ["community"]
    fields = ["community", "focus", "address", "capacity", "transport", "facilities", "open_day", "plaque_date"]


@admin.register(Holiday)
class HolidayAdmin(StudioAdmin):
    section = Section.PLACES
    view_needs, edit_needs, add_needs = SEE, EDIT, EDIT
    list_display = ["date", "is_working", "note"]
    list_filter = ["is_working", "date"]
    search_fields = ["note"]
    ordering = ["-date"]
    fields = ["date", "is_working", "note"]
