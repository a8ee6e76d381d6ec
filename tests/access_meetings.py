"""Who may open what in seminars and work meetings. The mentor and the apprentice of the world were asked to them."""

from .access_rows import MENTEES, MENTORS, PAIR, READERS, STRANGERS, THEIRS, WORKERS, Row, row_of

TAKES_PART = READERS | MENTORS | MENTEES
planned = row_of("planned_meeting.pk", "foreign_planned_meeting.pk")
held = row_of("held_meeting.pk", "foreign_held_meeting.pk")
issued = row_of("issued_meeting.pk", "foreign_issued_meeting.pk")
minutes = row_of("minutes.pk", "foreign_minutes.pk")
item = row_of("item.pk", "foreign_item.pk")
product = row_of("product.pk", "foreign_product.pk")

MEETINGS: dict[str, Row] = {
    "meetings:meetings": Row(TAKES_PART | STRANGERS),
    "meetings:plan": Row(WORKERS | THEIRS),
    "meetings:meeting": planned(READERS | PAIR),
    "meetings:change": planned(WORKERS),
    "meetings:cancel": planned(WORKERS),
    "meetings:roll": held(WORKERS),
    "meetings:record": held(WORKERS),
    "meetings:issue": held(WORKERS),
    "meetings:reopen": issued(WORKERS),
    "meetings:minutes": minutes(READERS | PAIR),
    "meetings:minutes_pdf": minutes(READERS | PAIR),
    "meetings:minutes_remind": minutes(WORKERS, post=True),
    "meetings:items": Row(TAKES_PART | STRANGERS),
    "meetings:items_export": Row(READERS | THEIRS, writes_on_get=True),
    "meetings:item": item(READERS | PAIR),
    "meetings:item_close": item(WORKERS, post=True),
    "meetings:item_back": item(WORKERS),
    "meetings:item_drop": item(WORKERS),
    "meetings:products": Row(TAKES_PART | STRANGERS),
    "meetings:product": product(TAKES_PART),
    "meetings:keep_product": Row(WORKERS | THEIRS),
    "meetings:change_product": product(WORKERS),
}
