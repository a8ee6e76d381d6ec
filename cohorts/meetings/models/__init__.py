from .items import ActionItem
from .meetings import AgendaItem, Attendee, Meeting, Outcome, Speech
from .minutes import Minutes
from .products import Product

__all__ = ["ActionItem", "AgendaItem", "Attendee", "Meeting", "Minutes", "Outcome", "Product", "Speech"]
