"""Who may open what: a row for every address. An address without a row fails the build.

`allow` names actors of the cast (tests/conftest.py). Everyone else is refused: the anonymous are asked to sign in,
insiders get 403 or 404, and a stranger asking for another studio's object gets 404.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

INSIDERS = {"lead", "officer", "leader", "mentor", "other_mentor", "mentee", "other_mentee", "liaison", "other_liaison",
            "reviewer"}  # fmt: skip
STRANGERS = {"stranger", "stranger_mentee"}
SIGNED_IN = INSIDERS | STRANGERS | {"nobody"}
EVERYONE = SIGNED_IN | {"anonymous"}
WORKERS = {"lead", "officer"}
READERS = {"lead", "officer", "leader"}
LIAISONS = {"liaison", "other_liaison"}


@dataclass(frozen=True)
class Row:
    """`of` gives the arguments for the first studio's object; `foreign` those for the other studio's."""

    allow: set[str]
    of: Callable[[Any], list] | None = None
    foreign: Callable[[Any], list] | None = None
    post: bool = False  # answers to POST only
    writes_on_get: bool = False  # opening it is itself an act (reading a notice)


def row_of(own: str, foreign: str):
    """Makes rows for addresses that name one kind of object: its two paths lead from the world to the two rows."""

    def make(allow, post=False, **more):
        return Row(allow, lambda w: [follow(w, own)], lambda w: [follow(w, foreign)], post, **more)

    return make


def follow(world, path: str):
    for step in path.split("."):
        world = getattr(world, step)
    return world


cohort = row_of("cohort.pk", "other_cohort.pk")
mentor = row_of("mentor_row.pk", "foreign_mentor_row.pk")
mentee = row_of("mentee_row.pk", "foreign_mentee_row.pk")
secretary = row_of("mentee_row.secretary_id", "foreign_mentee_row.secretary_id")
register_only = row_of("candidate.pk", "foreign_candidate.pk")
account = row_of("mentee.pk", "stranger_mentee.pk")
mentor_account = row_of("mentor.pk", "foreign_mentor.pk")
card = row_of("card.pk", "foreign_card.pk")
grant = row_of("grant.pk", "foreign_grant.pk")
assistant = row_of("assistant.pk", "foreign_assistant.pk")
proposal = row_of("proposal.pk", "foreign_proposal.pk")
bar = row_of("bar.pk", "foreign_bar.pk")
log = row_of("log.pk", "foreign_log.pk")
log_photo = row_of("photo.pk", "foreign_photo.pk")
framework = row_of("cohort.framework_id", "other_cohort.framework_id")
notice = row_of("notice.pk", "foreign_notice.pk")
receipt = row_of("receipt.pk", "foreign_receipt.pk")

review = row_of("review.pk", "foreign_review.pk")
past_review = row_of("past_review.pk", "foreign_past_review.pk")
panel_member = row_of("member.pk", "foreign_member.pk")
vote_candidate = row_of("vote_candidate.pk", "foreign_vote_candidate.pk")
decided = row_of("decided.pk", "foreign_decided.pk")
public_notice = row_of("public_notice.pk", "foreign_public_notice.pk")
objection = row_of("objection.pk", "foreign_objection.pk")
appeal = row_of("appeal.pk", "foreign_appeal.pk")
certificate = row_of("certificate.pk", "foreign_certificate.pk")
holiday = row_of("holiday.pk", "foreign_holiday.pk")

LEAD = {"lead"}
THEIRS = {"stranger"}  # on an address without an object a stranger opens their own studio's
PAIR = {"mentor", "mentee"}
PANEL = {"reviewer", "mentor"}

TABLE: dict[str, Row] = {
    "dashboards:home": Row(SIGNED_IN),
    "dashboards:overview": Row(READERS | THEIRS),
    "dashboards:mentor_home": Row({"mentor", "other_mentor"}),
    "dashboards:mentee_home": Row({"mentee", "other_mentee", "stranger_mentee"}),
    "dashboards:liaison_home": Row(LIAISONS | WORKERS | THEIRS),
    "dashboards:reviewer_home": Row({"reviewer"}),
    "dashboards:help": Row(EVERYONE),
    "dashboards:accessibility": Row(EVERYONE),
    "dashboards:healthz": Row(EVERYONE),
    "accounts:login": Row(EVERYONE),
    "accounts:logout": Row(SIGNED_IN, post=True),
    "accounts:me": Row(SIGNED_IN),
    "accounts:password": Row(SIGNED_IN),
    "accounts:preferences": Row(EVERYONE, post=True),
    "accounts:choose_studio": Row(SIGNED_IN, post=True),
    "accounts:accounts": Row(READERS | THEIRS),
    "accounts:new_account": Row(LEAD | THEIRS),
    "accounts:account": account(READERS),
    "accounts:edit_account": account(WORKERS),
    "accounts:grant_role": account(LEAD, post=True),
    "accounts:revoke_role": grant(LEAD, post=True),
    "accounts:deactivate": account(WORKERS, post=True),
    "accounts:reactivate": account(WORKERS, post=True),
    "accounts:reset_password": account(WORKERS, post=True),
    "accounts:name_assistant": mentor_account(WORKERS | {"mentor"}, post=True),
    "accounts:end_assistant": assistant(WORKERS | {"mentor"}, post=True),
    "accounts:card": account(WORKERS),
    "accounts:card_issue": account(WORKERS, post=True),
    "accounts:card_revoke": card(WORKERS, post=True),
    "accounts:card_sign_in": Row(EVERYONE, of=lambda w: [w.secret]),
    "accounts:act": mentor_account(WORKERS, post=True),
    "accounts:stop_acting": Row(SIGNED_IN, post=True),
    "people:register": Row(READERS | LIAISONS | THEIRS),
    "people:secretary": secretary(READERS | {"liaison", "mentee"}),
    "people:create": Row(WORKERS | THEIRS),
    "people:edit": secretary(WORKERS),
    "people:portrait": secretary(READERS | {"liaison", "mentee"}),
    "people:portrait_edit": secretary(WORKERS),
    "people:portrait_delete": secretary(WORKERS),
    "people:import": Row(WORKERS | THEIRS),
    "people:import_preview": Row(WORKERS | THEIRS),
    "people:import_template": Row(WORKERS | THEIRS),
    "people:export": Row(WORKERS | THEIRS, writes_on_get=True),
    "people:leave": secretary(WORKERS),
    "people:return": secretary(WORKERS),
    "people:open_account": register_only(WORKERS),
    "notifications:inbox": Row(SIGNED_IN),
    "notifications:send": Row(WORKERS | THEIRS),
    "notifications:sent": Row(WORKERS | THEIRS),
    "notifications:sent_notice": notice(WORKERS),
    "notifications:remind": notice(WORKERS, post=True),
    "notifications:notice": receipt({"mentor"}, writes_on_get=True),
    "notifications:acknowledge": receipt({"mentor"}, post=True),
    "framework:framework": Row(SIGNED_IN - {"nobody"}),
    "framework:version": framework(INSIDERS),
    "framework:new_version": framework(LEAD, post=True),
    "framework:lock": framework(LEAD, post=True),
    "cohorts:cohorts": Row(READERS | THEIRS),
    "cohorts:create": Row(WORKERS | THEIRS),
    "cohorts:cohort": cohort(READERS),
    "cohorts:rules": cohort(WORKERS),
    "cohorts:advance": cohort(LEAD),
    "cohorts:mentors": cohort(READERS),
    "cohorts:nominate": cohort(WORKERS),
    "cohorts:pool": cohort(READERS | LIAISONS),
    "cohorts:recommend": Row(
        WORKERS | {"liaison"},
        lambda w: [w.cohort.pk, w.candidate.pk],
        lambda w: [w.other_cohort.pk, w.foreign_candidate.pk],
    ),
    "cohorts:mentees": cohort(READERS),
    "cohorts:mentee_choose": cohort(LEAD, post=True),
    "cohorts:mentee_reserve": cohort(LEAD, post=True),
    "cohorts:roster": cohort(READERS),
    "cohorts:mentor": mentor(READERS | PAIR),
    "cohorts:mentor_edit": mentor(WORKERS),
    "cohorts:mentor_assess": mentor(WORKERS),
    "cohorts:mentor_appoint": mentor(LEAD),
    "cohorts:mentor_decline": mentor(LEAD),
    "cohorts:mentee": mentee(READERS | PAIR | {"liaison"}),
    "cohorts:mentee_baseline": mentee(WORKERS),
    "cohorts:mentee_rank": mentee(LEAD, post=True),
    "cohorts:mentee_decline": mentee(LEAD),
    "cohorts:talk": mentee(WORKERS),
    "cohorts:repair": mentee(LEAD),
    "cohorts:pause": mentee(WORKERS),
    "cohorts:resume": mentee(WORKERS),
    "cohorts:extend": mentee(LEAD),
    "cohorts:withdraw": mentee(LEAD),
    "cohorts:substitute": mentee(LEAD),
    "cohorts:portrait": mentee(READERS | PAIR | {"liaison"}),
    "logs:logs": Row(READERS | {"mentor", "other_mentor", "mentee", "other_mentee"} | STRANGERS),
    "logs:calendar": Row(READERS | {"mentor", "other_mentor", "mentee", "other_mentee"} | STRANGERS),
    "logs:export": Row(READERS | {"stranger"}, writes_on_get=True),
    "logs:write": Row({"mentor", "other_mentor"}),
    "logs:write_for": mentor(WORKERS),
    "logs:blank": Row({"mentor", "other_mentor"}),
    "logs:blank_for": mentor(WORKERS),
    "logs:rhythm": cohort(READERS),
    "logs:remind": mentor(WORKERS, post=True),
    "logs:log": log(READERS | PAIR),
    "logs:photo": log_photo(READERS | PAIR),
    "logs:correct": log(WORKERS | {"mentor"}),
    "logs:void": log(WORKERS | {"mentor"}),
    "logs:confirm": log({"mentor"}, post=True),
    "logs:acknowledge": log(WORKERS, post=True),
    "logs:transcribe": log(WORKERS),
    "logs:own_words": log({"mentee"}),
    "matching:proposals": cohort(READERS),
    "matching:propose": cohort(WORKERS, post=True),
    "matching:compare": cohort(READERS),
    "matching:wishes": cohort(READERS),
    "matching:bars": cohort(READERS),
    "matching:wish": mentee(WORKERS),
    "matching:unbar": bar(WORKERS, post=True),
    "matching:proposal": proposal(READERS),
    "matching:move": proposal(WORKERS, post=True),
    "matching:swap": proposal(WORKERS, post=True),
    "matching:pin": proposal(WORKERS, post=True),
    "matching:undo": proposal(WORKERS, post=True),
    "matching:resolve": proposal(WORKERS, post=True),
    "matching:copy": proposal(WORKERS, post=True),
    "matching:set_aside": proposal(WORKERS, post=True),
    "matching:publish": proposal(LEAD),
    "promotions:promotions": Row(READERS | {"reviewer", "mentor", "other_mentor"} | THEIRS),
    "promotions:ladder": Row(SIGNED_IN),
    "promotions:open": cohort(WORKERS),
    "promotions:key": cohort(LEAD),
    "promotions:review": review(READERS | PANEL),
    "promotions:members": review(WORKERS),
    "promotions:conclude": review(LEAD, post=True),
    "promotions:minutes": review(READERS | PANEL),
    "promotions:publish": review(LEAD),
    "promotions:take_effect": past_review(LEAD, post=True),
    "promotions:member_remove": panel_member(WORKERS, post=True),
    "promotions:attend": panel_member(WORKERS, post=True),
    "promotions:candidate": vote_candidate(READERS | PANEL),
    "promotions:candidate_edit": vote_candidate(WORKERS),
    "promotions:recuse": vote_candidate(WORKERS),
    "promotions:open_vote": vote_candidate(WORKERS, post=True),
    "promotions:vote": vote_candidate(LEAD | PANEL),
    "promotions:enter": vote_candidate(WORKERS),
    "promotions:close_vote": vote_candidate(WORKERS, post=True),
    "promotions:put_off": vote_candidate(WORKERS),
    "promotions:stop_vote": vote_candidate(WORKERS),
    "promotions:reopen": vote_candidate(WORKERS),
    "promotions:result": decided(READERS | {"mentee"}),
    "promotions:appeal": decided({"mentee"}),
    "promotions:appeal_decide": appeal(LEAD),
    "promotions:notice": public_notice(INSIDERS),
    "promotions:notice_print": public_notice(INSIDERS),
    "promotions:object_enter": public_notice(WORKERS),
    "promotions:objections": Row(SIGNED_IN),
    "promotions:objection": objection(LEAD),
    "promotions:assign": objection(LEAD),
    "promotions:find": objection(set()),
    "promotions:agree": objection(set(), post=True),
    "promotions:send_back": objection(set(), post=True),
    "promotions:board": Row(EVERYONE, of=lambda w: [w.studio.code]),
    "promotions:object_thanks": Row(EVERYONE, of=lambda w: [w.studio.code]),
    "promotions:object": Row(EVERYONE, of=lambda w: [w.studio.code, w.public_notice.pk]),
    "promotions:graduates": Row(READERS | THEIRS),
    "promotions:graduate": cohort(LEAD),
    "promotions:certificate": certificate(READERS | PAIR),
    "promotions:certificate_pdf": certificate(WORKERS),
    "promotions:certificate_sign": certificate(LEAD | {"mentor"}, post=True),
    "promotions:certificate_reissue": certificate(LEAD),
    "promotions:certificate_nominate": certificate(LEAD),
    "promotions:verify": Row(EVERYONE, of=lambda w: [signed(w.certificate).code]),
    "promotions:holidays": Row(WORKERS | THEIRS),
    "promotions:holiday_remove": holiday(WORKERS, post=True),
}


def signed(certificate):
    """Only a signed one can be verified."""
    certificate.mentor_signed_at = certificate.studio_signed_at = timezone.now()
    certificate.save()
    return certificate
