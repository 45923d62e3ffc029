"""Finding people, notes and answers. What a person types is never read as a query language: every word is quoted."""

from __future__ import annotations

from homevisit.domain.summaries import HitKind, SearchHit
from homevisit.storage.driver import KeyedDatabase, Row

FOUND, END = "\ue000", "\ue001"
SNIPPET_WORDS = 16
MOST_WORDS = 12
LONGEST_WORD = 64

# Newest first without a rank: the index gives rows in that order, so the first page costs the same for any word.
QUERY = f"""
SELECT t.kind, t.record, t.family, t.day, coalesce(f.name, ''),
  snippet(search, {{column}}, '{FOUND}', '{END}', '…', {SNIPPET_WORDS})
FROM search JOIN search_text AS t ON t.id = search.rowid LEFT JOIN family AS f ON f.id = t.family
WHERE search MATCH ?{{within}} ORDER BY search.rowid DESC LIMIT ?"""  # noqa: S608 - constants of ours

# The plus sign keeps the order of the index: otherwise each of the family's texts is looked up in it by itself.
WITHIN = " AND +search.rowid IN (SELECT id FROM search_text WHERE family = ?)"
# Words that stand in most notes: their lists of places are the longest, and cost most to decrypt.
FREQUENT = (
    *("a", "b", "m", "s", "and", "in", "the", "to", "was", "with"),
    *("baby", "family", "father", "feeding", "home", "mother", "sleep", "visit"),
)


class SearchIndex:
    """Names first, then words in notes and answers, the newest first."""

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database

    def query(self, text: str, *, family: str = "", limit: int = 50) -> tuple[SearchHit, ...]:
        """Finds that hold every word, the last one as far as it is typed; none for blank text."""
        words = _words(text)
        if not words:
            return ()
        hits: dict[tuple[str, str], SearchHit] = {}
        for column, number in (("name", 0), ("text", 1)):
            for row in self._rows(f"{column} : ({words})", number, family, limit - len(hits)):
                hit = _hit(row)
                hits.setdefault((hit.kind.value, hit.record), hit)
        return tuple(hits.values())[:limit]

    def warm_up(self) -> None:
        """Decrypt what most searches read, so that the first one of a day is as quick as the others."""
        for word in FREQUENT:
            self.query(word)

    def _rows(self, match: str, column: int, family: str, limit: int) -> list[Row]:
        if limit <= 0:
            return []
        statement = QUERY.format(column=column, within=WITHIN if family else "")
        values = (match, family, limit) if family else (match, limit)
        return self._database.rows_of(statement, values)


def _words(text: str) -> str:
    """The words quoted, the last one as a prefix; FTS5 has no other syntax inside quotes than doubling them."""
    clean = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    # A word of nothing but signs is no word of the index, and would be found nowhere: “Smith & Sons”.
    spoken = [word for word in clean.split() if any(character.isalnum() for character in word)]
    words = [word[:LONGEST_WORD].replace('"', '""') for word in spoken[:MOST_WORDS]]
    if not words:
        return ""
    return " AND ".join(f'"{word}"' for word in words) + "*"


def _hit(row: Row) -> SearchHit:
    kind, record, family, day, family_name, snippet = row
    return SearchHit(
        kind=HitKind(kind), record=record, family=family, family_name=family_name, when=day, snippet=snippet
    )
