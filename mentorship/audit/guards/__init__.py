"""What the database itself refuses, whoever asks: rows that are only added, rows that are final, and rows of one studio
that hang on a row of another (`bonds`).

`settings.ANSWERS["guards_of"]` names who says what is final; together that is the manifest. The triggers are written for
both engines from it, put up after every migration (the `migrate` command beside this package), and compared with it by
/healthz, the doctor and each vote.
"""

from .base import Guard
from .keeping import faults, install, lift, lifted, manifest

__all__ = ["Guard", "faults", "install", "lift", "lifted", "manifest"]
