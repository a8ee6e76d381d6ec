"""An organizer goes the whole way in the pages: from an empty cohort to a published pairing."""

import re

from .conftest import PHONE
from .moves import follow

MENTORS = ["沈桂芳", "郑国平"]


def test_from_an_empty_cohort_to_a_published_pairing(page, site, sign_in, sound):
    page.set_default_timeout(10_000)
    sign_in("organizer")
    cohort = open_a_cohort(page, site, sound)
    for name in MENTORS:
        select_mentor(page, cohort, name, sound)
    choose_mentees(page, cohort, 4, sound)
    proposal = propose(page, cohort, sound)
    change_and_undo(page, proposal, sound)
    publish(page, proposal, sound)
    see_the_board(page, site, cohort, sound)


def press(page, words):
    follow(page, page.get_by_role("button", name=re.compile(words)).first)


def open_a_cohort(page, site, sound) -> str:
    page.goto(f"{site}/cohorts/new/")
    sound()
    page.fill("#id_name", "第九批")
    page.fill("#id_starts", "2019-09-02")
    page.fill("#id_mentors_planned", "2")
    page.fill("#id_mentees_per_mentor", "2")
    press(page, "建这一批")
    cohort = re.match(r".*/cohorts/[0-9a-f-]{36}/", page.url)[0]
    page.goto(cohort)
    sound()
    follow(page, page.get_by_role("link", name="开始选聘"))
    press(page, "确定进入")
    return cohort


def select_mentor(page, cohort, name, sound):
    page.goto(f"{cohort}mentors/nominate/?q={name}")
    sound()
    page.get_by_text(name, exact=False).locator("visible=true").last.click()
    page.locator("input[name=secretary]").first.check(force=True)
    press(page, "推荐这一位")
    page.goto(f"{cohort}mentors/")
    sound()
    follow(page, page.get_by_role("link", name=re.compile(f"考察.*{name}")))
    for criterion in ("political", "practice", "teaching"):
        page.locator(f"input[name={criterion}][value=good]").check(force=True)
        page.fill(f"#id_{criterion}_evidence", "看过组织生活，听过讲课，居民都说好")
    for code in ("PB", "CG", "TM", "CC", "ER"):
        page.locator(f"input[name={code}][value='4']").check(force=True)
    sound()
    press(page, "记下考察结果")
    page.goto(f"{cohort}mentors/")
    follow(page, page.get_by_role("link", name=re.compile(f"聘任.*{name}")))
    sound()
    press(page, "确定聘任")


def choose_mentees(page, cohort, wanted, sound):
    for _ in range(wanted):
        page.goto(f"{cohort}pool/?qualifies=yes&state=open")
        follow(page, page.get_by_role("link", name=re.compile("^推荐")).first)
        page.locator("input[name=agreed]").check(force=True)
        page.locator("[name=reason]").fill("年轻，肯干，街道推荐")
        press(page, "^推荐$")
    page.goto(f"{cohort}pool/")
    sound()
    page.goto(f"{cohort}mentees/")
    sound()
    links = page.get_by_role("link", name=re.compile("^摸底"))
    addresses = [links.nth(i).get_attribute("href") for i in range(links.count())]
    assert len(addresses) == wanted
    for number, address in enumerate(addresses):
        page.goto(page.url.split("/cohorts/")[0] + address)
        for place, code in enumerate(("PB", "CG", "TM", "CC", "ER")):
            page.locator(f"input[name={code}][value='{(number + place) % 4 + 1}']").check(force=True)
        press(page, "保存摸底")
    page.goto(f"{cohort}mentees/")
    boxes = page.locator("input[name=mentees]")
    for i in range(boxes.count()):
        boxes.nth(i).check(force=True)
    press(page, "选定勾选的")


def propose(page, cohort, sound) -> str:
    page.goto(cohort)
    follow(page, page.get_by_role("link", name="进入配对"))
    sound()
    press(page, "确定进入")
    page.goto(cohort.replace("/cohorts/", "/matching/"))
    sound()
    press(page, "智能配对")
    if "/proposals/" not in page.url:
        follow(page, page.get_by_role("link", name=re.compile("第1稿")).first)
    proposal = page.url.split("?")[0]
    assert page.locator(".tablet").count() == 4
    sound()
    return proposal


def placed(page):
    return [
        [tablet.inner_text() for tablet in beam.locator(".tablet-name").all()]
        for beam in page.locator(".beam-drop").all()
    ]


def change_and_undo(page, proposal, sound):
    page.goto(proposal)
    before = placed(page)
    follow(page, page.locator(".tablet").first)
    sound()
    assert page.locator("#pick .reasons li").count() == 4
    page.locator("#id_other").select_option(index=0)
    press(page, "对调")
    assert placed(page) != before
    press(page, "撤销")
    assert placed(page) == before
    page.set_viewport_size(PHONE)
    sound()
    page.set_viewport_size({"width": 1280, "height": 900})
    drag_the_first_tablet(page)


def drag_the_first_tablet(page):
    """Dragging onto a full beam is refused in words; the select and button do the same without a mouse."""
    tablet, beam = page.locator(".tablet[data-mentee]").first, page.locator(".beam-drop[data-mentor]").last
    with page.expect_navigation():
        tablet.drag_to(beam)
    assert page.locator(".tablet").count() == 4


def publish(page, proposal, sound):
    page.goto(proposal)
    follow(page, page.get_by_role("link", name=re.compile("盖章发布")))
    sound()
    press(page, "盖章发布")
    assert page.locator(".alert-success").count() == 1
    sound()
    page.goto(proposal)
    assert page.get_by_role("button", name=re.compile("对调|移过去")).count() == 0


def see_the_board(page, site, cohort, sound):
    pk = cohort.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"{site}/overview/?cohort={pk}&on=2019-09-10")
    posts = page.locator(".bay .post a")
    assert posts.count() == 4
    sound()
