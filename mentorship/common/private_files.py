"""Files that only some may see. They lie outside the web root; a view checks first, then calls this."""

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.encoding import filepath_to_uri
from django.utils.http import content_disposition_header


def private_response(file: File, *, content_type: str, filename: str, inline: bool = True) -> HttpResponseBase:
    """Answers with a stored file that no cache may keep; 404 when it is gone. The name is sent as RFC 6266.

    Streamed by us, or, where settings.PRIVATE_BY_PROXY names its internal address, by the proxy in front.
    """
    if settings.PRIVATE_BY_PROXY and lies_in_private_folder(file):
        response = handed_to_proxy(file)
    else:
        response = streamed(file)
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(not inline, filename)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def streamed(file: File) -> FileResponse:
    try:
        return FileResponse(file.open("rb"))
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error


def lies_in_private_folder(file: File) -> bool:
    """What is made on the spot (a PDF), or kept on another store, the proxy can't reach."""
    return isinstance(file, FieldFile) and isinstance(file.storage, FileSystemStorage)


def handed_to_proxy(file: FieldFile) -> HttpResponse:
    if not file or not file.storage.exists(file.name):
        raise Http404
    return HttpResponse(headers={"X-Accel-Redirect": settings.PRIVATE_BY_PROXY + filepath_to_uri(file.name)})
