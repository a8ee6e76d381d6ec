"""Files that only some may see. They lie outside the web root; a view checks first, then calls this."""

from django.core.files.base import File
from django.http import FileResponse, Http404


def private_response(file: File, *, content_type: str, filename: str, inline: bool = True) -> FileResponse:
    """Streams a stored file that no cache may keep; 404 when it is gone from the store. The name is sent as RFC 6266."""
    try:
        stream = file.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    response = FileResponse(stream, as_attachment=not inline, filename=filename, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
