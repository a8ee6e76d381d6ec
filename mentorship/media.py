"""Where private files lie: in a folder of this machine, or in an S3 bucket that all nodes share. For settings.py."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PLACES = {
    "endpoint_url": "MEDIA_S3_ENDPOINT",
    "region_name": "MEDIA_S3_REGION",
    "access_key": "MEDIA_S3_KEY_ID",
    "secret_key": "MEDIA_S3_SECRET",  # nosec B105
    "location": "MEDIA_S3_PREFIX",
}


def private_store(environment: Mapping[str, str], folder: Path) -> dict:
    bucket = environment.get("MEDIA_S3_BUCKET", "")
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        }
    if not find_spec("storages"):
        raise ImproperlyConfigured("MEDIA_S3_BUCKET needs more packages: install deploy/requirements/s3.txt.")
    if bool(environment.get("MEDIA_S3_KEY_ID")) != bool(environment.get("MEDIA_S3_SECRET")):
        raise ImproperlyConfigured("MEDIA_S3_KEY_ID and MEDIA_S3_SECRET go together: set both or neither.")
    given = {option: environment[name] for option, name in PLACES.items() if environment.get(name)}
    return {"BACKEND": "mentorship.common.s3.PrivateBucket", "OPTIONS": {"bucket_name": bucket} | given}
