from .binding import bind_file, check_file
from .exporting import ask_export, clear_exports, retry_export, told_of_download, told_of_print

__all__ = [
    "ask_export",
    "bind_file",
    "check_file",
    "clear_exports",
    "retry_export",
    "told_of_download",
    "told_of_print",
]
