"""SQLite FTS5: one table of title and body, `unicode61` (it has no German stemmer), one transaction, then `optimize`."""

import contextlib
import os
import sqlite3

import driver

RANKED = "select rowid from articles where articles match ? order by rank limit 10"
SHOWN = "select title, snippet(articles, 1, '[', ']', '…', 30) from articles where articles match ? order by rank limit 10"


def version():
    return f"SQLite {sqlite3.sqlite_version}"


def index(path, folder, _threads):
    os.makedirs(folder)
    database = sqlite3.connect(f"{folder}/fts5.db")
    database.execute("create virtual table articles using fts5(title, body, tokenize = 'unicode61 remove_diacritics 2')")
    database.executemany("insert into articles values (?, ?)", driver.articles(path))
    database.execute("insert into articles(articles) values ('optimize')")
    database.commit()


@contextlib.contextmanager
def opened(folder):
    database = sqlite3.connect(f"{folder}/fts5.db")

    def search(kind, words, snippets):
        quoted = [f'"{word}"' for word in words]
        text = {
            "word": quoted[0],
            "and": " AND ".join(quoted),
            "or": " OR ".join(quoted),
            "phrase": f'"{" ".join(words)}"',
            "prefix": f"{quoted[0]} *",
            "near": f"NEAR({' '.join(quoted)}, {driver.DISTANCE})",
        }[kind]
        return database.execute(SHOWN if snippets else RANKED, (text,)).fetchall()

    yield search


if __name__ == "__main__":
    driver.main(version, index, opened)
