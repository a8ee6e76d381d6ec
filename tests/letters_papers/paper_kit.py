"""What the tests of papers share: a day, the facts of a letter, an agreement that is signed."""

import datetime

from cohorts.letters.actions import papers
from cohorts.letters.models import Agreement
from cohorts.letters.queries.papers import presets_for, weakest_of

D = datetime.date
TODAY = D(2018, 9, 5)


def on_the_day(cast):
    cast.studio.demo_today = TODAY
    cast.studio.doc_prefix = "梁室"
    cast.studio.organizer = "区委组织部"
    cast.studio.short_name = "大梁工作室"
    cast.studio.save()
    for row in (cast.mentor_row, cast.other_mentor_row, cast.pairing, cast.other_pairing, cast.cohort):
        row.refresh_from_db()
    return cast


def facts(**more):
    return {
        "date": D(2018, 8, 15), "term_from": D(2018, 8, 15), "term_to": D(2019, 8, 14), "reason": "", "signer": "",
        "issuer": "区委组织部",
    } | more  # fmt: skip


def issued(c, mentor=None, **more):
    return papers.issue_appointment(by=c.officer, mentor=mentor or c.mentor_row, **facts(**more))


def words(pairing, **more):
    return presets_for(pairing, weakest_of([pairing])) | more


def drawn(c, pairing=None, **more) -> Agreement:
    pairing = pairing or c.pairing
    return papers.draw_agreement(by=c.officer, pairing=pairing, **words(pairing, **more))


def sign(c, agreement, *parties):
    hands = {"mentor": c.mentor, "mentee": c.mentee, "studio": c.officer}
    for party in parties or Agreement.PARTIES:
        papers.sign_agreement(by=hands[party], agreement=agreement, party=party, version=agreement.version)
    return agreement
