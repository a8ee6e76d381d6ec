from . import admin_papers  # noqa: F401
