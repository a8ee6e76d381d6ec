"""Figures for those who watch the machine (Prometheus). Switched on by METRICS_TOKEN.

Labels have few values: names of pages, statuses, the methods that there are. No person and no studio is among them.
"""

import os
import time

from django.conf import settings
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector

from .tracing import view_of

METHODS = {"GET", "HEAD", "POST"}
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SHARED = "PROMETHEUS_MULTIPROC_DIR"

if SHARED in os.environ and "STUDIO_WORKER" in os.environ:
    # Named after the worker's place rather than its number, so that the files do not grow in number with each restart.
    values.ValueClass = values.MultiProcessValue(lambda: os.environ["STUDIO_WORKER"])

answers = Counter("studio_answers", "Requests answered", ["view", "method", "status"])
seconds = Histogram("studio_answer_seconds", "Time to answer", ["view"], buckets=BUCKETS)


class MetricsMiddleware:
    """Counts each answer, and answers /metrics itself: a machine asks there, with a token and by any name of ours.

    Who brings no token is answered as at any address that there is none of.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/metrics" and may_read(request):
            return figures()
        began = time.monotonic()
        response = self.get_response(request)
        view = view_of(request) or "none"
        answers.labels(view, request.method if request.method in METHODS else "other", response.status_code).inc()
        seconds.labels(view).observe(time.monotonic() - began)
        return response


def may_read(request) -> bool:
    given = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")


def figures() -> HttpResponse:
    """Of all workers of this machine, where they share a folder."""
    registry = REGISTRY
    if SHARED in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
