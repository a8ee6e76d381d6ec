from .importing import export, import_file, import_preview, import_template
from .portraits import portrait, portrait_delete, portrait_edit
from .register import create, edit, leave, register, return_, secretary

__all__ = [
    "create", "edit", "export", "import_file", "import_preview", "import_template", "leave", "portrait",
    "portrait_delete", "portrait_edit", "register", "return_", "secretary",
]  # fmt: skip
