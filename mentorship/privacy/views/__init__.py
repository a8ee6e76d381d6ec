from .erasing import erase_account, erase_secretary, erasures
from .mine import ask, copy, copy_file, copy_state, mine

__all__ = ["ask", "copy", "copy_file", "copy_state", "erase_account", "erase_secretary", "erasures", "mine"]
