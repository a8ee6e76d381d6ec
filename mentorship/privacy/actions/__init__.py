from .copies import ask_copy, clear_copies, told_of_download
from .erasing import erase, finish_erasure, reasons_against
from .retaining import retain

__all__ = ["ask_copy", "clear_copies", "erase", "finish_erasure", "reasons_against", "retain", "told_of_download"]
