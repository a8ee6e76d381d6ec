"""No screen says 淘汰 or 末位: neither a template nor any text that the code can show."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HARSH = ("淘汰", "末位")
REFUSES_THEM = {"cohorts/letters/taboos.py"}  # the list of words that a letter may not hold


def texts_of(source: str):
    """Every string of a Python file but docstrings, which nobody is shown."""
    tree = ast.parse(source)
    kept = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, kept) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def harsh(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    texts = texts_of(text) if path.suffix == ".py" else [text]
    return [word for word in HARSH if any(word in part for part in texts)]


@pytest.mark.parametrize("top", ["templates", "static", "mentorship", "cohorts", "evaluations"])
def test_nothing_shown_says_a_harsh_word(top):
    kinds = {".py", ".html", ".txt", ".js", ".typ", ".po"}
    files = [path for path in (ROOT / top).rglob("*") if path.suffix in kinds and "vendor" not in path.parts]
    assert files
    found = {path.relative_to(ROOT).as_posix(): words for path in files if (words := harsh(path))}
    assert {name: words for name, words in found.items() if name not in REFUSES_THEM} == {}


def test_a_harsh_word_is_seen(tmp_path):
    page, code = tmp_path / "a.html", tmp_path / "a.py"
    page.write_text("<p>末位</p>", encoding="utf-8")
    code.write_text('"""淘汰 is never said."""\nTITLE = _("淘汰")\n', encoding="utf-8")
    assert harsh(page) == ["末位"]
    assert harsh(code) == ["淘汰"]
    code.write_text('"""淘汰 is never said."""\n', encoding="utf-8")
    assert harsh(code) == []
