"""Every word that a reader sees is marked, and every marked word has its English."""

import ast
import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType
from django.utils import translation

from mentorship.common.management.commands import messages

ROOT = Path(__file__).resolve().parent.parent
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
MARKS = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy",
    "pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy",
}  # fmt: skip

# Proper names that stay Chinese in an English sentence.
# 梁室 and 补 stand in the numbers of Chinese papers.
# 字 is what the text-size switch looks like in either language.
NAMES_IN_ENGLISH = {"中文", "大梁带小梁", "字", "梁室", "补", "腾讯身份验证器"}
# Shown when nothing works any more, or without a network, so they hold both languages as they are.
PAGES_IN_BOTH = {"templates/500.html", "templates/503.html", "templates/dashboards/offline.html"}
# Papers are Chinese in either language: what is shown is what is printed and signed.
PAPERS = {
    "templates/letters/agreement_page.html",
    "templates/letters/appointment_page.html",
    "templates/meetings/_sheet.html",
    "templates/promotions/certificate.html",
}
# Where Chinese stands as data or goes to a terminal: a folder or file, and why.
NOT_FOR_READERS = {
    "mentorship/accounts/validators.py": "the ending of a district's name",
    "mentorship/accounts/weak.py": "words that people take for a password",
    "mentorship/common/errors_views.py": "the last page holds both languages",
    "mentorship/common/away.py": "so does the page that asks for a moment",
    "mentorship/common/dates.py": "a letter is dated in Chinese in either language",
    "evaluations/demo/": "the demo's story is data",
    "/management/": "for the person at the terminal",
    "/migrations/": "they repeat what the models mark",
    "mentorship/people/names.py": "readings of surnames",
    "mentorship/people/columns.py": "headings and labels of the spreadsheet, the same in every language",
    "mentorship/common/forms.py": "a way of writing a month",
    "mentorship/common/templatetags/drawing.py": "the couplet hangs on the Chinese page only",
    "mentorship/people/exports.py": "the sample row of the spreadsheet",
    "mentorship/places/loading.py": "endings of official names",
    "cohorts/clinic/searching/wording.py": "words that a search is cut into",
    "cohorts/clinic/taxonomy.py": "words that people search with; the names of sub-categories are marked",
    "cohorts/clinic/namings.py": "how Chinese names are written",
    "cohorts/letters/rendering.py": "the paper of a letter is Chinese in either language",
    "cohorts/letters/letter_pdf.py": "the paper of a letter is Chinese in either language",
    "cohorts/letters/examples.py": "sentences for a Chinese letter",
    "cohorts/letters/taboos.py": "patterns of Chinese words; what is said about them is marked",
    "cohorts/letters/views/verify.py": "how a masked name looks",
    "cohorts/letters/papers.py": "the words of a Chinese paper: letter of appointment, agreement",
    "cohorts/letters/actions/launch.py": "the run sheet's lines are text that the organizer edits",
    "cohorts/letters/exports_papers.py": "the paper is Chinese in either language",
    "cohorts/letters/queries/papers.py": "a clause of the paper",
    "cohorts/letters/views/papers.py": "the name of the downloaded paper",
    "cohorts/letters/views/letters.py": "the name of the downloaded paper",
    "cohorts/clinic/privacy.py": "patterns of Chinese words; what is said about them is marked",
    "cohorts/meetings/exports.py": "the minutes are a Chinese paper",
    "cohorts/meetings/models/meetings.py": "the number of Chinese minutes",
    "evaluations/promotions/actions/graduation.py": "the words of a Chinese certificate",
    "evaluations/promotions/certificates.py": "the words of a Chinese certificate",
    "evaluations/promotions/models/graduation.py": "the number of a Chinese certificate",
    "evaluations/promotions/pages.py": "the seal on the minutes of a panel",
    "evaluations/growth/exports.py": "the name of a typeface",
    "mentorship/framework/actions.py": "short names in both languages, stored with the subject",
}


def test_the_english_is_whole():
    faults = messages.faults()
    assert faults == [], f"{len(faults)} faults; run ./studio messages and translate mentorship/locale/en"


def marked_in_f_strings(text: str) -> set[str]:
    """Before Python 3.12 nobody who collects words finds what stands marked there."""
    strings = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.JoinedStr)]
    marked = [node.args[0] for string in strings for node in ast.walk(string) if is_marked(node)]
    return {word.value for word in marked if isinstance(word, ast.Constant)}


def test_words_inside_f_strings_have_english_too():
    stored = {name for _context, name in messages.translations(messages.stored())}
    files = [path for top in messages.SOURCES for path in sorted((ROOT / top).rglob("*.py"))]
    marked = {path: marked_in_f_strings(path.read_text(encoding="utf-8")) for path in files}
    assert set().union(*marked.values()), "nothing was read: the test looks in the wrong place"
    left = {path: words - stored for path, words in marked.items() if words - stored}
    assert left == {}, "mark the word outside of the f-string"


def test_english_holds_no_chinese():
    left = [
        f"{context or ''} {name}: {form}"
        for (context, name), forms in messages.translations(messages.stored()).items()
        for form in forms
        if CHINESE.search(re.sub("|".join(NAMES_IN_ENGLISH), "", form))
    ]
    assert left == []


