"""What a session remembers of its sign-in: when it began, when it was last used, and when its owner last showed a key.

Two questions are answered here for everyone: does the second factor still have to be shown, and has the time run out?
"""

import time

from django.conf import settings

BY_CARD = "card"  # the card that opened it
ACTING_FOR = "acting_for"  # the mentor for whom its owner types
TRUSTED = "trusted"  # on the person's own phone, for thirty days
SHOWN = "second_factor_shown"
LOOKED = "looked"  # when the owner last showed code, passkey or password
BEGAN, SEEN, CHALLENGE = "began", "seen", "challenge"
ENDED = "ended"  # in the session that follows: the one before ran out of time
LOOK_LASTS = 10 * 60
NOTED_EVERY = 60  # seconds between two writes of SEEN


def is_required() -> bool:
    return settings.SECOND_FACTOR == "required"


def has_to_show_more(user, session) -> bool:
    """Whether the password alone has opened this session, and more must come before anything else."""
    if user.has_second_factor:
        return SHOWN not in session
    return is_required() and user.must_have_second_factor


def note_beginning(session) -> None:
    session[BEGAN] = session[SEEN] = time.time()


def note_look(session, *, second_factor: bool = False) -> None:
    session[LOOKED] = time.time()
    if second_factor:
        session[SHOWN] = True


def looked_lately(session) -> bool:
    return time.time() - session.get(LOOKED, 0) <= LOOK_LASTS


def may_trust_phone(user) -> bool:
    """Thirty days without signing in are for those who don't hold other people's keys."""
    return not (is_required() and user.must_have_second_factor)


def limits_of(user) -> tuple[int, int]:
    """(seconds without a step, seconds in all)."""
    return settings.SESSION_LIMITS["staff" if user.must_have_second_factor else "others"]


def is_timed(user, session) -> bool:
    if not is_required():
        return False
    return not (may_trust_phone(user) and (TRUSTED in session or BY_CARD in session))


def seconds_left(user, session) -> float:
    """Until the session ends by itself; negative once it has. A session from before this rule begins now."""
    now = time.time()
    idle, absolute = limits_of(user)
    return min(session.setdefault(SEEN, now) + idle, session.setdefault(BEGAN, now) + absolute) - now


def note_step(session, *, at_once: bool = False) -> None:
    """Written down once a minute, so that not every page writes."""
    now = time.time()
    if at_once or now - session.get(SEEN, 0) > NOTED_EVERY:
        session[SEEN] = now
