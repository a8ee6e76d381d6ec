"""Milliseconds of a mentoring file: gathered, digested, printed; and seconds of a ZIP of the whole cohort.

Half of the logs get a photograph first, so that pictures are scaled as they would be.
"""

import io
import statistics
import time
import uuid

from tests.bench.ground import prepare

ROUNDS = 3


def with_photographs() -> int:
    from django.core.files.base import ContentFile
    from PIL import Image

    from evaluations.logs.models import LogPhoto, TeachingLog

    made = 0
    for number, log in enumerate(TeachingLog.objects.standing().searchable()):
        if number % 2:
            continue
        out = io.BytesIO()
        Image.effect_noise((1600, 1200), 40 + number % 50).convert("RGB").save(out, "JPEG", quality=85)
        image = ContentFile(out.getvalue(), name=f"{uuid.uuid4().hex}.jpg")
        LogPhoto.objects.create(studio=log.studio, log=log, order=1, image=image, client_key=uuid.uuid4())
        made += 1
    return made


def timed(act, rows) -> list[float]:
    times = []
    for row in rows:
        start = time.perf_counter()
        act(row)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def main() -> None:
    prepare()
    from cohorts.models import Cohort
    from evaluations.archive import tasks
    from evaluations.archive.models import ExportJob
    from evaluations.archive.prints import file_pdf, keepsake_pdf
    from evaluations.archive.queries import MentoringFile, group_of, on_file, standings
    from mentorship.accounts.models import User

    photographs = with_photographs()
    cohort = Cohort.objects.order_by("-starts").first()
    officer = User.objects.get(username="organizer")
    mentees = list(group_of(cohort, None).for_lists().select_related("cohort__framework"))
    acts = {
        "list of the cohort": (lambda _m: standings(on_file(cohort), officer, cohort.studio), mentees[:10]),
        "one file, digested": (lambda m: MentoringFile(m).digest, mentees),
        "one file, printed": (lambda m: file_pdf(m, by=officer), mentees * ROUNDS),
        "one keepsake": (keepsake_pdf, mentees),
    }
    file_pdf(mentees[0], by=officer)  # the typeface is read once
    print(f"{len(mentees)} files, {photographs} photographs")
    print(f"{'act':<22}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}")
    for name, (act, rows) in acts.items():
        times = timed(act, rows)
        p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
        print(f"{name:<22}{statistics.median(times):>9.1f}{p95:>9.1f}{times[-1]:>9.1f}")
    job = ExportJob.objects.create(studio=cohort.studio, cohort=cohort, asked_by=officer, total=len(mentees))
    start = time.perf_counter()
    tasks.make_export.call(str(job.pk))
    job.refresh_from_db()
    if job.state != "done":
        raise SystemExit(f"the ZIP ended as {job.state}")
    print(f"ZIP of {job.total}: {time.perf_counter() - start:.1f} s, {job.file.size / 1024 / 1024:.1f} MB")


if __name__ == "__main__":
    main()
