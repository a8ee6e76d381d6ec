from .circulating import issue_minutes, reopen
from .items import close_item, drop_item, remind_items, report_item, send_back
from .planning import Stale, cancel_meeting, change_meeting, plan_meeting
from .products import change_product, keep_product
from .recording import ItemFacts, call_roll, write_record

__all__ = [
    "ItemFacts", "Stale", "call_roll", "cancel_meeting", "change_meeting", "change_product", "close_item", "drop_item",
    "issue_minutes", "keep_product", "plan_meeting", "remind_items", "reopen", "report_item", "send_back", "write_record",
]  # fmt: skip
