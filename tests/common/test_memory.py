"""T28: the largest pictures we take, of a few kilobytes each, and the memory of a worker that reads them all."""

import io
import json
import os
import subprocess
import sys

import pytest

from mentorship.common import images
from mentorship.common.errors import Refused
from tests.migrated import ROOT

from .bombs import bombs
from .test_images import HEIC, drawing, file_of

MOST_MB = 400


@pytest.mark.slow
def test_a_worker_that_reads_bombs_stays_within_its_memory(tmp_path):
    files = []
    for name, content in bombs():
        assert len(content) < 2_000_000, "small to send"
        files.append(tmp_path / name)
        files[-1].write_bytes(content)
    said = subprocess.run(
        [sys.executable, "-m", "tests.common.bombs", *files],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": ""}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    peaks = json.loads(said)
    assert len(peaks) == len(files)
    assert max(peaks.values()) <= MOST_MB, peaks


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("PNG", file_of(drawing(), "PNG").getvalue()),
        ("WEBP", file_of(drawing(), "WEBP").getvalue()),
        ("PROGRESSIVE", file_of(drawing(), "JPEG", progressive=True).getvalue()),
        ("HEIF", HEIC.read_bytes()),
    ],
    ids=["png", "webp", "progressive", "heif"],
)
def test_each_kind_that_lies_in_memory_whole_ends_sooner(kind, raw, monkeypatch):
    monkeypatch.setitem(images.MOST_UNPACKED, kind, 120 * 80)
    images.upright_jpeg(io.BytesIO(raw), 800)
    monkeypatch.setitem(images.MOST_UNPACKED, kind, 120 * 80 - 1)
    with pytest.raises(Refused, match="存成普通的JPEG"):
        images.upright_jpeg(io.BytesIO(raw), 800)
