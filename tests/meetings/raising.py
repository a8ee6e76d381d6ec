"""Another part of the studio that has something for the agenda."""

import datetime

from mentorship.common.agenda import AgendaPoint


def overdue(cohort, on):
    return [AgendaPoint("消防通道还堵着", "过了期限", "/", datetime.date(2018, 9, 1), "finding:1")]
