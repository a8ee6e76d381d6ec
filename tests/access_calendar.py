"""Who may open what in the calendar. Everyone opens their own: what stands in it is decided row by row."""

from .access_rows import SIGNED_IN, Row

CALENDAR: dict[str, Row] = {
    "calendar:month": Row(SIGNED_IN),
    "calendar:agenda": Row(SIGNED_IN),
    "calendar:entry": Row(
        {"lead"},
        lambda w: [f"session-{w.session.pk}"],
        lambda w: [f"session-{w.foreign_session.pk}"],
    ),
    "calendar:feeds": Row(SIGNED_IN),
    "calendar:revoke": Row({"mentor"}, lambda w: [w.feed.pk], lambda w: [w.foreign_feed.pk], post=True),
    "calendar:feed": Row(set(), lambda w: ["nobody-knows"]),
}
