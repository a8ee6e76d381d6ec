from .drafts import device_owner
from .logs import apprentices_of, attendable, mentor_row_of, officers_of

__all__ = ["apprentices_of", "attendable", "device_owner", "mentor_row_of", "officers_of"]
