"""Which stories are worth comparing: the join on fingerprints, as queries that DuckDB and Spark both understand.

Stories that share a fingerprint are a candidate pair. A fingerprint in more stories than make a crowd would give pairs
by the square: its stories are put in a row by a number that has nothing to do with them, and each is paired with the
next two only, so that what belongs together stays connected.

The queries read the tables `prints` (hash int64, story int32), `outlets` (story int32, outlet int32, -1 where unknown),
`house` and `freed` (hash int64: fingerprints that are boilerplate's, and that are so no longer), and one another, by
these names. Of stories from `first` on all pairs are looked for, of older ones those that a freed fingerprint makes.
"""

from __future__ import annotations

__all__ = ["CANDIDATES", "FEW", "NEW", "QUEUED", "REPEATED", "SHARED", "SPREAD"]

SHARED = "SELECT hash, count(*) AS stories FROM prints {where} GROUP BY hash HAVING count(*) > 1"
"""`shared`: fingerprints that stand in more than one story; `where` is empty, or `NEW`."""

NEW = "WHERE hash IN (SELECT hash FROM prints WHERE story >= {first})"
"""Of fingerprints only those that new stories have."""

REPEATED = "SELECT p.hash, p.story, s.stories FROM prints p JOIN shared s ON p.hash = s.hash"
"""`repeated`: where they stand."""

SPREAD = """
WITH carried AS (
    SELECT r.hash, o.outlet, count(*) AS stories
    FROM repeated r JOIN outlets o ON r.story = o.story
    WHERE r.stories >= {spread}
    GROUP BY r.hash, o.outlet
), summed AS (
    SELECT hash, sum(stories) AS stories,
           sum(CASE WHEN outlet >= 0 THEN stories ELSE 0 END) AS known,
           sum(CASE WHEN outlet >= 0 AND stories >= {each} THEN stories ELSE 0 END) AS home
    FROM carried GROUP BY hash
), wide AS (
    SELECT hash, stories FROM summed
    WHERE CASE WHEN known >= {spread} THEN home >= {spread} AND 2 * home >= known ELSE stories > {crowd} END
), placed AS (
    SELECT w.hash, w.stories, r.story,
           row_number() OVER (PARTITION BY w.hash ORDER BY r.story * 2654435761 % 4294967296) AS turn
    FROM wide w
    JOIN (SELECT hash, CAST(story AS BIGINT) AS story FROM repeated WHERE stories >= {spread}) r ON w.hash = r.hash
)
SELECT hash, CAST(stories AS INT) AS stories, CAST(story AS INT) AS story, CAST(turn AS INT) AS turn
FROM placed WHERE turn <= {sample} ORDER BY hash, turn
"""
"""Fingerprints that stand mostly in outlets that carry them often (or, where outlets are unknown, in a crowd): what may
be boilerplate's, each with stories of it drawn by lot."""

FEW = """
SELECT r.hash, r.story
FROM repeated r LEFT JOIN house h ON r.hash = h.hash
WHERE h.hash IS NULL AND r.stories <= {crowd}
"""
"""`few`: fingerprints that are paired all with all."""

QUEUED = """
WITH queue AS (
    SELECT hash, story,
           lead(story, 1) OVER (PARTITION BY hash ORDER BY story * 2654435761 % 4294967296) AS next,
           lead(story, 2) OVER (PARTITION BY hash ORDER BY story * 2654435761 % 4294967296) AS after
    FROM (
        SELECT r.hash, CAST(r.story AS BIGINT) AS story
        FROM repeated r LEFT JOIN house h ON r.hash = h.hash WHERE h.hash IS NULL AND r.stories > {crowd}
    ) t
)
SELECT CAST(least(story, next) AS INT) AS a, CAST(greatest(story, next) AS INT) AS b
FROM queue WHERE next IS NOT NULL AND (greatest(story, next) >= {first} OR hash IN (SELECT hash FROM freed))
UNION
SELECT CAST(least(story, after) AS INT) AS a, CAST(greatest(story, after) AS INT) AS b
FROM queue WHERE after IS NOT NULL AND (greatest(story, after) >= {first} OR hash IN (SELECT hash FROM freed))
"""
"""`queued`: pairs a < b of neighbours in crowds."""

CANDIDATES = """
SELECT a, b, CAST(min(crowd) AS INT) AS crowd
FROM (
    SELECT x.story AS a, y.story AS b, 0 AS crowd
    FROM few x JOIN few y ON x.hash = y.hash
    WHERE x.story < y.story AND x.story >= {low} AND x.story < {high}
    AND (y.story >= {first} OR x.hash IN (SELECT hash FROM freed))
    UNION ALL
    SELECT a, b, 1 AS crowd FROM queued WHERE a >= {low} AND a < {high}
) found
GROUP BY a, b
ORDER BY a, b
"""
"""Pairs a < b that share a fingerprint, of the stories `a` in a range; `crowd` is 1 where only crowds tell of them."""
