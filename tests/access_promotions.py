"""Who may open what in promotions."""

from django.utils import timezone

from .access_rows import EVERYONE, INSIDERS, LEAD, PAIR, PANEL, READERS, SIGNED_IN, THEIRS, WORKERS, Row, row_of

cohort = row_of("cohort.pk", "other_cohort.pk")
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

PROMOTIONS: dict[str, Row] = {
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
    certificate.save(update_fields=["mentor_signed_at", "studio_signed_at"])
    return certificate
