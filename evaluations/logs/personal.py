"""What this app holds about people (mentorship.common.personal), and the search after somebody was erased."""

from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.common.personal import ARCHIVE, PAIR, SELF, SELF_OFFICE, SENSITIVE, Drop, Keep, Table
from mentorship.people.models import Secretary

from .models import TeachingLog
from .searching import keep_log

MENTEE = ("mentee__secretary",)
LOGS, LEARNT, TASKS = _("教学日志"), _("学习心得"), _("作业和批阅")
OF_A_LOG = ({"log__sensitive": False}, SENSITIVE)
TABLES = [
    Table(
        "logs.Draft", _("写到一半的稿子"), SELF, Keep(_("60天没动就清掉")), ("owner", "hands"), Drop.NOW,
        links="owner hands mentor", plain="form client_key", facts="saved_at", erase="content",
    ),
    Table(
        "logs.TeachingLog", LOGS, PAIR, ARCHIVE, ("mentor__secretary",),
        links="mentor author transcribed_by mentees", plain="client_key version",
        facts="cohort kind date starts_at minutes mode next_date important privacy sensitive confirmed_at studio_ack_at"
        " voided_at subjects indicators",
        paper="place title text advice questions highlights problems improve materials weather void_reason",
        only=({"sensitive": False}, SENSITIVE),
    ),
    Table(
        "logs.Attendance", LOGS, PAIR, ARCHIVE, MENTEE,
        links="mentee", facts="log present confirmed_at", paper="absent_reason own_words", only=OF_A_LOG,
    ),
    Table(
        "logs.LogPhoto", LOGS, PAIR, ARCHIVE, ("log__mentor__secretary",), Drop.LATER,
        plain="client_key", facts="log kind order", paper="image", only=OF_A_LOG,
    ),
    Table(
        "logs.LogVersion", LOGS, PAIR, ARCHIVE, ("log__mentor__secretary",),
        links="replaced_by", facts="log number", paper="content", only=OF_A_LOG,
    ),
    Table(
        "logs.Reflection", LEARNT, PAIR, ARCHIVE, MENTEE,
        links="mentee commented_by", facts="cohort log mark commented_at date state handed_in_at",
        plain="client_key version", paper="title text one_event one_number one_regret comment",
    ),
    Table(
        "logs.Homework", TASKS, PAIR, ARCHIVE, MENTEE,
        links="mentee commented_by", facts="cohort log mark commented_at set_on due state handed_in_on", plain="version",
        paper="task answer comment",
    ),
    Table(
        "logs.HomeworkFile", TASKS, PAIR, ARCHIVE, ("homework__mentee__secretary",), Drop.LATER,
        facts="homework is_picture", paper="name file",
    ),
    Table(
        "logs.LogReminder", _("催写日志"), SELF_OFFICE, ARCHIVE, ("mentor__secretary",),
        links="mentor sent_by", facts="cohort month notice",
    ),
    Table("logs.LogDigest", _("催写日志"), plain="cohort week notice"),
]  # fmt: skip
ASKED = {"absent everyone length notebook drop day photos minutes reason": LOGS, "homework homework_due files": TASKS}


def search_anew(secretary: Secretary | None, user: User | None, touched: dict[str, set]) -> None:
    for log in TeachingLog.objects.filter(pk__in=touched.get("logs.TeachingLog", ())):
        keep_log(log)
