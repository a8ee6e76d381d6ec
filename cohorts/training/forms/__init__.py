from .electives import ChooseForm, CourseForm, PlaceForm
from .sessions import CancelForm, ChangeForm, SessionForm

__all__ = ["CancelForm", "ChangeForm", "ChooseForm", "CourseForm", "PlaceForm", "SessionForm"]
