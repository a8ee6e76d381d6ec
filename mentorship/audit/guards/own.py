"""Entries are only ever added, each behind the last; the head of a chain moves on one entry at a time."""

from mentorship.audit.models import ChainHead, Entry

from .base import Guard

BEHIND_THE_LAST = """EXISTS (SELECT 1 FROM audit_chainhead head WHERE head.studio_id = {row}.studio_id
    AND head.sequence + 1 = {row}.sequence AND head.digest = {row}.previous_digest)"""
ONE_ON = """NEW.studio_id = OLD.studio_id AND NEW.sequence = OLD.sequence + 1 AND EXISTS (SELECT 1 FROM audit_entry last
    WHERE last.studio_id = NEW.studio_id AND last.sequence = NEW.sequence AND last.digest = NEW.digest)"""


def guards() -> list[Guard]:
    return [
        Guard(Entry, "only_added", new=BEHIND_THE_LAST),
        Guard(
            ChainHead,
            "only_onward",
            free=("sequence", "digest"),
            new="{row}.sequence = 0 AND {row}.digest = ''",
            step=ONE_ON,
        ),
    ]
