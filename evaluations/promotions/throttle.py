"""The public form takes a few letters an hour from one address. The address itself is not kept, only a keyed digest."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache

from mentorship.accounts.throttle import address_of

AN_HOUR = 3600
MOST = 5


def may_send(request) -> bool:
    """Counts this sending; False from the sixth in an hour on."""
    mark = hmac.new(settings.SECRET_KEY.encode(), address_of(request).encode(), hashlib.sha256).hexdigest()
    key = f"objection:{mark}"
    cache.add(key, 0, AN_HOUR)
    try:
        return cache.incr(key) <= MOST
    except ValueError:  # it ran out between the two lines
        return True
