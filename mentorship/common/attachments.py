"""What people add to a form: a photograph, kept as our own JPEG, or a document as it came."""

from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile

from .documents import Document, checked_document, ending_of, plain_name
from .images import upright_jpeg

PICTURES = {"jpg", "jpeg", "png", "heic", "heif", "webp"}
KINDS = "image/*,.heic,.pdf,.docx,.xlsx,.txt"  # what a file field offers


def checked_file(upload: UploadedFile, longest: int, *, field: str = "files") -> tuple[Document, bool]:
    """The file, a picture with at most `longest` pixels a side; and whether it is one. Raises Refused, in words for
    `field`."""
    if ending_of(upload.name) not in PICTURES:
        return checked_document(upload, upload.name, field=field), False
    stem = PurePosixPath(plain_name(upload.name)).stem
    return Document(upright_jpeg(upload, longest, field=field), f"{stem}.jpg"), True
