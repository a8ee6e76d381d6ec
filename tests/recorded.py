"""What thousands of tests begin with is built once a process; for each of them its statements are said again."""

import pickle
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from .factories.ground import kept_codes

WRITES = ("INSERT", "UPDATE", "DELETE")


class Recorded:
    """Rows that `build` makes in an empty database, and what it returns, the same ids each time. It may write no files."""

    def __init__(self, build: Callable[[], Any]):
        self.build, self.statements, self.made = build, [], b""

    def again(self) -> Any:
        """The rows are there, and the caller may change what it is given."""
        with transaction.atomic():
            if self.made:
                self.say()
            else:
                self.record()
        return pickle.loads(self.made)

    def record(self) -> None:
        with kept_codes(), connection.execute_wrapper(self.heard):
            made = self.build()
        self.made = pickle.dumps(made)

    def heard(self, execute, sql, params, many, context):
        if sql.startswith(WRITES):
            self.statements.append((sql, params, many))
        return execute(sql, params, many, context)

    def say(self) -> None:
        with connection.cursor() as cursor:
            for sql, params, many in self.statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
