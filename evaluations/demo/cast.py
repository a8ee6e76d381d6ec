"""The demo's people: staff, mentors, mentees, their accounts and the six sign-ins."""

from mentorship.accounts.models import RoleGrant, User
from mentorship.accounts.roles import Role
from mentorship.people.choices import WorkingState
from mentorship.people.models import Secretary
from mentorship.people.names import spelling_of
from mentorship.places.models import Studio

from .reader import DEGREES, first_of_month, post_of, sex_of

PASSWORD = "daliang-2018"  # noqa: S105 the demo tells it to everyone  # nosec B105
SIGN_INS = {"O1": "organizer", "O2": "officer", "O3": "leader", "O5": "liaison", "M1": "mentor", "T01": "mentee"}
STAFF_ROLES = {
    "project_lead": Role.PROJECT_LEAD,
    "officer": Role.OFFICER,
    "leader": Role.LEADER,
    "school": Role.REVIEWER,
    "subdistrict_liaison": Role.LIAISON,
}
LIAISON_SUBDISTRICT = "310107005"


def make_staff(studio: Studio, data: dict) -> dict[str, User]:
    people = {}
    for row in data["staff"]:
        user = make_user(row)
        user.title = row["title_zh"]
        user.save()
        role = STAFF_ROLES[row["role"]]
        RoleGrant.objects.create(
            user=user, studio=studio, role=role, subdistrict_id=LIAISON_SUBDISTRICT if role == Role.LIAISON else None
        )
        people[row["id"]] = user
    return people


def make_user(row: dict, phone: str = "") -> User:
    """An account without a password, save for the six sign-ins."""
    username = SIGN_INS.get(row["id"])
    return User.objects.create_user(
        username or f"{spelling_of(row['name'])}.{row['id'].lower()}",
        PASSWORD if username else None,
        name=row["name"],
        name_en=row["en"],
        phone=phone,
    )


def made_up_phone(identifier: str) -> str:
    """Numbers that no network hands out: 100 is not a mobile prefix."""
    return f"100{'01' if identifier[0] == 'M' else '02'}{int(identifier[1:]):06d}"


def make_secretary(studio: Studio, row: dict, community_code: str, role: str, since) -> Secretary:
    """A person of the register with an account that may stand in the cohort."""
    phone = made_up_phone(row["id"])
    row = {"en": row["name"], **row}
    user = make_user(row, phone)
    RoleGrant.objects.create(user=user, studio=studio, role=role)
    retired = row.get("status") == "retired"
    return Secretary.objects.create(
        studio=studio,
        user=user,
        name=row["name"],
        name_en=row["en"],
        sex=sex_of(row["sex"]),
        birth=first_of_month(row["birth"]),
        community_id=community_code,
        post=post_of(row["post"]),
        post_since=since,
        working_state=WorkingState.RETIRED if retired else WorkingState.IN_SERVICE,
        service_years=row.get("years_as_secretary"),
        phone=phone,
        education=DEGREES.get(row.get("edu", ""), ""),
        prior_job=row.get("prior", ""),
        strengths="、".join(row.get("strengths", [])),
        note=row.get("note_zh", ""),
    )
