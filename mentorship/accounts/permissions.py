"""Everything that can be allowed, in one list. Code asks for these, never for a role."""

from enum import StrEnum


class Permission(StrEnum):
    ADMIN_SITE = "admin_site"  # open the admin site
    STUDIO_EDIT = "studio_edit"  # change the studio and its bases
    ACCOUNT_VIEW = "account_view"  # see who can sign in
    ACCOUNT_EDIT = "account_edit"  # open accounts, issue and revoke sign-in cards
    ROLE_GRANT = "role_grant"  # grant and end roles
    ACT_FOR_MENTOR = "act_for_mentor"  # type for any mentor of the studio
    AUDIT_VIEW = "audit_view"  # read the audit trail
    PERSON_ERASE = "person_erase"  # erase a person, as far as the archive period lets
    REGISTER_VIEW = "register_view"  # read the register of secretaries
    REGISTER_EDIT = "register_edit"  # add, change, import, export
    NOTICE_SEND = "notice_send"  # write to an audience
    FRAMEWORK_VIEW = "framework_view"  # read the must-know subjects
    FRAMEWORK_EDIT = "framework_edit"  # change them
    COHORT_VIEW = "cohort_view"  # see the whole cohort: overview, board, members
    COHORT_EDIT = "cohort_edit"  # change cohorts and their rules
    COHORT_DECIDE = "cohort_decide"  # appoint, choose, publish, move on a stage
    RECOMMEND = "recommend"  # recommend secretaries of one's own subdistrict
    MATCH_VIEW = "match_view"  # see proposals
    MATCH_EDIT = "match_edit"  # make and change proposals
    ROSTER_EDIT = "roster_edit"  # propose re-pairing, pause, withdrawal, substitution
    LETTER_VIEW = "letter_view"  # read letters that were handed in, and agreements
    LETTER_EDIT = "letter_edit"  # issue appointments, draw up agreements, transcribe a reply, remind
    LOG_VIEW = "log_view"  # read every log of the studio that is not sensitive
    LOG_SENSITIVE = "log_sensitive"  # read the sensitive ones too
    LOG_EDIT = "log_edit"  # enter a log for a mentor, transcribe, acknowledge, remind
    RATING_VIEW = "rating_view"  # see every apprentice's levels, gap plans and the comparison of a cohort
    RATING_EDIT = "rating_edit"  # rate, draw up gap plans, draw logs by lot and ask about them
    ASSESSMENT_VIEW = "assessment_view"  # see rounds, progress, and results once they are summed
    ASSESSMENT_EDIT = "assessment_edit"  # run rounds: open, chase, enter from paper, sum
    ASSESSMENT_DECIDE = "assessment_decide"  # release results, decide reviews
    ARCHIVE_VIEW = "archive_view"  # open any mentoring file of the studio
    ARCHIVE_EXPORT = "archive_export"  # bind files, make PDFs and ZIPs of them
    PROMOTION_VIEW = "promotion_view"  # read promotion reviews, results, certificates
    PROMOTION_EDIT = (
        "promotion_edit"  # prepare reviews, enter and confirm counts, keep the holiday table, issue certificates
    )
    PROMOTION_DECIDE = "promotion_decide"  # conclude, publish, put into effect; assign and read objections
    TRAINING_VIEW = "training_view"  # see every session, who came, and the ledger of hours
    TRAINING_EDIT = "training_edit"  # plan sessions and courses, keep attendance, settle disputes
    MEETING_VIEW = "meeting_view"  # read the studio's seminars, work meetings and action items
    MEETING_EDIT = "meeting_edit"  # call meetings, write and issue minutes, close action items
    CLINIC_VIEW = "clinic_view"  # read every case of the clinic that is not sensitive, and the figures
    CLINIC_EDIT = "clinic_edit"  # triage, ask mentors and guests, open opinions, close out; the sensitive ones too
    VISIT_VIEW = "visit_view"  # read supervision visits and their findings
    VISIT_EDIT = "visit_edit"  # plan visits, record findings, decide on extensions, verify
    MENTOR_HOME = "mentor_home"  # stand in a cohort as mentor
    MENTEE_HOME = "mentee_home"  # stand in a cohort as mentee
    REVIEW = "review"  # sit on a panel
