from .people import concerned, due_on, expected, mentors_of, own_row

__all__ = ["concerned", "due_on", "expected", "mentors_of", "own_row"]
