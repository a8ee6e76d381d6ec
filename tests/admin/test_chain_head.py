"""D16: below the list of entries stands the head of the chain, to be printed, and when it last left the machine."""

import datetime
import json

from mentorship.audit.models import ChainHead, Entry
from mentorship.upkeep.anchoring import leave_stamp

from .test_doors import url

PLACE = url(Entry, "changelist")


def shown(page):
    return " ".join(page.content.decode().split())


def test_the_head_of_ones_own_chain_is_told(own, foreign, signed_in, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    head, other = (ChainHead.objects.get(studio_id=world.studio.pk) for world in (own, foreign))
    text = shown(signed_in(own.lead).get(PLACE))
    assert f"一共{head.sequence}条，末条的摘要是{head.digest[:16]}。" in text
    assert other.digest[:16] not in text
    assert "还没有送到别处存过" in text


def test_when_it_left_the_machine(own, signed_in, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    leave_stamp(datetime.datetime(2018, 9, 30, 18, 20, tzinfo=datetime.UTC), ["away"])
    assert json.loads((tmp_path / "last_anchor.json").read_text())["to"] == ["away"]
    assert "2018-10-01 02:20送到别处存过一次" in shown(signed_in(own.lead).get(PLACE))
