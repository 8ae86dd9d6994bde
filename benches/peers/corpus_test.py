"""Queries are drawn the same way each time, and belong to the class that they are drawn for."""

import random
import unittest

import corpus

# made up: each is in as many of a hundred articles as it says, and the last is made of two others
FREQUENT = {"Alltag": 10, "Bahnhof": 12, "Dampfer": 8, "Garten": 15, "Hafen": 14, "Insel": 13, "Kanal": 16, "Laterne": 11}
WORDS = {**FREQUENT, "Deich": 2, "Fliederbusch": 1, "Gartendeich": 1}
FILLING = ["wieder", "kommen", "heute", "morgen"]
ARTICLES = 2_000


def texts():
    """Words of articles; the nouns are evenly spread, and small words are in all."""
    drawn = random.Random(1)
    for _ in range(ARTICLES):
        nouns = [word for word, share in WORDS.items() if drawn.random() * 100 < share]
        yield [word for pair in zip(nouns, FILLING * 3) for word in pair] + FILLING


class Drawn(unittest.TestCase):
    def setUp(self):
        self.queries = corpus.draw(texts(), 1)
        self.words = {}
        for query in self.queries:
            self.words.setdefault(query["class"], set()).update(query["words"])

    def test_the_same_of_the_same_articles(self):
        self.assertEqual(self.queries, corpus.draw(texts(), 1))
        self.assertNotEqual(self.queries, corpus.draw(texts(), 2))

    def test_by_the_share_of_articles(self):
        self.assertEqual(self.words["one word, frequent"], set(FREQUENT))
        self.assertLessEqual(self.words["one word, medium"], {"Deich", "Fliederbusch", "Gartendeich"})

    def test_nouns_alone(self):
        for name in ("one word, frequent", "one word, medium", "compound", "AND of 2", "OR of 4"):
            self.assertTrue(all(word[0].isupper() for word in self.words[name]), name)

    def test_compounds_are_made_of_words(self):
        self.assertEqual(self.words["compound"], {"Gartendeich"})

    def test_a_prefix_is_as_long_as_leaves_few_forms(self):
        crowd = [f"Fliede{first}{second}" for first in "abcdef" for second in "abcdef"]
        self.assertEqual(self.words["prefix"], {"Flied", "Garte"})
        of = corpus.draw((words + [crowd[number % len(crowd)]] for number, words in enumerate(texts())), 1)
        self.assertIn("Flieder", {query["words"][0] for query in of if query["class"] == "prefix"})

    def test_each_kind_has_its_number_of_words(self):
        of = {"word": 1, "prefix": 1, "and": 2, "phrase": 2, "near": 2, "or": 4}
        for query in self.queries:
            self.assertEqual(len(query["words"]), of[query["kind"]], query)


if __name__ == "__main__":
    unittest.main()
