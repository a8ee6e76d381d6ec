"""Who may open what in the calendar. Everyone opens their own: what stands in it is decided row by row."""

from tests.factories.calendar import secret_of

from .access_rows import EVERYONE, INSIDERS, SIGNED_IN, Row, row_of

feed = row_of("feed.pk", "foreign_feed.pk")


def file_of(session) -> list:
    return [session.date.isoformat(), f"session-{session.pk}"]


CALENDAR: dict[str, Row] = {
    "calendar:month": Row(SIGNED_IN),
    "calendar:agenda": Row(SIGNED_IN),
    "calendar:entry": Row(INSIDERS, lambda w: file_of(w.session), lambda w: file_of(w.foreign_session)),
    "calendar:feeds": Row(SIGNED_IN),
    "calendar:revoke": feed({"mentor"}, post=True),
    "calendar:feed": Row(EVERYONE, of=lambda w: [secret_of(w.mentor)], writes_on_get=True),
}
