"""What the peers that are driven from Python share: the way they are called, and the timing of queries.

    PEER index ARTICLES.jsonl INDEX THREADS
    PEER queries INDEX QUERIES.jsonl
    PEER version
"""

import json
import sys
import time

# the fastest of so many passes over all queries; after so many seconds no further one begins
PASSES = 3
LONG = 60
# words between two that are near
DISTANCE = 5


def articles(path):
    """Title and text of each article."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            yield article.get("title", ""), article.get("body", "")


def syntax(kind, words, near):
    """A query in the syntax that Xapian and Recoll share, but for that of nearness."""
    return {
        "word": words[0],
        "and": " AND ".join(words),
        "or": " OR ".join(words),
        "phrase": f'"{" ".join(words)}"',
        "prefix": f"{words[0]}*",
        "near": near,
    }[kind]


def measure(path, search):
    """Prints the microseconds and hits of each query; one that `search` answers with None cannot be asked."""
    with open(path, encoding="utf-8") as file:
        queries = [json.loads(line) for line in file]
    for mode in ("ids", "snippets"):
        best, hits, started = [float("inf")] * len(queries), [0] * len(queries), time.monotonic()
        for _ in range(PASSES):
            for at, query in enumerate(queries):
                before = time.perf_counter_ns()
                found = search(query["kind"], query["words"], mode == "snippets")
                best[at] = min(best[at], (time.perf_counter_ns() - before) / 1000)
                hits[at] = None if found is None else len(found)
            if time.monotonic() - started > LONG:
                break
        for at, micros in enumerate(best):
            if hits[at] is not None:
                print(json.dumps({"query": at, "mode": mode, "micros": micros, "hits": hits[at]}))


def main(version, index, opened):
    """Does what the command line says; `opened` makes of a folder a context that gives `search`."""
    match sys.argv[1:]:
        case ["version"]:
            print(version())
        case ["index", path, folder, threads]:
            index(path, folder, int(threads))
        case ["queries", folder, queries]:
            with opened(folder) as search:
                measure(queries, search)
        case _:
            sys.exit(__doc__)
