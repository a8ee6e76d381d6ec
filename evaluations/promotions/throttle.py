"""The public form takes a few letters an hour from one address. The address itself is not kept, only a keyed digest.

Sendings are counted in the database, as tries to sign in are: every worker sees what the others took in.
"""

import datetime
import hashlib
import hmac

from django.conf import settings
from django.utils import timezone

from evaluations.promotions.models import LetterSent
from mentorship.common.callers import address_of

AN_HOUR = datetime.timedelta(hours=1)
MOST = 5


def may_send(request) -> bool:
    """Counts this sending; False from the sixth in an hour on. It is written down before it is counted, so that many
    at once are counted like many in a row; one that had to wait is not counted again."""
    place = hmac.new(settings.SECRET_KEY.encode(), address_of(request).encode(), hashlib.sha256).hexdigest()
    LetterSent.objects.filter(at__lte=timezone.now() - AN_HOUR).delete()
    row = LetterSent.objects.create(place=place)
    if LetterSent.objects.filter(place=place).count() <= MOST:
        return True
    row.delete()
    return False
