"""T48, the database's half: what a released round says stays, whichever way it is tried; a review in course may correct."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from evaluations.assessments import actions
from evaluations.assessments.models import RaterTask, ReviewRequest, Round, Scheme, Score, Sheet

from .kit import released, sheet_of, summed, talked


def refused(act, *args, **kwargs):
    with pytest.raises(IntegrityError, match="guarded"), transaction.atomic():
        act(*args, **kwargs)


def sql(text):
    with connection.cursor() as cursor:
        cursor.execute(text)


CHANGES = [
    (Round, {"digest": "0" * 64}), (Round, {"status": "scoring"}), (Round, {"released_on": "2018-01-01"}),
    (Sheet, {"total": Decimal(99)}), (Sheet, {"grade": "excellent"}), (Sheet, {"rank": 7}), (Sheet, {"tree": {"x": 1}}),
    (Sheet, {"evidence": {"x": 1}}), (Sheet, {"strength_1": "x"}), (Sheet, {"report": "x"}), (RaterTask, {"source": "x"}),
    (RaterTask, {"rater_type": "peers"}), (Score, {"value": 1}), (Scheme, {"cut_good": 70}), (Scheme, {"weights": {}}),
]  # fmt: skip


def test_update_save_and_bulk_are_refused(cast):
    released(cast)
    for model, values in CHANGES:
        refused(model.objects.all().update, **values)
        row = model.objects.first()
        for name, value in values.items():
            setattr(row, name, value)
        refused(row.save)
        refused(model.objects.bulk_update, [row], list(values))


def test_nothing_is_taken_out_put_in_replaced_or_emptied(cast):
    released(cast)
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("score", "ratertask", "sheet", "round", "scheme"):
        refused(sql, f"DELETE FROM assessments_{table}")
        if connection.vendor == "sqlite":
            refused(sql, f"INSERT OR REPLACE INTO assessments_{table} SELECT * FROM assessments_{table}")
        else:
            refused(sql, f"TRUNCATE assessments_{table} CASCADE")
    task = RaterTask.objects.first()
    refused(Score.objects.create, studio=task.studio, task=task, path="more", value=5)


def test_scores_are_closed_from_the_sum_on_and_open_again_with_the_round(cast):
    round_ = summed(cast)
    score = Score.objects.first()
    refused(Score.objects.filter(pk=score.pk).update, value=1)
    actions.reopen_scoring(by=cast.officer, round_=round_, reason="还有一份纸质票")
    assert Score.objects.filter(pk=score.pk).update(value=1) == 1


def test_a_sheet_moves_only_while_its_review_waits(cast):
    round_ = talked(cast)
    sheet = Sheet.objects.filter(pk=sheet_of(cast, round_).pk)
    refused(sheet.update, rank=3)
    review = actions.file_review(by=cast.mentee, sheet=sheet_of(cast, round_), ground="十月那次我到了")
    assert sheet.update(rank=3) == 1
    ReviewRequest.objects.filter(pk=review.pk).update(
        state="rejected", finding="查过", decided_by=cast.leader, decided_on=round_.released_on
    )
    refused(sheet.update, rank=4)
    refused(ReviewRequest.objects.update, finding="改了")
