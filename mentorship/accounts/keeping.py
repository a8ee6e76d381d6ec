"""What was typed into a form comes back after signing in again, or after a second look at who is there.

It travels signed through the person's own browser and is never written down here: not a ballot, not a word.
"""

from dataclasses import dataclass

from django.core import signing

SALT = "mentorship.accounts.keeping"
LASTS = 12 * 3600
MOST = 1024 * 1024  # characters of values
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field  # nosec B105
FIELD = "kept"


@dataclass(frozen=True)
class Kept:
    to: str
    method: str
    fields: list
    who: str = ""
    acting_for: str = ""
    has_files: bool = False


def can_keep(request) -> bool:
    """Only what a person sent from a page, and never passwords."""
    return (
        "text/html" in request.headers.get("accept", "")
        and not getattr(request, "sensitive_post_parameters", None)
        and any(name != TOKEN for name in request.POST)
        and sum(len(value) for _name, value in pairs(request.POST)) <= MOST
    )


def pairs(values) -> list[tuple[str, str]]:
    return [(name, value) for name, many in values.lists() if name != TOKEN for value in many]


def keep(request, who="", acting_for="") -> str:
    """The request as one signed text. `who` may take it up again; with "" whoever signs in on this device.

    `acting_for`: the mentor for whom it was typed.
    """
    is_post = request.method == "POST"
    kept = {
        "to": request.get_full_path() if is_post else request.path,
        "method": "post" if is_post else "get",
        "fields": pairs(request.POST if is_post else request.GET),
        "who": str(who),
        "acting_for": str(acting_for),
        "has_files": bool(request.FILES),
    }
    return signing.dumps(kept, salt=SALT, compress=True)


def kept_in(text: str, user) -> Kept | None:
    """What `keep` made, if it is ours, not too old, and this person's."""
    try:
        kept = Kept(**signing.loads(text, salt=SALT, max_age=LASTS))
    except signing.BadSignature:
        return None
    return kept if kept.who in ("", str(user.pk)) else None
