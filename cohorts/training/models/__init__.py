from .bookings import BaseBooking
from .electives import MOST_WISHES, Course, Enrolment, Wish
from .sessions import Session

__all__ = ["MOST_WISHES", "BaseBooking", "Course", "Enrolment", "Session", "Wish"]
