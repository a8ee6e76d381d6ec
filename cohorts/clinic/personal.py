"""What this app holds about people (mentorship.common.personal), and the search after somebody was erased."""

from django.utils.translation import gettext_lazy as _

from cohorts.meetings.models import Product
from mentorship.accounts.models import User
from mentorship.common.personal import ARCHIVE, GROUP, OFFICE, SENSITIVE, Drop, Table, ten_years
from mentorship.people.models import Secretary

from .models import Case, CaseCard
from .searching.index import tidy
from .searching.keeping import keep_card, keep_case, keep_method

CASES, ADVICE, CARDS = _("难题会诊"), _("会诊意见和讨论"), _("案例卡")
SEEN = _("提诊人、会诊的人、工作室")
OF_A_CASE = ({"case__sensitive": False}, SENSITIVE)
TABLES = [
    Table(
        "clinic.Case", CASES, SEEN, ARCHIVE, ("presenter",),
        links="presenter filed_by reported_by closed_by", plain="client_key version stirred_at reminded_on",
        facts="cohort number community date category sub_category households people urgency sensitive measure"
        " figure_before figure_after state level session reply_due first_opinion_on released_at settled_on outcome"
        " closed_on reopened",
        paper="title background already_tried stuck_at effect lesson", only=({"sensitive": False}, SENSITIVE),
    ),
    Table(
        "clinic.CaseFile", CASES, SEEN, ARCHIVE, ("case__presenter",), Drop.LATER,
        links="added_by", facts="case kind order", paper="name file", only=OF_A_CASE,
    ),
    Table(
        "clinic.CaseCard", CARDS, GROUP, ten_years("created_at"), links="written_by reviewed_by",
        plain="case category neighbourhood title situation worked steps pitfalls state published_on version subjects"
        " indicators",
        paper="review_note",
    ),
    Table("clinic.CardUse", CARDS, OFFICE, ARCHIVE, ("by",), links="by", facts="card kind session row"),
    Table("clinic.CaseHelp", CARDS, OFFICE, ARCHIVE, ("by",), links="by", facts="case instead", only=OF_A_CASE),
    Table(
        "clinic.Consult", ADVICE, SEEN, ARCHIVE, ("mentor__secretary",),
        links="mentor asked_by", facts="case asked_on declined_at reminded_on", paper="decline_reason",
        only=OF_A_CASE,
    ),
    Table(
        "clinic.Invitation", _("请外单位的人会诊"), OFFICE, ten_years("created_at"), links="invited_by revoked_by",
        plain="case digest expires_at opened_at revoked_at", paper="name",
    ),
    Table(
        "clinic.Opinion", ADVICE, SEEN, ARCHIVE, ("consult__mentor__secretary",),
        links="consult typed_by invitation", facts="case date late", plain="version", paper="text", only=OF_A_CASE,
    ),
    Table(
        "clinic.Remark", ADVICE, SEEN, ARCHIVE, ("by",), links="by invitation", facts="case", paper="text",
        only=OF_A_CASE,
    ),
    Table(
        "clinic.PlanStep", CASES, SEEN, ARCHIVE, ("owner",), links="owner done_by",
        facts="case order due done_on reminded_on", paper="text owner_name", only=OF_A_CASE,
    ),
    Table(
        "clinic.CaseNote", CASES, SEEN, ARCHIVE, ("by",), links="by",
        facts="case kind on figure check_result turn", paper="text", only=OF_A_CASE,
    ),
    Table(
        "clinic.SearchText", _("按字词找案例和工作法"), GROUP, ARCHIVE,
        plain="kind object_id category subjects neighbourhood outcome open_to_all date", derived="title keywords body",
    ),
]  # fmt: skip
ASKED = {"confirmed how drop days files mentors note result step subject reason due": CASES}


INDEXED = (
    "clinic.Case",
    "clinic.Opinion",
    "clinic.PlanStep",
    "clinic.CaseCard",
    "meetings.Product",
    "logs.TeachingLog",
)
WAYS = {"clinic.Opinion": "opinions__in", "clinic.PlanStep": "steps__in"}


def search_anew(secretary: Secretary | None, user: User | None, touched: dict[str, set]) -> None:
    """Whatever changed is kept as it stands now. `touched`: label of a model to the keys of its rows."""
    cases = set(touched.get("clinic.Case", ()))
    for label, way in WAYS.items():
        cases |= set(Case.objects.filter(**{way: touched.get(label, ())}).values_list("pk", flat=True))
    for case in Case.objects.filter(pk__in=cases):
        keep_case(case)
    for card in CaseCard.objects.filter(pk__in=touched.get("clinic.CaseCard", ())):
        keep_card(card)
    for product in Product.objects.filter(pk__in=touched.get("meetings.Product", ())):
        keep_method(product)


def forget_words(secretary: Secretary | None, user: User | None, touched: dict[str, set]) -> None:
    """The last of all: whoever keeps something in the search has put it right."""
    if any(touched.get(label) for label in INDEXED):
        tidy()
