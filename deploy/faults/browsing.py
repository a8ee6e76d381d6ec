"""A browser of few lines: it keeps cookies as long as they last, and fills in forms."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from place import Missed


class Form(HTMLParser):
    """The fields of a page's largest form, as a browser would send them."""

    def __init__(self, text: str):
        super().__init__()
        self.forms: list[dict] = []
        self.select = self.area = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        name = has.get("name") or ""
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "input" and name and has.get("type") not in {"file", "submit"}:
            if has.get("type") not in {"checkbox", "radio"} or "checked" in has:
                self.forms[-1].setdefault(name, []).append(has.get("value") or "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in has:
            self.forms[-1].setdefault(self.select, []).append(has.get("value") or "")
        elif tag == "textarea":
            self.area = name
            self.forms[-1][name] = [""]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data):
        if self.area:
            self.forms[-1][self.area][0] += data

    @property
    def fields(self) -> dict:
        return max(self.forms, key=len)


class Browser:
    """One person's, who may knock at either node: cookies don't know ports."""

    def __init__(self, *ports: int):
        self.ports, self.turn = ports, 0
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def ask(self, path: str, form: dict | None = None) -> tuple[int, bytes]:
        self.turn += 1
        site = f"http://127.0.0.1:{self.ports[self.turn % len(self.ports)]}"
        body = urllib.parse.urlencode(form, doseq=True).encode() if form else None
        try:
            with self.open(f"{site}{path}", body, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def sign_in(self, who: str, password: str) -> None:
        fields = Form(self.ask("/accounts/login/")[1].decode()).fields | {"username": who, "password": password}
        status, page = self.ask("/accounts/login/", fields)
        if status != 200 or b'name="password"' in page:
            raise Missed(f"signing in as {who} gave {status}")
