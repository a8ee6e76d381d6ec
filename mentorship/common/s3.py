"""Private files in an S3 bucket, by django-storages (deploy/requirements/s3.in). Only read where MEDIA_S3_BUCKET is set."""

from botocore.config import Config
from storages.backends.s3 import S3Storage

PATIENCE = Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 2})


class PrivateBucket(S3Storage):
    """Nothing in it is overwritten, and nothing of it has an address: a view reads it after it has looked who asks."""

    def get_default_settings(self):
        ours = {"file_overwrite": False, "default_acl": None, "client_config": PATIENCE, "max_memory_size": 5 << 20}
        return super().get_default_settings() | ours

    def url(self, name, *args, **kwargs):
        raise ValueError("Private files have no address.")
