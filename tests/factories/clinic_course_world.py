"""A case at every turn of its course, and a card at every turn of its way, of both studios."""

from cohorts.clinic.choices import CardState, CaseState, Level, NoteKind

from .clinic import make_card, make_case, make_consult, make_note, make_opinion, make_step


def add_course(cast, prefix: str, mark: str) -> None:
    """acting_case (opinions open, a step of the mentor's), following_case, reported_case, closed_case, passed_up_case,
    step; case_card of the library, draft_card, card_to_review, all by the mentor."""
    own = {name: getattr(cast, prefix + name) for name in ("mentor", "mentor_row", "mentee_row")}
    lead, cohort = (cast.stranger, cast.other_cohort) if prefix else (cast.lead, cast.cohort)
    presenter = own["mentee_row"].secretary

    def case(number, state, **more):
        return make_case(cohort, presenter, presenter.user, number=number, state=state, mark=mark, **more)

    acting = case(901, CaseState.ACTING)
    make_opinion(make_consult(acting, own["mentor_row"], lead), text=f"{mark}先数后谈")
    closed = case(904, CaseState.CLOSED, closed_by=lead)
    make_note(closed, lead, NoteKind.SETTLED, text=f"{mark}办法都落实了")
    rows = {
        "acting_case": acting,
        "step": make_step(acting, own["mentor_row"].secretary, text=f"{mark}一周夜间清点并公布"),
        "following_case": case(902, CaseState.FOLLOWING),
        "reported_case": case(903, CaseState.FOLLOWING, **ended(mark), reported_by=presenter.user),
        "closed_case": closed,
        "passed_up_case": case(905, CaseState.ESCALATED, level=Level.SUBDISTRICT),
    }

    def card(title, state, **more):
        return make_card(cohort.studio, own["mentor"], state=state, mark=mark, title=f"{mark}{title}", **more)

    rows |= {
        "case_card": card("夜间停车先数后谈", CardState.PUBLISHED, reviewer=lead, case=closed),
        "draft_card": card("飞线充电分三步", CardState.DRAFT),
        "card_to_review": card("垃圾箱房选址", CardState.REVIEW),
    }
    for name, row in rows.items():
        setattr(cast, prefix + name, row)


def ended(mark: str) -> dict:
    return {"outcome": "solved", "effect": f"{mark}投诉降到3件", "lesson": f"{mark}没有数字的会不要开"}
