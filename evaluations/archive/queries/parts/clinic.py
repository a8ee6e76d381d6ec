"""会诊材料: the cases that the apprentice presented in the cohort, open and closed.

A sensitive case never leaves the clinic (domain.md §7). Opinions are on file once they are open.
"""

from django.db.models import OuterRef, Prefetch, Subquery
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from cohorts.clinic.models import Case, Opinion
from cohorts.models import Mentee
from mentorship.common.templatetags.wording import long_date

from .base import Item, Look, Source, each, kept, label, worded

CASE = [
    "number", "date", "title", "category", "state", "outcome", "effect", "lesson", "measure", "figure_before",
    "figure_after", "closed_on",
]  # fmt: skip


def cases():
    own = Mentee.objects.filter(secretary=OuterRef("presenter"), cohort=OuterRef("cohort")).values("pk")[:1]
    opinions = Prefetch("opinions", Opinion.objects.released().for_lists())
    rows = Case.objects.searchable().select_related("presenter").prefetch_related(opinions)
    return rows.annotate(of_mentee=Subquery(own)).order_by("date", "number")


def show_case(row: Case, look: Look) -> Item:
    title = _("会诊第%(number)s号：%(title)s") % {"number": row.number, "title": row.title}
    facts = worded(row, ["category", "state", "outcome"])
    facts += [(label(Case, "closed_on"), long_date(row.closed_on))] if row.closed_on else []
    facts += [(row.measure, _("%(before)s → %(after)s") % figures(row))] if row.figure_after is not None else []
    texts = [(_("会诊意见，%(who)s") % {"who": opinion.by}, opinion.text) for opinion in row.opinions.all()]
    texts += worded(row, ["effect", "lesson"])
    return Item(title, row.date, str(row.presenter), facts=facts, brief=True, texts=texts)


def figures(row: Case) -> dict:
    return {"before": floatformat(row.figure_before, "-1") or "—", "after": floatformat(row.figure_after, "-1")}


def case_facts(row: Case, look: Look) -> dict:
    return kept(row, CASE) | {"opinions": [[opinion.by, opinion.text] for opinion in row.opinions.all()]}


CASES = Source(cases, each(show_case), case_facts, owner="of_mentee")
