from .attendance import Attendance, AttendanceMark
from .bookings import BaseBooking
from .electives import MOST_WISHES, Course, Enrolment, Wish
from .sessions import Session

__all__ = ["MOST_WISHES", "Attendance", "AttendanceMark", "BaseBooking", "Course", "Enrolment", "Session", "Wish"]
