from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Scripts import one another by their hashed names too, so that no browser mixes two versions."""

    support_js_module_import_aggregation = True
