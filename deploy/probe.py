"""Is the site on this machine ready? Exit 0 or 1; for the health check of the container."""

import os
import sys
import urllib.request


def trouble_at(port: str) -> str:
    """What keeps the site at this port from being ready; nothing when it is."""
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    address = f"http://127.0.0.1:{port}/readyz"
    try:
        urllib.request.urlopen(urllib.request.Request(address, headers={"Host": name}), timeout=4).close()
    except OSError as error:
        return f"{address}: {error}"
    return ""


if __name__ == "__main__":
    sys.exit(trouble_at(os.environ.get("PORT", "8000")) or 0)
