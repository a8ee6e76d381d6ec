from .items import ProgressForm, ReasonForm
from .planning import PlanForm
from .products import ProductForm
from .recording import ItemFormSet, RecordForm, RollForm

__all__ = ["ItemFormSet", "PlanForm", "ProductForm", "ProgressForm", "ReasonForm", "RecordForm", "RollForm"]