def test_chinese_needs_no_catalogue():
    with translation.override("zh-hans"):
        assert translation.gettext("保存草稿") == "保存草稿"
        assert translation.ngettext("%(n)s名学员", "%(n)s名学员", 2) == "%(n)s名学员"


def own_words(text: str) -> str:
    """Without the name of a language, which is written in itself everywhere."""
    return text.replace("中文", "")


def unmarked_in_page(text: str) -> list[str]:
    """Lines with Chinese outside {% translate %}, {% blocktranslate %}, _("…") and comments."""
    found, closing = [], None
    for token in Lexer(
        re.sub(r"<!--.*?-->", lambda m: "\n" * m.group(0).count("\n"), text, flags=re.DOTALL)
    ).tokenize():
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if closing:
            closing = None if tag in closing else closing
        elif tag in {"blocktranslate", "blocktrans"}:
            closing = {"endblocktranslate", "endblocktrans"}
        elif tag == "comment":
            closing = {"endcomment"}
        elif token.token_type != TokenType.COMMENT and tag not in {"translate", "trans"}:
            left = re.sub(r"""_\((?:"[^"]*"|'[^']*')\)""", "", token.contents)
            if CHINESE.search(own_words(left)):
                found.append(f"{token.lineno}: {left.strip()[:40]}")
    return found


def test_pages_mark_their_words():
    pages = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.suffix in {".html", ".txt", ".svg"}
    }
    assert pages, "nothing was read: the test looks in the wrong place"
    left = [
        f"{name}:{row}"
        for name, text in pages.items()
        if name not in PAGES_IN_BOTH | PAPERS
        for row in unmarked_in_page(text)
    ]
    assert left == []


def is_marked(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in MARKS


def holds_both_languages(node: ast.AST) -> bool:
    """`{"zh": …, "en": …}` or `f(zh=…, en=…)`: data that brings its own English."""
    if isinstance(node, ast.Dict):
        keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
    elif isinstance(node, ast.Call):
        keys = {keyword.arg for keyword in node.keywords}
    else:
        return False
    return {"zh", "en"} <= keys


def docstrings(tree: ast.AST) -> set[int]:
    """Docstrings and other strings that stand alone."""
    alone = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(value) for value in alone if isinstance(value, ast.Constant)}


def unmarked_in_python(text: str) -> list[str]:
    tree = ast.parse(text)
    alone, found = docstrings(tree), []

    def walk(node: ast.AST):
        if is_marked(node) or holds_both_languages(node) or id(node) in alone:
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(own_words(node.value)):
            found.append(f"{node.lineno}: {node.value[:40]}")
        for child in ast.iter_child_nodes(node):
            walk(child)

    walk(tree)
    return found


def test_modules_mark_their_words():
    left = [
        f"{path.relative_to(ROOT).as_posix()}:{row}"
        for top in messages.SOURCES
        for path in sorted((ROOT / top).rglob("*.py"))
        if not any(part in path.relative_to(ROOT).as_posix() for part in NOT_FOR_READERS)
        for row in unmarked_in_python(path.read_text(encoding="utf-8"))
    ]
    assert left == []


def test_scripts_bring_no_words_of_their_own():
    """A script reads its words from the page, where they are marked."""
    for path in (ROOT / "static/js").rglob("*.js"):
        code = re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not CHINESE.search(code), path.relative_to(ROOT)


@pytest.mark.parametrize(
    "text",
    [
        "<p>保存</p>",
        '{% include "x.html" with title="保存" %}',
        '{{ name|default:"无名" }}',
        '{% translate "保存" %}，再保存',
        "{% blocktranslate %}保存{% endblocktranslate %}<b>草稿</b>",
    ],
)
def test_an_unmarked_page_is_seen(text):
    assert len(unmarked_in_page(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{% translate "保存" %}',
        '{% include "x.html" with title=_("保存") %}',
        "{% blocktranslate count n=n %}一名{% plural %}多名{% endblocktranslate %}",
        "{# 保存 #}{% comment %}保存{% endcomment %}<!-- 保存 -->",
    ],
)
def test_a_marked_page_passes(text):
    assert unmarked_in_page(text) == []


def test_an_unmarked_module_is_seen():
    assert unmarked_in_python("x = '保存'\ny = f'{x}保存'\nf(zh='保存')") == ["1: 保存", "2: 保存", "3: 保存"]


def test_a_marked_module_passes():
    assert (
        unmarked_in_python('"""保存"""\nx = _("保存")\ny = {"zh": "保存", "en": "Save"}\nz = t.ngettext("一", "多", 2)')
        == []
    )


def test_a_missing_and_a_wrong_translation_are_seen():
    catalogue = messages.new_catalogue()
    good, wrong, empty = (
        catalogue.add("%(n)s名", "%(n)s people"),
        catalogue.add("%(n)s条", "%(m)s lines"),
        catalogue.add("空", ""),
    )
    unsure = catalogue.add("疑", "maybe", flags=["fuzzy"])
    faults = [messages.fault_of(message) for message in (good, wrong, empty, unsure)]
    assert faults == [None, "placeholders differ", "empty", "fuzzy"]
