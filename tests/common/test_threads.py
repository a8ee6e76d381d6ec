"""Long tasks leave the request: the caller goes on while they run, and what goes wrong in one is written down."""

import threading

from django.test import override_settings
from django_tasks import task

LONG = {"long": {"BACKEND": "mentorship.common.threads.ThreadBackend"}}
begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()


@task(backend="long")
def slow(words: str) -> None:
    begun.set()
    may_end.wait(10)
    ended.set()


@task(backend="long")
def broken() -> None:
    begun.set()
    raise OSError("disk")


def workers(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


def test_the_caller_does_not_wait(settings):
    with override_settings(TASKS=settings.TASKS | LONG):
        begun.clear()
        slow.enqueue("x")
        assert begun.wait(10)
        assert not ended.is_set(), "it is still at work and we are already here"
        may_end.set()
        assert ended.wait(10)


def test_what_goes_wrong_is_logged(settings, caplog):
    with override_settings(TASKS=settings.TASKS | LONG):
        begun.clear()
        broken.enqueue()
        assert begun.wait(10)
        for thread in workers("broken"):
            thread.join(10)
    assert "OSError: disk" in caplog.text
