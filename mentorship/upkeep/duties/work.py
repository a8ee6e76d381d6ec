"""What must have happened lately, and what must be known."""

import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from mentorship.audit.models import ChainHead, Entry
from mentorship.common import outages
from mentorship.common.working_days import HolidayDataMissing, is_working_day
from mentorship.places.models import Holiday, Studio
from mentorship.upkeep.anchoring import last_anchor
from mentorship.upkeep.backups.taking import last_stamp
from mentorship.upkeep.choices import RunState
from mentorship.upkeep.jobs import Job, jobs
from mentorship.upkeep.models import JobRun

from .base import Finding, State, judge

OLDEST_BACKUP = OLDEST_ANCHOR = datetime.timedelta(hours=26)
MOST_AHEAD = datetime.timedelta(minutes=5)
MOST_APART = 60  # seconds between our clock and the database's
LIST_IS_OUT = (12, 1)  # the list of the next year appears in November


def backup() -> Finding:
    last = last_stamp()
    mend = "set STUDIO_BACKUP_TO (docs/operations.md), or run ./studio manage backup FOLDER every night"
    if last is None:
        return Finding("backup", State.RED, "never made", mend)
    age = timezone.now() - last
    good = -MOST_AHEAD <= age <= OLDEST_BACKUP
    return judge("backup", good, f"{age.total_seconds() / 3600:.1f} hours old", mend)


def schedule() -> list[Finding]:
    return [scheduled(job) for job in jobs()]


def scheduled(job: Job) -> Finding:
    runs = JobRun.objects.filter(job=job.name).order_by("-started_at", "-pk")
    last, good = runs.first(), runs.filter(state=RunState.DONE).first()
    duty = f"job {job.name}"
    if last is None:
        return Finding(duty, State.RED, "never run", "start ./studio manage run_schedule beside the site")
    if last.state == RunState.PARKED:
        mend = f"run ./studio manage {job.name} by hand and read what it says"
        return Finding(duty, State.RED, f"parked after {last.tries} tries: {last.said or '-'}", mend)
    when = f"{timezone.localtime(last.started_at):%Y-%m-%d %H:%M} {last.state}"
    began = good.started_at if good else runs.last().started_at
    in_time = timezone.now() - began <= job.silent_after
    return judge(duty, in_time, when, "run_schedule seems not to run, or the job fails again and again")


def audit_heads() -> Finding:
    """Only the last entry of each chain; the whole is read by the nightly verify_audit."""
    faults, heads = [], list(ChainHead.objects.all())
    for head in heads:
        last = Entry.objects.filter(studio_id=head.studio_id).order_by("-sequence").first()
        if (head.sequence, head.digest) != ((last.sequence, last.digest) if last else (0, "")):
            faults.append(str(head.studio_id))
    found = f"broken: {', '.join(faults)}" if faults else f"{len(heads)} chains end as their heads say"
    return judge("audit trail", not faults, found, "run ./studio manage verify_audit, and keep a copy of the database")


def anchor() -> Finding:
    """Only from outside is it seen that the end of a chain was cut off."""
    if not (settings.PRODUCTION or settings.ANCHOR_TO or settings.ANCHOR_MAIL):
        return Finding("audit anchor", State.IDLE, "asked in production only (STUDIO_ANCHOR_TO, STUDIO_ANCHOR_MAIL)")
    last = last_anchor()
    mend = "set STUDIO_ANCHOR_TO or STUDIO_ANCHOR_MAIL, and run ./studio manage anchor_audit: it says what is wrong"
    if last is None:
        return Finding("audit anchor", State.RED, "never sent away", mend)
    at, places = last
    age = timezone.now() - at
    found = f"{age.total_seconds() / 3600:.1f} hours old, at {', '.join(places)}"
    return judge("audit anchor", -MOST_AHEAD <= age <= OLDEST_ANCHOR, found, mend)


def parts() -> Finding:
    """Of this machine; the disk is looked at by itself."""
    off = [part for part in outages.parts_off() if part != outages.DISK]
    mend = "mail: EMAIL_HOST and the mail server; queue: start studio-worker@default and studio-worker@long"
    return judge("mail and queue", not off, f"off: {', '.join(off)}" if off else "at work, as far as is known", mend)


def clock() -> Finding:
    """It must not lie before what was written already, nor far from the database's."""
    now = timezone.now()
    last = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    mend = "set the clock, and let the machine keep it (chrony, systemd-timesyncd)"
    if last and now < last - MOST_AHEAD:
        return Finding("clock", State.RED, f"{now:%Y-%m-%d %H:%M} UTC, before the newest audit entry", mend)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            apart = abs(float(cursor.fetchone()[0]) - timezone.now().timestamp())
        if apart > MOST_APART:
            return Finding("clock", State.RED, f"{apart:.0f} seconds apart from the database's", mend)
    return Finding("clock", State.GREEN, f"{now:%Y-%m-%d %H:%M} UTC")


def holidays() -> Finding:
    today = timezone.localdate()
    years = [today.year, today.year + 1] if (today.month, today.day) >= LIST_IS_OUT else [today.year]
    unknown = [str(year) for year in years if not is_known(year)]
    mend = "upgrade chinesecalendar, or enter the year's days in the admin site, under the holidays of each studio"
    found = f"not known: {', '.join(unknown)}" if unknown else f"known for {', '.join(map(str, years))}"
    return judge("holidays", not unknown, found, mend)


def is_known(year: int) -> bool:
    try:
        is_working_day(datetime.date(year, 1, 1))
    except HolidayDataMissing:
        entered = Holiday.objects.filter(date__year=year).values("studio").distinct().count()
        return 0 < entered == Studio.objects.count()
    return True


WORK = [backup, schedule, parts, audit_heads, anchor, clock, holidays]
