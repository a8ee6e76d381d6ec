from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mentorship.common.admin import ReadOnly
from mentorship.common.admin_site import Section
from mentorship.common.plugs import answers_to
from mentorship.places.models import Studio

from .actions import record
from .models import ChainHead, Entry
from .presenters import present, verb_words

LONGEST = 200


class AuditTrail:
    """The trail as the admin site uses it: one entry for each save, and the history of a row."""

    def record(self, request, *, verb, on, before, after):
        studio = on if isinstance(on, Studio) else request.studio
        record(by=request.user, verb=verb, on=on, studio=studio, before=before, after=after)

    def of_studio(self, request):
        return Entry.objects.visible_to(request.user).filter(studio_id=request.studio.pk if request.studio else None)

    def about(self, request, obj):
        return [present(entry) for entry in self.of_studio(request).about(obj)[:LONGEST]]

    def mine(self, request):
        entries = self.of_studio(request).filter(actor_id=str(request.user.pk))
        return [present(entry, with_object=True) for entry in entries[:8]]


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    section = Section.TRAIL
    view_needs = "audit_view"  # by its code: the trail stands below the accounts
    list_display = ["at", "what", "object_name", "actor_name", "principal_name", "sequence"]
    list_filter = ["at"]
    search_fields = ["object_name", "actor_name", "principal_name"]
    search_help_text = _("对象或操作人的姓名")
    ordering = ["-sequence"]
    fields = [
        "sequence", "at", "what", "object_name", "actor_name", "principal_name", "before", "after", "previous_digest",
        "digest",
    ]  # fmt: skip

    def of_studio(self, rows, studio):
        return rows.filter(studio_id=studio.pk)

    @admin.display(description=Entry._meta.get_field("verb").verbose_name, ordering="verb")
    def what(self, entry):
        return verb_words(entry.verb)

    def changelist_view(self, request, extra_context=None):
        """Below the list stands the head of the chain, to be printed and kept (D16)."""
        head = ChainHead.objects.filter(studio_id=request.studio.pk if request.studio else None).first()
        sent = [at for answer in answers_to("anchored") if (stamp := answer()) for at in stamp[:1]]
        more = {"chain_head": head, "anchored": max(sent, default=None)}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def history_view(self, request, object_id, extra_context=None):
        """An entry has no history: it is history."""
        return self.change_view(request, object_id)


admin.site.trail = AuditTrail()
