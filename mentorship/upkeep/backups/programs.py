"""The client programs of PostgreSQL: found, and run the way Django reaches the database."""

import os
import re
import shutil
import subprocess  # nosec B404
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.db import connection

BLOCK = 1 << 20


class Trouble(Exception):
    """What can't be done, in words for whoever runs the site."""


def database_name() -> str:
    return str(connection.settings_dict["NAME"])


def program(name: str) -> str:
    """The newest of the machine: an older pg_dump refuses a newer server."""
    folders = [os.environ["STUDIO_PG_BIN"]] if os.environ.get("STUDIO_PG_BIN") else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(map(str, debian), key=lambda path: int(re.sub(r"\D", "", path) or 0), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))
    if not found:
        raise Trouble(f"{name} was not found: install the client programs of PostgreSQL, or set STUDIO_PG_BIN.")
    return found


def surroundings() -> dict[str, str]:
    """How the programs reach the database: as we do, and the password never stands in a command line."""
    wanted = connection.settings_dict
    options = wanted.get("OPTIONS", {})
    values = {
        "PGDATABASE": wanted["NAME"], "PGHOST": wanted["HOST"], "PGPORT": wanted["PORT"], "PGUSER": wanted["USER"],
        "PGPASSWORD": wanted["PASSWORD"], "PGSSLMODE": options.get("sslmode"), "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGCONNECT_TIMEOUT": options.get("connect_timeout"), "PGTZ": "UTC",
    }  # fmt: skip
    return os.environ | {name: str(value) for name, value in values.items() if value}


def run(name: str, *arguments: str, output: BinaryIO | None = None) -> None:
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - a program of the database and our own arguments  # nosec B603
            [program(name), *arguments],
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if output else subprocess.DEVNULL,
            stderr=errors,
        )
        try:
            if output:
                shutil.copyfileobj(process.stdout, output, BLOCK)
        finally:
            if process.stdout:
                process.stdout.close()  # a disk that is full ends the program too
            process.wait()
        if process.returncode:
            errors.seek(0)
            raise Trouble(f"{name}: {errors.read().decode(errors='replace').strip()[-500:]}")
