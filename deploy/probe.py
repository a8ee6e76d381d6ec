"""Is the site on this machine ready? Exit 0 or 1; for the health check of the container."""

import os
import sys
import urllib.request

name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/readyz"
try:
    urllib.request.urlopen(urllib.request.Request(address, headers={"Host": name}), timeout=4)
except OSError as error:
    sys.exit(f"{address}: {error}")
