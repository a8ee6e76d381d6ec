"""Each row names its studio, and what is unique is unique in a studio. What is not so stands here with its reason.

An engine that spreads rows (Citus) wants the studio in primary and foreign keys too, where it is not (docs/operations.md).

    .venv/bin/python -m tests.spread       # prints it table by table
"""

from django.apps import apps
from django.db import models

OURS = ("mentorship", "cohorts", "evaluations")
STUDIO = {"studio", "studio_id"}  # the audit trail has no foreign keys

PLACE = "the country's places, the same for all: a table that every node holds whole"
PERSON = "an account may serve several studios, and signs in before one is known"
MACHINE = "of the machine, not of a studio"
LINK = "made by Django for a many-to-many; both ends are of one studio, and it has no column for it"
SHARED = {
    "places.District": PLACE,
    "places.Subdistrict": PLACE,
    "places.Subdistrict_neighbours": PLACE,
    "places.Community": PLACE,
    "places.Studio": "the studios themselves",
    "accounts.User": PERSON,
    "accounts.SignInAttempt": PERSON,
    "accounts.GuessStreak": PERSON,
    "accounts.UploadTally": PERSON,
    "accounts.Authenticator": PERSON,
    "accounts.Passkey": PERSON,
    "accounts.RecoveryCode": PERSON,
    "privacy.OwnCopy": PERSON,
    "logs.Draft": PERSON,
    "upkeep.JobRun": MACHINE,
    "audit.SentForm": "found by the form's own digest before its studio is known; kept for two days",
    "promotions.LetterSent": "who writes is not known; counted by address, kept for days",
    "training.Session_indicators": LINK,
    "training.Session_groups": LINK,
    "training.Course_indicators": LINK,
    "meetings.ActionItem_helpers": LINK,
    "clinic.CaseCard_subjects": LINK,
    "clinic.CaseCard_indicators": LINK,
    "logs.TeachingLog_subjects": LINK,
    "logs.TeachingLog_indicators": LINK,
}
FOUND_BY_IT = "looked up before anything else is known: a code or link that leads to the studio"
EVERYWHERE = {
    "accounts.SignInCard.digest": FOUND_BY_IT,
    "letters.ApprenticeshipLetter.letter_code_once": FOUND_BY_IT,
    "clinic.Invitation.digest": FOUND_BY_IT,
    "promotions.Certificate.code": FOUND_BY_IT,
    "calendar.CalendarFeed.digest": FOUND_BY_IT,
    "accounts.SignInCard.one_live_card_each": "one for a person, whichever studio gave it",
    "people.Secretary.user": "an account has one record in a register, in whatever studio",
    "letters.LetterReminder.one_letter_reminder_a_week": "one for a person, whichever studio they answer in",
    "privacy.Erasure.erased_once_as_an_account": "an account is one, in whatever studio",
    "clinic.SearchText.search_text_once": "the number of a row, which no other row has",
}


def models_of_ours():
    return [m for m in apps.get_models(include_auto_created=True) if m.__module__.split(".")[0] in OURS]


def studio_of(model):
    return next((field for field in model._meta.local_fields if field.name in STUDIO), None)


def unique_of(model):
    """(name, fields) of each promise that there is only one, but for the primary key."""
    for field in model._meta.local_fields:
        if field.unique and not field.primary_key:
            yield field.name, [field.name]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield constraint.name, list(constraint.fields)
    yield from ((" ".join(together), list(together)) for together in model._meta.unique_together)


def led_by(model, fields):
    """`studio`; `parent` where it names a row of the studio, so that a studio in front would change nothing; or nothing."""
    if STUDIO & set(fields):
        return "studio"
    for name in fields:
        field = model._meta.get_field(name)
        if field.is_relation and studio_of(field.related_model):
            return "parent"
    return ""


def table():
    for model in models_of_ours():
        promises = [(name, led_by(model, fields)) for name, fields in unique_of(model)]
        indexes = [(index.name, led_by(model, [index.fields[0].lstrip("-")])) for index in model._meta.indexes]
        yield model, promises, indexes


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    for model, promises, indexes in table():
        print(f"{model._meta.label:34} {'studio' if studio_of(model) else SHARED.get(model._meta.label, '')}")
        for name, led in [*promises, *indexes]:
            print(f"    {led or '-':8} {name}")
