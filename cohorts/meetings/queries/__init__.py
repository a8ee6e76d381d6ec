from .agenda import agenda_for, agenda_of, last_items
from .minutes import body_of, digest_of_body, is_whole
from .people import Seat, accounts_of, counted, offered, seats_of
from .register import due_to_remind

__all__ = [
    "Seat", "accounts_of", "agenda_for", "agenda_of", "body_of", "counted", "digest_of_body", "due_to_remind", "is_whole",
    "last_items", "offered", "seats_of",
]  # fmt: skip
