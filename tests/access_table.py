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
absence = row_of("absence.pk", "foreign_absence.pk")
proposal = row_of("proposal.pk", "foreign_proposal.pk")
bar = row_of("bar.pk", "foreign_bar.pk")
log = row_of("log.pk", "foreign_log.pk")
pairing = row_of("pairing.pk", "foreign_pairing.pk")
appointment = row_of("appointment.pk", "foreign_appointment.pk")
agreement = row_of("agreement.pk", "foreign_agreement.pk")
launch_item = row_of("launch_item.pk", "foreign_launch_item.pk")
log_photo = row_of("photo.pk", "foreign_photo.pk")
reflection = row_of("reflection.pk", "foreign_reflection.pk")
homework = row_of("homework.pk", "foreign_homework.pk")
homework_file = row_of("homework_file.pk", "foreign_homework_file.pk")
letter = row_of("letter.pk", "foreign_letter.pk")
photo_letter = row_of("photo_letter.pk", "foreign_photo_letter.pk")
bound_file = row_of("bound.pk", "foreign_bound.pk")
export_job = row_of("job.pk", "foreign_job.pk")
rating = row_of("rating.pk", "foreign_rating.pk")
gap_plan = row_of("gap_plan.pk", "foreign_gap_plan.pk")
draw = row_of("draw.pk", "foreign_draw.pk")
scheme = row_of("scheme.pk", "foreign_scheme.pk")
round_ = row_of("round.pk", "foreign_round.pk")
sheet = row_of("sheet.pk", "foreign_sheet.pk")
task = row_of("task.pk", "foreign_task.pk")
veto = row_of("veto.pk", "foreign_veto.pk")
score_review = row_of("score_review.pk", "foreign_score_review.pk")
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
session = row_of("session.pk", "foreign_session.pk")
course = row_of("course.pk", "foreign_course.pk")
enrolment = row_of("enrolment.pk", "foreign_enrolment.pk")
attended = row_of("attended.pk", "foreign_attended.pk")

LEAD = {"lead"}
THEIRS = {"stranger"}  # on an address without an object a stranger opens their own studio's
PAIR = {"mentor", "mentee"}
MENTORS = {"mentor", "other_mentor"}
MENTEES = {"mentee", "other_mentee"}
PANEL = {"reviewer", "mentor"}

