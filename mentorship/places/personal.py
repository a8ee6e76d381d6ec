"""What this app holds about people (mentorship.common.personal): nothing. A studio's telephone is an office's."""

from mentorship.common.personal import plain

TABLES = [
    plain("places.District", "name name_en code city province"),
    plain("places.Subdistrict", "name name_en code district kind neighbours"),
    plain("places.Community", "name name_en code official_name subdistrict kind type"),
    plain(
        "places.Studio",
        "code name name_en short_name organizer doc_prefix phone disclaimer disclaimer_en district subdistrict young_age"
        " veteran_years demo_today",
    ),
    plain("places.Base", "focus address transport facilities open_day community capacity plaque_date"),
    plain("places.Holiday", "note date is_working"),
]
