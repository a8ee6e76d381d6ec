"""The database's own index beside SearchText: FTS5 on SQLite, GIN over a tsvector on PostgreSQL. Both hold the same tokens
and are asked the same question, so both give the same rows. All SQL of the search stands here."""

from collections.abc import Iterable, Sequence

from django.db import connection

from .boolean import Asked, written

# ascii: everything beyond ASCII belongs to a token, so that no token is split or folded by a table of characters.
MAKE_SQLITE = """
CREATE VIRTUAL TABLE clinic_search_index USING fts5(tokens, tokenize='ascii', detail=none, columnsize=0)
"""
PUT_SQLITE = "INSERT OR REPLACE INTO clinic_search_index (rowid, tokens) VALUES (%s, %s)"
REMOVE_SQLITE = "DELETE FROM clinic_search_index WHERE rowid = %s"
CLEAR = "DELETE FROM clinic_search_index"
NEWEST_SQLITE = """
SELECT %s, found.rowid FROM (
    SELECT rowid FROM clinic_search_index WHERE clinic_search_index MATCH %s ORDER BY rowid DESC LIMIT %s
) AS found
"""
# No foreign key: Django could not empty clinic_searchtext between tests. A row without its text is never shown.
MAKE_TABLE = """
CREATE TABLE clinic_search_index (id bigint PRIMARY KEY, tokens tsvector NOT NULL);
CREATE INDEX clinic_search_tokens ON clinic_search_index USING gin (tokens) WITH (fastupdate = off);
"""
# Each row carries the numbers of its blocks (of 4,096 and of 32,768 ids) as tokens. A word that stands everywhere is
# looked for in the newest blocks first, so that its thousands of older rows are not even counted; GIN skips in the long
# list of the word to the few ids of a block. Only what these don't fill is asked of the whole table: a rare question.
# `id + 0` keeps the planner from walking the table backwards and unpacking a tsvector a row; it knows no better, as it
# does not see how words hang together.
MAKE_FUNCTIONS = """
CREATE FUNCTION clinic_search_block(id bigint, size integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'b' || size || 'x' || (id >> size)
$$;
CREATE FUNCTION clinic_search(asked tsquery, most integer) RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET jit = off AS $$
DECLARE
    newest bigint := (SELECT max(id) FROM clinic_search_index);
    size integer;
    found bigint[];
BEGIN
    FOREACH size IN ARRAY ARRAY[12, 15] LOOP
        EXIT WHEN newest >> size < 2;
        found := ARRAY(
            SELECT id FROM clinic_search_index
            WHERE tokens @@ (asked && (
                clinic_search_block(newest, size)::tsquery || clinic_search_block(newest - (1 << size), size)::tsquery
            ))
            ORDER BY id + 0 DESC LIMIT most
        );
        IF cardinality(found) >= most THEN
            RETURN QUERY SELECT unnest(found);
            RETURN;
        END IF;
    END LOOP;
    RETURN QUERY SELECT id FROM clinic_search_index WHERE tokens @@ asked ORDER BY id + 0 DESC LIMIT most;
END
$$;
"""
PUT_POSTGRESQL = """
INSERT INTO clinic_search_index (id, tokens)
VALUES (%s, array_to_tsvector(%s::text[] || clinic_search_block(%s, 12) || clinic_search_block(%s, 15)))
ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens
"""
REMOVE_POSTGRESQL = "DELETE FROM clinic_search_index WHERE id = %s"
NEWEST_POSTGRESQL = "SELECT %s, found FROM clinic_search(%s::tsquery, %s) AS found"
# Copies of a studio (seed_scale): tokens travel without their blocks and get those of their new number.
TABLE, STAGE, STAGE_COLUMNS = "clinic_search_index", "clinic_search_stage", "kind, object_id, tokens"
TO_STAGE = """
SELECT t.kind, t.object_id, ARRAY(
    SELECT token FROM unnest(tsvector_to_array(i.tokens)) AS token WHERE token !~ '^b(12|15)x[0-9]+$'
) FROM clinic_search_index i JOIN clinic_searchtext t USING (id)
"""
MAKE_STAGE = "CREATE TEMP TABLE clinic_search_stage (kind text, object_id uuid, tokens text[]) ON COMMIT DROP"
FROM_STAGE = """
INSERT INTO clinic_search_index (id, tokens)
SELECT id, array_to_tsvector(s.tokens || clinic_search_block(id, 12) || clinic_search_block(id, 15))
FROM clinic_search_stage s JOIN clinic_searchtext USING (kind, object_id)
"""
DROP_POSTGRESQL = """
DROP FUNCTION clinic_search(tsquery, integer);
DROP TABLE clinic_search_index;
DROP FUNCTION clinic_search_block(bigint, integer);
"""


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def make(cursor) -> None:
    if on_postgresql():
        cursor.execute(MAKE_TABLE)
        cursor.execute(MAKE_FUNCTIONS)
    else:
        cursor.execute(MAKE_SQLITE)


def unmake(cursor) -> None:
    cursor.execute(DROP_POSTGRESQL if on_postgresql() else "DROP TABLE clinic_search_index")


def put(rows: Iterable[tuple[int, set[str]]]) -> None:
    """(id of the SearchText, its tokens); what stood there before is replaced."""
    with connection.cursor() as cursor:
        if on_postgresql():
            cursor.executemany(PUT_POSTGRESQL, [(id_, sorted(tokens), id_, id_) for id_, tokens in rows])
        else:
            cursor.executemany(PUT_SQLITE, [(id_, " ".join(sorted(tokens))) for id_, tokens in rows])


def remove(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(REMOVE_POSTGRESQL if on_postgresql() else REMOVE_SQLITE, [(id_,) for id_ in ids])


def tidy() -> None:
    """FTS5 keeps the words of what was removed until its parts are merged; PostgreSQL's autovacuum does the like."""
    if not on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO clinic_search_index (clinic_search_index) VALUES ('optimize')")


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(CLEAR)


def newest(asked: Sequence[Asked], most: int) -> list[list[int]]:
    """For each question the ids of the newest rows that answer it, at most so many; in one query."""
    one, write = (NEWEST_POSTGRESQL, as_tsquery) if on_postgresql() else (NEWEST_SQLITE, as_match)
    parameters = [value for place, each in enumerate(asked) for value in (place, write(each), most)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(asked)), parameters)
        rows = cursor.fetchall()
    return [sorted((id_ for place, id_ in rows if place == each), reverse=True) for each in range(len(asked))]


def as_match(asked: Asked) -> str:
    return written(asked, lambda token: '"' + token.replace('"', '""') + '"', " AND ", " OR ")


def as_tsquery(asked: Asked) -> str:
    return written(asked, lambda token: "'" + token.replace("\\", "\\\\").replace("'", "''") + "'", " & ", " | ")
