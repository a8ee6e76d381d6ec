from .courses import add_course, change_course, remove_course
from .electives import Changed, apply_allocation, choose, leave_place, place
from .sessions import NeedsAttention, Stale, cancel_session, change_session, mark_held, plan_session

__all__ = [
    "Changed",
    "NeedsAttention",
    "Stale",
    "add_course",
    "apply_allocation",
    "cancel_session",
    "change_course",
    "change_session",
    "choose",
    "leave_place",
    "mark_held",
    "place",
    "plan_session",
    "remove_course",
]
