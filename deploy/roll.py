"""Starts the units of the site again, one after the other, so that nobody notices: the end of an upgrade, as root.

    set -a; . /etc/studio/studio.env; set +a; python3 deploy/roll.py

The proxy is told first to send nobody there: a server that is ending still takes callers in and leaves them waiting.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from probe import trouble_at

UPSTREAM = Path("/etc/nginx/studio-upstream.conf")
UP = " max_fails=1 fail_timeout=2s;"
AT_MOST = 60  # seconds to become ready
PAUSE = 2  # until what is on its way has arrived


class Stuck(Exception):
    pass


def roll(
    upstream: Path, reload: Callable[[], None], restart: Callable[[str], None], trouble=trouble_at, pause=time.sleep
):
    """`upstream` is the proxy's file with a line for each port. It ends as it was, unless a unit does not come up."""
    text = upstream.read_text().replace(" down;", UP)  # one that got stuck last time is back
    for port in re.findall(r"^server .*:(\d+)", text, re.MULTILINE):
        upstream.write_text(re.sub(rf"(^server .*:{port})\b[^;]*;", r"\1 down;", text, flags=re.MULTILINE))
        reload()
        pause(PAUSE)
        restart(port)
        wait(port, trouble, pause)
        upstream.write_text(text)
        reload()
        pause(PAUSE)


def wait(port: str, trouble: Callable[[str], str], pause: Callable[[float], None]) -> None:
    for _second in range(AT_MOST):
        if not (found := trouble(port)):
            return
        pause(1)
    raise Stuck(f"{found}. The proxy sends nobody there; the others run as before. Mend it, and run this again.")


def run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603


def main() -> None:
    try:
        roll(
            UPSTREAM,
            lambda: run("systemctl", "reload", "nginx"),
            lambda port: run("systemctl", "restart", f"studio-web@{port}"),
        )
    except (Stuck, OSError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
