import pytest

from tests.factories import CommunityFactory, SubdistrictFactory


@pytest.fixture(autouse=True)
def private_store(settings, tmp_path):
    """Files of a test go where the test goes."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }
    return tmp_path


@pytest.fixture
def place(studio):
    """A place of the studio in a 街镇 where nobody of the cast sits."""
    return CommunityFactory(subdistrict=SubdistrictFactory(district=studio.district))