TABLE: dict[str, Row] = {
    "dashboards:home": Row(SIGNED_IN),
    "dashboards:overview": Row(READERS | THEIRS),
    "dashboards:mentor_home": Row({"mentor", "other_mentor"}),
    "dashboards:mentee_home": Row({"mentee", "other_mentee", "stranger_mentee"}),
    "dashboards:liaison_home": Row(LIAISONS | WORKERS | THEIRS),
    "dashboards:reviewer_home": Row({"reviewer"}),
    "dashboards:todo": Row(SIGNED_IN),
    "dashboards:help": Row(EVERYONE),
    "dashboards:accessibility": Row(EVERYONE),
    "dashboards:healthz": Row(EVERYONE),
    "dashboards:service_worker": Row(EVERYONE),
    "dashboards:offline": Row(EVERYONE),
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
    "notifications:withdraw": notice(WORKERS),
    "notifications:sent_export": notice(WORKERS, writes_on_get=True),
    "notifications:mine": notice({"mentor"}),
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
    "cohorts:away": mentor(WORKERS | {"mentor"}),
    "cohorts:back": absence(WORKERS | {"mentor"}, post=True),
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
    "cohorts:extend": mentee(WORKERS),
    "cohorts:withdraw": mentee(WORKERS),
    "cohorts:proposal": row_of("roster_proposal.pk", "foreign_roster_proposal.pk")(READERS),
    "cohorts:substitute": mentee(LEAD),
    "cohorts:portrait": mentee(READERS | PAIR | {"liaison"}),
    "logs:logs": Row(READERS | {"mentor", "other_mentor", "mentee", "other_mentee"} | STRANGERS),
    "logs:calendar": Row(READERS | {"mentor", "other_mentor", "mentee", "other_mentee"} | STRANGERS),
    "logs:export": Row(READERS | {"stranger"}, writes_on_get=True),
    "logs:write": Row({"mentor", "other_mentor"}),
    "logs:write_for": mentor(WORKERS),
    "logs:blank": Row({"mentor", "other_mentor"}),
    "logs:blank_for": mentor(WORKERS),
    "logs:token": Row(SIGNED_IN),
    "logs:draft": Row(
        WORKERS | STRANGERS | {"mentor", "other_mentor", "mentee", "other_mentee"},
        of=lambda w: ["coaching", w.log.client_key],
        post=True,
    ),
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
    "letters:appointments": cohort(READERS | MENTORS),
    "letters:appointment": appointment(READERS | {"mentor"}),
    "letters:appointment_pdf": appointment(READERS | {"mentor"}),
    "letters:appointment_issue": mentor(WORKERS),
    "letters:appointment_issue_all": cohort(WORKERS),
    "letters:appointment_void": appointment(WORKERS),
    "letters:agreements": cohort(READERS | MENTORS | MENTEES),
    "letters:agreement": agreement(READERS | PAIR),
    "letters:agreement_pdf": agreement(READERS | PAIR),
    "letters:agreement_draw": pairing(WORKERS),
    "letters:agreement_draw_all": cohort(WORKERS),
    "letters:agreement_edit": agreement(WORKERS),
    "letters:agreement_sign": agreement(WORKERS | PAIR, post=True),
    "letters:agreement_withdraw": agreement(WORKERS),
    "letters:launch": cohort(READERS),
    "letters:launch_open": cohort(WORKERS, post=True),
    "letters:launch_edit": cohort(WORKERS),
    "letters:launch_add": cohort(WORKERS, post=True),
    "letters:launch_move": launch_item(WORKERS, post=True),
    "letters:launch_remove": launch_item(WORKERS, post=True),
    "letters:launch_remind_mentee": pairing(WORKERS, post=True),
    "letters:launch_remind_mentor": mentor(WORKERS, post=True),
    "logs:where": mentee(READERS | PAIR),
    "logs:reflections": Row(READERS | {"mentor", "other_mentor", "mentee", "other_mentee"} | STRANGERS),
    "logs:reflection_write": Row({"mentee", "other_mentee", "stranger_mentee"}),
    "logs:reflection": reflection(READERS | PAIR),
    "logs:reflection_edit": reflection({"mentee"}),
    "logs:reflection_answer": reflection(WORKERS | {"mentor"}),
    "logs:homeworks": Row(READERS | {"mentor", "other_mentor", "mentee", "other_mentee"} | STRANGERS),
    "logs:homework_set": Row(WORKERS | {"mentor", "other_mentor", "stranger"}),
    "logs:homework": homework(READERS | PAIR),
    "logs:homework_hand_in": homework({"mentee"}),
    "logs:homework_answer": homework(WORKERS | {"mentor"}),
    "logs:homework_waive": homework(WORKERS | {"mentor"}),
    "logs:homework_file": homework_file(READERS | PAIR),
    "letters:letters": Row(READERS | {"mentor", "other_mentor", "mentee", "other_mentee"} | STRANGERS),
    "letters:letter_write": pairing({"mentee"}),
    "letters:letter": letter(READERS | PAIR, writes_on_get=True),
    "letters:letter_take_back": letter({"mentee"}, post=True),
    "letters:letter_pdf": letter(READERS | PAIR),
    "letters:letter_file": letter(WORKERS, post=True),
    "letters:reply": letter({"mentor"}, writes_on_get=True),
    "letters:reply_photo": photo_letter(WORKERS | {"other_mentor"}),
    "letters:transcribe": letter(WORKERS),
    "letters:confirm": letter({"mentor"}, post=True),
    "letters:verify": Row(EVERYONE),
    "letters:verify_code": Row(EVERYONE, of=lambda w: [w.sealed_letter.code]),
    "archive:start": Row(READERS | {"mentee", "other_mentee"} | STRANGERS),
    "archive:files": cohort(READERS),
    "archive:file": mentee(READERS | {"mentee"}),
    "archive:file_print": mentee(WORKERS | {"mentee"}, writes_on_get=True),
    "archive:file_pdf": mentee(WORKERS | {"mentee"}, writes_on_get=True),
    "archive:keepsake": mentee(WORKERS | {"mentee"}, writes_on_get=True),
    "archive:bind": mentee(WORKERS, post=True),
    "archive:bound": bound_file(READERS),
    "archive:check": bound_file(WORKERS, post=True),
    "archive:export": cohort(WORKERS, post=True),
    "archive:exports": Row(WORKERS | THEIRS),
    "archive:export_job": export_job(LEAD),
    "archive:export_state": export_job(LEAD),
    "archive:export_retry": export_job(LEAD, post=True),
    "archive:export_file": export_job(LEAD, writes_on_get=True),
    "training:sessions": Row(READERS | MENTORS | MENTEES | STRANGERS),
    "training:bases": Row(READERS | MENTORS | MENTEES | STRANGERS),
    "training:plan": Row(WORKERS | THEIRS),
    "training:session": session(READERS | MENTORS | MENTEES),
    "training:change": session(WORKERS),
    "training:cancel": session(WORKERS),
    "training:held": session(WORKERS, post=True),
    "training:choose": session(MENTEES),
    "training:leave": session({"mentee"}),
    "training:courses": session(WORKERS),
    "training:add_course": session(WORKERS),
    "training:allocate": session(WORKERS),
    "training:change_course": course(WORKERS),
    "training:remove_course": course(WORKERS, post=True),
    "training:drop": enrolment(WORKERS),
    "training:attendance": session(WORKERS),
    "training:attendance_sheet": session(WORKERS),
    "training:ask_leave": session(MENTEES),
    "training:door": session(WORKERS),
    "training:door_now": session(WORKERS),
    "training:sign_in": Row(MENTEES, lambda w: [w.session.pk, "0-0"], lambda w: [w.foreign_session.pk, "0-0"]),
    "training:attended": attended(READERS | PAIR),
    "training:settle": attended(WORKERS),
    "training:make_up": attended(WORKERS),
    "training:ledger": Row(READERS | THEIRS),
    "training:ledger_export": Row(READERS | THEIRS, writes_on_get=True),
    "training:my_hours": Row(MENTEES | {"stranger_mentee"}),
    "training:hours": mentee(READERS | PAIR),
    "growth:growth": mentee(READERS | PAIR),
    "growth:history": mentee(READERS | PAIR),
    "growth:rate": mentee(WORKERS | {"mentor"}),
    "growth:undo": rating({"mentor"}, post=True),
    "growth:plan": gap_plan(READERS | PAIR),
    "growth:plan_pdf": gap_plan(READERS | PAIR),
    "growth:plan_make": mentee(WORKERS | {"mentor"}),
    "growth:plan_edit": gap_plan(WORKERS | {"mentor"}),
    "growth:plan_agree": gap_plan(PAIR, post=True),
    "growth:plan_close": gap_plan(WORKERS | {"mentor"}),
    "growth:cohort": cohort(READERS),
    "growth:cohort_export": cohort(READERS, writes_on_get=True),
    "growth:report": cohort(READERS),
    "growth:report_docx": cohort(READERS, writes_on_get=True),
    "growth:sample": cohort(READERS),
    "growth:burden": cohort(READERS),
    "growth:draw": draw(READERS),
    "assessments:rounds": Row(READERS | THEIRS),
    "assessments:make": Row(WORKERS | THEIRS),
    "assessments:mine": Row(WORKERS | LIAISONS | {"mentor", "other_mentor", "mentee", "other_mentee"} | STRANGERS),
    "assessments:schemes": cohort(READERS),
    "assessments:scheme": scheme(READERS),
    "assessments:scheme_change": scheme(WORKERS),
    "assessments:replay": scheme(READERS),
    "assessments:round": round_(READERS),
    "assessments:advance": round_(WORKERS, post=True),
    "assessments:remind": round_(WORKERS, post=True),
    "assessments:reopen": round_(WORKERS),
    "assessments:results": round_(READERS),
    "assessments:release": round_(LEAD),
    "assessments:rate": task({"mentor"}),
    "assessments:draft": task({"mentor"}, post=True),
    "assessments:sheet": sheet(READERS | {"mentee"}),
    "assessments:report": sheet({"mentee"}),
    "assessments:comment": sheet(WORKERS | {"mentor"}),
    "assessments:feedback": sheet(WORKERS | {"mentor"}),
    "assessments:sign": sheet({"mentee"}),
    "assessments:file_review": sheet({"mentee"}),
    "assessments:veto": sheet(WORKERS),
    "assessments:settle": veto(WORKERS),
    "assessments:review": score_review(READERS | {"mentee"}),
    "assessments:decide": score_review(LEAD),
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
