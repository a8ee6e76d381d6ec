from .exports import export, export_file, export_job, export_retry, export_state, exports
from .files import bind, bound, check, file, file_pdf, file_print, files, keepsake, start

__all__ = [
    "bind",
    "bound",
    "check",
    "export",
    "export_file",
    "export_job",
    "export_retry",
    "export_state",
    "exports",
    "file",
    "file_pdf",
    "file_print",
    "files",
    "keepsake",
    "start",
]
