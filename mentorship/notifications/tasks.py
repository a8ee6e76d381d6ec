"""Work that a background worker may take over."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django_tasks import default_task_backend, task

from mentorship.common import outages

from .hours import next_polite_moment
from .models import Receipt
from .words import words_of


@task()
def email_receipt(receipt_id: str) -> None:
    """Mails one receipt, once. Rights and addresses are looked up when it runs, not when it was asked for."""
    receipt = Receipt.objects.select_related("notice", "recipient").filter(pk=receipt_id, emailed_at=None).first()
    if receipt is None or not receipt.recipient.is_active or not receipt.recipient.email:
        return
    if receipt.notice.withdrawn_at:
        return
    later = next_polite_moment(timezone.now())
    if later and default_task_backend.supports_defer:  # a worker that fell behind must not ring in the evening
        email_receipt.using(run_after=later).enqueue(receipt_id)
        return
    words = words_of(receipt.notice, receipt.recipient.language or settings.LANGUAGE_CODE)
    link = f"\n\n{settings.SITE_URL}{receipt.notice.url}" if receipt.notice.url else ""
    if not default_task_backend.supports_defer and outages.noted_within(outages.MAIL, outages.REST):
        raise ConnectionError("the mail server was away a moment ago")  # somebody waits for their page
    with outages.mailing():
        send_mail(words.title, words.text + link, settings.DEFAULT_FROM_EMAIL, [receipt.recipient.email])
    Receipt.objects.filter(pk=receipt.pk).update(emailed_at=timezone.now())


def email_in_good_time(receipt_id: str) -> None:
    """Queues the mail for now, or for 7:30 in quiet hours.

    Without a worker (the immediate backend) nothing can be put off: the mail then leaves at once, as the notice does.
    """
    later = next_polite_moment(timezone.now())
    job = email_receipt.using(run_after=later) if later and default_task_backend.supports_defer else email_receipt
    job.enqueue(receipt_id)
