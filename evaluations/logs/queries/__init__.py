from .logs import apprentices_of, attendable, mentor_row_of, officers_of

__all__ = ["apprentices_of", "attendable", "mentor_row_of", "officers_of"]
