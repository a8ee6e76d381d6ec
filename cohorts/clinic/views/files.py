from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.clinic.access import CASE_READERS, PRESENTERS, may_write
from cohorts.clinic.actions import files as actions
from cohorts.clinic.choices import FileKind
from cohorts.clinic.models import CaseFile
from mentorship.accounts.access import page
from mentorship.common.documents import TYPES, ending_of
from mentorship.common.private_files import private_response


def file_for(user, pk) -> CaseFile:
    return get_object_or_404(CaseFile.objects.visible_to(user).select_related("case__presenter"), pk=pk)


@page(CASE_READERS)
def file(request, pk):
    """A photograph is shown, a document only downloaded."""
    row = file_for(request.user, pk)
    if row.kind == FileKind.PHOTO:
        return private_response(row.file, content_type="image/jpeg", filename=row.name)
    return private_response(row.file, content_type=TYPES[ending_of(row.file.name)], filename=row.name, inline=False)


@page(PRESENTERS)
@require_POST
def file_delete(request, pk):
    row = file_for(request.user, pk)
    case = row.case
    if not may_write(request.user, case):
        raise PermissionDenied
    actions.remove_files(by=request.user, case=case, files=[row])
    messages.success(request, _("拿掉了。"))
    return redirect("clinic:edit", case.pk)
