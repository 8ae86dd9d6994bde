"""What the tables say of results."""

import json
import os
import tempfile
import unittest

import table

RUN = {
    "articles": 10,
    "text": 1000,
    "date": "2026-01-01",
    "machine": "a machine",
    "rounds": 3,
    "clients": [1],
    "queries": [{"class": "one word", "kind": "word", "words": ["Deich"]}, {"class": "one word", "kind": "word", "words": ["Damm"]}],
    "peers": [
        {"name": "floor", "title": "Floor", "about": "in process", "version": "1"},
        {"name": "slow", "title": "Slow", "about": "in process", "version": "2"},
        {"name": "none", "title": "None", "about": "in process", "lacking": "no package none"},
    ],
}


class Tables(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.put("run", RUN)
        for turn, (floor, slow) in enumerate(((2, 8), (4, 12), (1, 6))):
            for peer, cpu in (("floor", floor), ("slow", slow)):
                self.put(f"index-{turn}-1-{peer}", {"what": "index", "peer": peer, "cores": 1, "cpu": cpu, "wall": cpu, "size": 500, "load": 1})
                times = [{"query": at, "mode": "ids", "micros": cpu * 10 * (at + 1), "hits": 1} for at in (0, 1)]
                self.put(f"queries-{turn}-{peer}", {"what": "queries", "peer": peer, "times": times})

    def put(self, name, what):
        with open(os.path.join(self.folder, f"{name}.json"), "w", encoding="utf-8") as file:
            json.dump(what, file)

    def test_a_median_has_its_spread(self):
        indexing = table.Results(self.folder).indexing()
        self.assertIn("| CPU, s | 2.00 (1.00–4.00) | 8.00 (6.00–12.0) |", indexing)

    def test_a_ratio_is_of_runs_in_turn(self):
        self.assertIn("| ÷ bare tantivy | 1.00 | 4.00 (3.00–6.00) |", table.Results(self.folder).indexing())

    def test_percentiles_are_over_the_queries_of_a_round(self):
        self.assertIn("| one word | 20.0 (10.0–40.0) / 40.0 |", table.Results(self.folder).queries("ids", 1))

    def test_who_cannot_be_had_is_named_and_has_no_column(self):
        text = table.Results(self.folder).text()
        self.assertIn("None: no package none.", text)
        self.assertNotIn("| None |", text)

    def test_tables_replace_what_stands_between_the_marks(self):
        page = os.path.join(self.folder, "page.md")
        with open(page, "w", encoding="utf-8") as file:
            file.write(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")
        table.write(self.folder, page)
        with open(page, encoding="utf-8") as file:
            text = file.read()
        self.assertRegex(text, f"^before\n{table.BEGIN}\n\n10 articles")
        self.assertTrue(text.endswith(f"{table.END}\nafter\n"))
        self.assertNotIn("old", text)


if __name__ == "__main__":
    unittest.main()
