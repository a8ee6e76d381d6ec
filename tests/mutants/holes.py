"""Twenty holes of the kinds that others had: each a few words put into the place of others. All of them must be found."""

from typing import NamedTuple

PAGES, DOORS = "tests/test_every_page.py", "tests/admin/test_doors.py"


class Hole(NamedTuple):
    words: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...]  # arguments of pytest: the nearest tests


HOLES = [
    Hole(
        "the admin shows the rows of every studio",
        "mentorship/common/admin.py",
        "return rows.filter(**{OWNER: studio})",
        "return rows",
        (DOORS,),
    ),
    Hole(
        "a field of the admin offers every studio's rows",
        "mentorship/common/admin.py",
        "related.get_queryset(request).select_related",
        "related.model._base_manager.all().select_related",
        (DOORS,),
    ),
    Hole(
        "an inline of the admin takes any key",
        "mentorship/common/admin.py",
        "key.queryset = self.queryset",
        "pass",
        (DOORS,),
    ),
    Hole(
        "the admin can be asked about hidden columns",
        "mentorship/common/admin.py",
        "return lookup in allowed",
        "return True",
        (DOORS,),
    ),
    Hole(
        "the admin deletes",
        "mentorship/common/admin.py",
        "return False  # rows are ended, never deleted",
        "return True",
        (DOORS,),
    ),
    Hole(
        "the address fills a form of the admin",
        "mentorship/common/admin.py",
        "return {}  # nothing comes into a form from the address",
        "return super().get_changeform_initial_data(request)",
        (DOORS,),
    ),
    Hole(
        "a foreign row of the admin says that it is one",
        "mentorship/common/admin.py",
        "        raise Http404\n\n    # Lists",
        "        raise PermissionDenied\n\n    # Lists",
        (DOORS,),
    ),
    Hole(
        "permissions are not asked",
        "mentorship/accounts/access.py",
        "if not user.can(permission, studio, subdistrict_id=subdistrict_id):",
        "if False:",
        (PAGES, "-k", "letters: or promotions: or people:"),
    ),
    Hole(
        "a page asks nobody for a right",
        "mentorship/accounts/access.py",
        "    if not policy.allows(request.user, studio_of(request)):\n",
        "    if False:\n",
        ("tests/test_access_policy.py", PAGES, "-k", "policy or people:"),
    ),
    Hole(
        "403 in place of 404 for another studio's letter",
        "cohorts/letters/access.py",
        "    return get_object_or_404(rows, pk=pk)\n\n\ndef reply_for",
        "    found = rows.filter(pk=pk).first()\n    if found is None and ApprenticeshipLetter.objects.filter(pk=pk).exists():\n"
        "        raise PermissionDenied\n    return found or get_object_or_404(rows, pk=pk)\n\n\ndef reply_for",
        (PAGES, "-k", "letters:"),
    ),
    Hole(
        "a log is loaded past who may see it",
        "evaluations/logs/access.py",
        "TeachingLog.objects.visible_to(user).for_lists()",
        "TeachingLog.objects.for_lists()",
        (PAGES, "-k", "logs:"),
    ),
    Hole(
        "anyone who reads a log may change it",
        "evaluations/logs/access.py",
        "    if not may_change(user, log):\n",
        "    if False:\n",
        (PAGES, "tests/logs", "-k", "logs: or log"),
    ),
    Hole(
        "an apprentice marks their own work",
        "evaluations/logs/access.py",
        "    if work.mentee.secretary.user_id == user.pk:\n        return False\n",
        "",
        ("tests/logs",),
    ),
    Hole(
        "GET in place of POST",
        "cohorts/views/absence.py",
        "@require_POST\n@page(AWAY)\ndef back",
        "@page(AWAY)\ndef back",
        (PAGES, "-k", "cohorts:"),
    ),
    Hole(
        "a liaison reads the whole studio's register",
        "mentorship/people/models.py",
        "rows |= Q(studio=studio_id, community__subdistrict=subdistrict_id)",
        "rows |= Q(studio=studio_id)",
        ("tests/people", PAGES, "-k", "test_people or register or people: or pages"),
    ),
    Hole(
        "the form of a secretary takes any neighbourhood",
        "mentorship/people/forms.py",
        "studio.communities.select_related",
        'self.fields["community"].queryset.model.objects.select_related',
        ("tests/people",),
    ),
    Hole(
        "a training may be held at another studio's base",
        "cohorts/training/forms/sessions.py",
        "Base.objects.filter(studio=cohort.studio_id)",
        "Base.objects.all()",
        ("tests/training",),
    ),
    Hole(
        "one who types for a mentor has a seat on the panel",
        "evaluations/promotions/access.py",
        "if user.is_represented or review.studio_id",
        "if review.studio_id",
        ("tests/promotions",),
    ),
    Hole(
        "anyone reads what others were asked about a case",
        "cohorts/clinic/access.py",
        "    if consult is None or not may_advise(user, case):\n",
        "    if consult is None:\n",
        ("tests/clinic/test_independence.py", "tests/clinic/test_consulting.py"),
    ),
    Hole(
        "whoever reported a case closes it",
        "cohorts/clinic/access.py",
        "return case.awaits_close and not own and user.can",
        "return case.awaits_close and user.can",
        ("tests/clinic/test_closing.py",),
    ),
]
