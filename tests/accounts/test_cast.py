from cohorts.models import Mentee, Mentor, Pairing


def names(rows):
    return {str(row) for row in rows}


def test_a_mentor_sees_their_own_mentee_only(cast):
    assert names(Mentee.objects.visible_to(cast.mentor)) == {"何嘉怡"}
    assert names(Mentee.objects.visible_to(cast.lead)) == {"何嘉怡", "钱立峰"}
    assert names(Mentee.objects.visible_to(cast.liaison)) == {"何嘉怡"}
    assert names(Mentee.objects.visible_to(cast.stranger)) == {"乙区密学员"}
    assert names(Mentee.objects.visible_to(cast.nobody)) == set()


def test_a_mentee_sees_their_own_mentor_only(cast):
    assert names(Mentor.objects.visible_to(cast.mentee)) == {"沈桂芳"}
    assert Pairing.objects.visible_to(cast.mentee).get() == cast.pairing
