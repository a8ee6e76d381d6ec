"""Forms that show what is stored and could overwrite another's words: each knows what it showed, or stands here."""

from django import forms
from django.forms.formsets import BaseFormSet
from django.template.context import BaseContext

from mentorship.common.versions import SEEN

NEW = "makes a new row; what stands in it is only proposed"
OWN = "one's own, and nobody else may change it"
MOVES = "moves a state; the second meets what the first left"
BLIND = {
    NEW: {
        "assessments:make", "clinic:check", "clinic:invite", "cohorts:away", "cohorts:create", "cohorts:nominate",
        "cohorts:talk", "growth:draw", "growth:rate", "growth:sample", "letters:agreement_draw",
        "letters:agreement_draw_all", "letters:appointment_issue", "letters:appointment_issue_all",
        "logs:homework_set", "logs:write", "logs:write_for", "people:create", "people:open_account",
        "promotions:graduate", "promotions:holidays", "promotions:key", "promotions:object_enter", "promotions:open",
        "promotions:publish", "training:add_course", "visits:finding_add", "visits:report",
    },
    OWN: {"accounts:rename_passkey", "training:choose"},
    MOVES: {
        "clinic:triage", "cohorts:extend", "cohorts:pause", "cohorts:repair", "cohorts:resume", "cohorts:substitute",
        "cohorts:withdraw", "people:leave",
    },
}  # fmt: skip


def values_of(response) -> list:
    """What the templates of a page were given."""
    contexts = response.context or []
    several = [contexts] if isinstance(contexts, BaseContext) else contexts  # one template, or several
    return [value for context in several for value in context.flatten().values()]


def forms_of(response) -> list[forms.BaseForm]:
    """Those of the page, and those of its formsets; a filter is no form that is sent to change something."""
    found = {}
    for value in values_of(response):
        several = value.forms if isinstance(value, BaseFormSet) else [value]
        found |= {id(form): form for form in several if isinstance(form, forms.BaseForm)}
    return list(found.values())


def shows(form: forms.BaseForm) -> bool:
    """Something stands in a box before anything is typed."""
    return any(field.initial not in (None, "", [], False) for field in form.visible_fields())


def is_blind(response) -> bool:
    """A page with a form that shows something, and no form of it would notice that another has changed it."""
    sent = [form for form in forms_of(response) if not type(form).__module__.startswith("django_filters")]
    knows = any({SEEN, "version"} & set(form.fields) for form in sent)
    return any(map(shows, sent)) and not knows


def seen_at(browser, url) -> dict:
    """The digest that the page carries now."""
    return {SEEN: browser.get(url).context["form"][SEEN].value()}
