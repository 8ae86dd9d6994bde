"""Xapian: German stems, positions, the article as the document's data, compacted when all are in."""

import contextlib
import shutil

import driver
import xapian

STEMMER = xapian.Stem("german")


def version():
    return f"Xapian {xapian.version_string()}"


def index(path, folder, _threads):
    growing = folder + ".growing"
    database = xapian.WritableDatabase(growing, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(STEMMER)
    for title, body in driver.articles(path):
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(title)
        generator.increase_termpos()
        generator.index_text(body)
        document.set_data(f"{title}\n{body}")
        database.add_document(document)
    database.commit()
    database.compact(folder)
    database.close()
    shutil.rmtree(growing)


@contextlib.contextmanager
def opened(folder):
    database = xapian.Database(folder)
    enquire = xapian.Enquire(database)
    parser = xapian.QueryParser()
    parser.set_database(database)
    parser.set_stemmer(STEMMER)
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    flags = xapian.QueryParser.FLAG_DEFAULT | xapian.QueryParser.FLAG_WILDCARD

    def search(kind, words, snippets):
        # its window counts the second word, too
        text = driver.syntax(kind, words, f" NEAR/{driver.DISTANCE + 1} ".join(words))
        enquire.set_query(parser.parse_query(text, flags))
        found = enquire.get_mset(0, 10)
        if snippets:
            return [found.snippet(match.document.get_data().decode(), 200, STEMMER) for match in found]
        return [match.docid for match in found]

    yield search


if __name__ == "__main__":
    driver.main(version, index, opened)
