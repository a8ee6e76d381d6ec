"""The papers of the demo: six letters, an agreement for every pair, most of them signed, and a launch that is planned."""

from cohorts.letters.models import Agreement, AppointmentLetter, LaunchSheet
from cohorts.letters.queries.papers import pairs_without_agreement, still_holds
from evaluations.demo.reader import demo_data


def test_the_papers_are_as_the_data_tell_them(demo):
    told = [row["no"] for row in demo_data()["appointment_letters"]]
    assert list(AppointmentLetter.objects.order_by("serial").values_list("number", flat=True)) == told
    assert told[0] == "梁室聘〔2018〕01号"
    sheet = LaunchSheet.objects.get()
    assert not pairs_without_agreement(sheet.cohort).exists()
    signed = [agreement for agreement in Agreement.objects.for_lists() if agreement.is_signed]
    waiting = Agreement.objects.filter(digest="")
    names = waiting.values_list("pairing__mentee__secretary__name", flat=True)
    assert len(signed) == 28  # one of them of the apprentice who left
    assert set(names) == {"冯浩", "唐振宇", "黄俊"}
    assert all(still_holds(agreement) for agreement in signed)
    readers = sheet.items.filter(kind="letter").values_list("who", flat=True)
    assert list(readers) == ["何嘉怡", "陶思远", "吕红梅"]
