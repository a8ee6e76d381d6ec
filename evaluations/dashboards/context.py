"""What every page's frame needs: the studio, the places to go, the reader, and who is typing for whom."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cohorts.choices import Stage
from cohorts.models import Cohort
from evaluations.logs.queries import device_owner
from mentorship.accounts.permissions import Permission
from mentorship.common import outages
from mentorship.notifications.models import Receipt
from mentorship.places.models import in_language

SUBJECT_READERS = (
    Permission.COHORT_VIEW,
    Permission.MENTOR_HOME,
    Permission.MENTEE_HOME,
    Permission.RECOMMEND,
)
TRAINING_READERS = (Permission.TRAINING_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)


@dataclass(frozen=True)
class NavPlace:
    url: str
    label: str
    icon: str
    current: bool


def address(name: str) -> str:
    """Of a page that needs no key: a page's frame names some thirty of them."""
    return found_once(name, get_script_prefix())


@cache
def found_once(name: str, prefix: str) -> str:
    return reverse(name)


def frame(request) -> dict:
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}


def frame_of(request) -> dict:
    user = getattr(request, "user", None)
    studio = getattr(request, "studio", None)
    shown = {"text_size": getattr(request, "text_size", "standard"), "studio": studio, "demo": settings.DEMO}
    if studio and studio.disclaimer:
        shown |= {"demo": True, "disclaimer": in_language(studio.disclaimer, studio.disclaimer_en)}
    if user is None or not user.is_authenticated:
        return shown
    typist = user.acting_user
    person = typist or user
    shown |= {
        "who": f"{person} · {person.grants[0].get_role_display()}" if person.grants else str(person),
        "role_names": person.role_names,
        "printed_by": f"{typist}（{user}）" if typist else str(user),
        "unread": Receipt.objects.visible_to(user).unread().count(),
        "nav": nav_of(request, user, studio),
        "desk": desk_of(request, user, studio),
        "device": device_of(request, user, studio),
        "off": outages.words(),
    }
    if typist:
        shown["acting"] = {"principal_name": str(user), "actor_name": str(typist)}
    return shown


def nav_of(request, user, studio) -> list[NavPlace]:
    """At most five places, by what the reader may do in this studio."""
    match = request.resolver_match
    here = (match.namespace, match.url_name) if match else ("", "")

    def place(label, icon, name, *args, also=()):
        namespace, url_name = name.split(":")
        current = here == (namespace, url_name) or here[0] in also or f"{here[0]}:{here[1]}" in also
        return NavPlace(reverse(name, args=args) if args else address(name), label, icon, current)

    me = place(_("我的"), "person", "accounts:me")
    framework = place(pgettext("nav", "本领"), "file", "framework:framework")
    todo = place(_("待办"), "check", "dashboards:todo")
    dates = place(_("日历"), "calendar", "calendar:month", also=["calendar"])
    apart = here[0] == "logs" and (here[1] == "write" or here[1].startswith(("homework", "reflection", "where")))
    logs = place(_("日志"), "list", "logs:logs", also=[] if apart else ["logs"])
    clinic = place(pgettext("nav", "会诊"), "clinic", "clinic:cases", also=["clinic"])
    practice = place(_("作业"), "check", "logs:homeworks", also=["logs"] if apart else [])
    if user.can(Permission.COHORT_VIEW, studio):
        cohort = current_cohort(request)
        places = [
            place(_("总览"), "overview", "dashboards:overview"),
            place(_("名册"), "people", "people:register", also=["people"]),
        ]
        if cohort:
            places.append(place(_("批次"), "list", "cohorts:cohort", cohort.pk, also=["cohorts"]))
            places.append(place(_("结对"), "pair", "matching:proposals", cohort.pk, also=["matching"]))
        else:
            places.append(place(_("批次"), "list", "cohorts:cohorts", also=["cohorts"]))
        return [*places, clinic if user.can(Permission.CLINIC_VIEW, studio) else logs]
    if user.can(Permission.MENTOR_HOME, studio):
        home = place(_("首页"), "home", "dashboards:mentor_home", also=["cohorts:mentee"])
        return [home, place(_("记日志"), "log", "logs:write"), logs, clinic, me]
    if user.can(Permission.MENTEE_HOME, studio):
        home = place(_("成长"), "overview", "dashboards:mentee_home", also=["cohorts:mentee"])
        return [home, practice, logs, clinic, me]
    if user.can(Permission.RECOMMEND, studio):
        return [
            place(_("首页"), "home", "dashboards:liaison_home"),
            place(_("名册"), "people", "people:register", also=["people"]),
            todo,
            dates,
            me,
        ]
    if user.can(Permission.REVIEW, studio):
        return [place(_("评审"), "promote", "promotions:promotions", also=["promotions"]), todo, dates, framework, me]
    return [dates, framework, me] if user.grants else [me]


