#!/usr/bin/env python
"""Django's own commands and the studio's: `./studio manage help` lists them."""

import os
import sys

try:
    from django.core.management import execute_from_command_line
except ModuleNotFoundError as missing:
    raise SystemExit(f"{missing}. Run ./studio install, then ./studio manage ...") from missing

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    execute_from_command_line(sys.argv)
