"""Accounts, roles, cards, helpers. Keys are never shown or typed here; roles come and go through their own acts."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentorship.common.admin import ActForm, ReadOnly, StudioAdmin, StudioInline
from mentorship.common.admin_site import Section
from mentorship.common.errors import Refused

from . import actions
from .access import may_manage, office_permissions
from .models import Assistant, RoleGrant, SignInCard, User
from .permissions import Permission


def may_hand(user: User, role: str, studio) -> bool:
    """Whether `user` may give or end this role: nobody hands on an office that they don't hold themselves."""
    return all(user.can(permission, studio) for permission in office_permissions(role))


class RoleInline(StudioInline):
    model = RoleGrant
    fk_name = "user"
    view_needs = Permission.ACCOUNT_VIEW
    verbose_name_plural = _("在本工作室的角色")
    fields = readonly_fields = ["role", "subdistrict", "granted_by", "created_at", "revoked_at"]
    select_related = ["subdistrict", "granted_by"]


@admin.register(User)
class UserAdmin(StudioAdmin):
    """People with a role in the studio. Opening an account gives its first role, so it has a page of its own."""

    section = Section.REGISTER
    trail_noun = "account"
    view_needs = Permission.ACCOUNT_VIEW
    edit_needs = Permission.ACCOUNT_EDIT
    list_display = ["name", "username", "roles_here", "title", "phone", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "name_en", "username", "phone"]
    search_help_text = _("姓名、账号或手机")
    ordering = ["username"]
    fields = ["username", "name", "name_en", "title", "phone", "email", "language", "text_size", "is_active"]
    readonly_fields = ["username", "is_active"]
    inlines = [RoleInline]

    def of_studio(self, rows, studio):
        here = RoleGrant.objects.filter(studio=studio)
        current = Prefetch("role_grants", here.current(), to_attr="grants_here")
        return rows.filter(pk__in=here.values("user")).prefetch_related(current)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_manage(request.user, obj))

    @admin.display(description=_("角色"))
    def roles_here(self, user):
        return "、".join(str(grant.get_role_display()) for grant in user.grants_here)


class RoleGrantForm(ActForm):
    def act(self):
        cleaned = self.cleaned_data
        if not may_hand(self.by, cleaned["role"], self.owner):
            raise Refused(gettext("这个角色要由项目负责人授予。"), field="role")
        return actions.grant_role(
            by=self.by,
            user=cleaned["user"],
            studio=self.owner,
            role=cleaned["role"],
            subdistrict=cleaned["subdistrict"],
        )


@admin.register(RoleGrant)
class RoleGrantAdmin(StudioAdmin):
    section = Section.REGISTER
    step_up = True
    view_needs = Permission.ACCOUNT_VIEW
    add_needs = act_needs = Permission.ROLE_GRANT
    form = RoleGrantForm
    list_display = ["user", "role", "subdistrict", "granted_by", "created_at", "revoked_at"]
    list_select_related = ["user", "subdistrict", "granted_by"]
    list_filter = ["role", "subdistrict"]
    search_fields = ["user__name", "user__username"]
    search_help_text = _("姓名或账号")
    ordering = ["role", "user"]
    autocomplete_fields = ["user", "subdistrict"]
    fields = ["user", "role", "subdistrict", "granted_by", "created_at", "revoked_at"]
    readonly_fields = ["granted_by", "created_at", "revoked_at"]
    actions = ["end"]

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["user", "role", "subdistrict"]

    @admin.action(description=_("结束所选角色"), permissions=["act"])
    def end(self, request, queryset):
        title, words = gettext("结束角色"), gettext("结束以后，这些人马上不能再做这个角色的事。")
        if page := self.confirm(request, queryset, title=title, words=words):
            return page

        def revoke(grant):
            if not may_hand(request.user, grant.role, request.studio):
                raise Refused(gettext("这个角色要由项目负责人结束。"))
            actions.revoke_role(by=request.user, grant=grant)

        return self.each(request, queryset.filter(revoked_at=None), revoke, gettext("结束了%(n)s个角色。"))


@admin.register(SignInCard)
class SignInCardAdmin(ReadOnly):
    section = Section.REGISTER
    view_needs = Permission.ACCOUNT_VIEW
    act_needs = Permission.ACCOUNT_EDIT
    list_display = ["user", "created_at", "issued_by", "expires_at", "last_used_at", "failures", "revoked_at"]
    list_select_related = ["user", "issued_by"]
    list_filter = ["expires_at"]
    search_fields = ["user__name"]
    search_help_text = _("姓名")
    ordering = ["-created_at"]
    fields = ["user", "issued_by", "created_at", "expires_at", "last_used_at", "failures", "revoked_at"]
    actions = ["take_back"]

    @admin.action(description=_("收回所选登录卡"), permissions=["act"])
    def take_back(self, request, queryset):
        title, words = gettext("收回登录卡"), gettext("收回以后，用这些卡登录的手机马上退出，要重新发卡。")
        if page := self.confirm(request, queryset, title=title, words=words):
            return page

        def revoke(card):
            if not may_manage(request.user, card.user):
                raise Refused(gettext("这个账号不归您管。"))
            actions.revoke_card(by=request.user, card=card)

        return self.each(request, queryset.filter(revoked_at=None), revoke, gettext("收回了%(n)s张登录卡。"))


@admin.register(Assistant)
class AssistantAdmin(ReadOnly):
    section = Section.REGISTER
    view_needs = Permission.ACCOUNT_VIEW
    act_needs = Permission.ACCOUNT_EDIT
    list_display = ["principal", "helper", "created_at", "ended_at"]
    list_select_related = ["principal", "helper"]
    search_fields = ["principal__name", "helper__name"]
    search_help_text = _("师傅或协助录入人的姓名")
    ordering = ["-created_at"]
    fields = ["principal", "helper", "created_at", "ended_at"]
    actions = ["end"]

    @admin.action(description=_("结束所选协助录入"), permissions=["act"])
    def end(self, request, queryset):
        title, words = gettext("结束协助录入"), gettext("结束以后，这些人马上不能再代填。")
        if page := self.confirm(request, queryset, title=title, words=words):
            return page

        def finish(assistant):
            actions.end_assistant(by=request.user, assistant=assistant)

        return self.each(request, queryset.filter(ended_at=None), finish, gettext("结束了%(n)s项协助录入。"))