def desk_of(request, user, studio) -> list[tuple[str, str]]:
    """Other places, in the foot of every page: (address, words)."""
    places = []
    if studio and user.grants:
        places.append((address("dashboards:todo"), _("全部待办")))
        places.append((address("calendar:month"), _("日历")))
    if studio and user.can(Permission.ACCOUNT_VIEW, studio) and not user.is_represented:
        places.append((address("accounts:accounts"), _("账号与角色")))
    if studio and user.can(Permission.NOTICE_SEND, studio) and not user.is_represented:
        places.append((address("notifications:sent"), _("发出的通知")))
    if studio and any(user.can(needed, studio) for needed in SUBJECT_READERS):
        places.append((address("framework:framework"), pgettext("nav", "本领")))
    if studio and user.can(Permission.RATING_VIEW, studio) and (cohort := current_cohort(request)):
        places.append((reverse("growth:cohort", args=[cohort.pk]), _("成长比较")))
    if studio and any(user.can(needed, studio) for needed in TRAINING_READERS):
        places.append((address("training:sessions"), _("四训安排")))
        places.append((address("meetings:meetings"), _("研讨与例会")))
    places += clinic_places(user, studio)
    if studio and user.can(Permission.CLINIC_VIEW, studio) and user.can(Permission.COHORT_VIEW, studio):
        places.append((address("logs:logs"), _("日志")))  # gave its place above to the clinic
    places += visit_places(user, studio)
    if studio and user.can(Permission.TRAINING_VIEW, studio):
        places.append((address("training:ledger"), _("学时总表")))
    elif studio and user.can(Permission.MENTEE_HOME, studio):
        places.append((address("training:my_hours"), _("我的学时")))
    if studio and user.can(Permission.ARCHIVE_VIEW, studio):
        places.append((address("archive:start"), _("带教档案")))
    elif studio and user.can(Permission.MENTEE_HOME, studio):
        places.append((address("archive:start"), _("我的档案")))
    if studio and user.can(Permission.ASSESSMENT_VIEW, studio):
        places.append((address("assessments:rounds"), _("考核评估")))
    elif studio and any(
        user.can(p, studio) for p in (Permission.MENTOR_HOME, Permission.MENTEE_HOME, Permission.RECOMMEND)
    ):
        places.append((address("assessments:mine"), _("考核")))
    if studio and user.can(Permission.PROMOTION_VIEW, studio):
        places.append((address("promotions:promotions"), _("培养晋级")))
        places.append((address("promotions:graduates"), _("出师名录")))
    if user.is_staff:
        places.append((address("admin:index"), _("后台")))
    return places


def clinic_places(user, studio) -> list[tuple[str, str]]:
    """Cases for whoever has a part in them, what was learnt for who teaches or learns, figures for the studio."""
    if not studio:
        return []
    near = any(user.can(p, studio) for p in (Permission.CLINIC_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME))
    places = [(address("clinic:cases"), _("会诊所"))] if near or user.can(Permission.RECOMMEND, studio) else []
    places += [(address("clinic:library"), _("查经验"))] if near else []
    return places + ([(address("clinic:figures"), _("会诊数字"))] if user.can(Permission.CLINIC_VIEW, studio) else [])


def visit_places(user, studio) -> list[tuple[str, str]]:
    """The register for those who go on visits, the apprentice's own page for the others."""
    if not studio:
        return []
    if user.can(Permission.VISIT_VIEW, studio) or user.can(Permission.MENTOR_HOME, studio):
        return [(address("visits:visits"), _("督训记录"))]
    return [(address("visits:mine"), _("我的督训"))] if user.can(Permission.MENTEE_HOME, studio) else []


def device_of(request, user, studio) -> dict:
    """What the scripts on this device may keep: under whose name, which page, and for how many seconds (0: until the
    browser is closed). While someone types for another no page is kept."""
    session = request.session
    writes = user.can(Permission.MENTOR_HOME, studio) and not user.is_represented
    return {
        "owner": device_owner(user),
        "keep": address("logs:write") if writes else "",
        "stay": 0 if session.get_expire_at_browser_close() else session.get_expiry_age(),
    }


def cohorts_of(request) -> list[Cohort]:
    """The studio's cohorts, newest first, with their rules; read once a request."""
    if not hasattr(request, "studio_cohorts"):
        rows = Cohort.objects.visible_to(request.user).filter(studio=request.studio)
        request.studio_cohorts = list(rows.select_related("studio", "rules"))
    return request.studio_cohorts


def current_cohort(request) -> Cohort | None:
    """The studio's newest cohort that has begun and is not archived, else one to come, else the newest."""
    cohorts = cohorts_of(request)
    open_now = [cohort for cohort in cohorts if cohort.stage != Stage.ARCHIVED]
    begun = [cohort for cohort in open_now if cohort.starts <= cohort.studio.today()]
    return next(iter([*begun, *open_now, *cohorts]), None)
