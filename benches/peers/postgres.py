"""PostgreSQL: a column of type tsvector (configuration `german`) with a GIN index, filled by COPY, the index made afterwards. Its own
cluster in a folder, over a Unix socket."""

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import tempfile

import driver

PROGRAMS = max(glob.glob("/usr/lib/postgresql/*/bin"), default="/usr/lib/postgresql/bin", key=lambda path: int(path.split("/")[-2]))
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "maintenance_work_mem": "512MB",
    "work_mem": "64MB",
    "max_wal_size": "4GB",
}
RANKED = "select id from articles, to_tsquery('german', %s) query where words @@ query order by ts_rank(words, query) desc limit 10"
SHOWN = f"""select title, ts_headline('german', body, to_tsquery('german', %s)) from articles join ({RANKED}) best using (id)"""


def version():
    return subprocess.run([f"{PROGRAMS}/postgres", "--version"], capture_output=True, text=True, check=True).stdout.strip()


def program(name, *arguments):
    """A command of the server's, run by someone who is not root."""
    user = [] if os.getuid() else ["runuser", "-u", owner(), "--"]
    return [*user, f"{PROGRAMS}/{name}", *arguments]


def owner():
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextlib.contextmanager
def server(folder):
    """A running server of the cluster, ended with the context."""
    import psycopg2

    socket = tempfile.mkdtemp(prefix="peer-")
    if os.getuid() == 0:
        shutil.chown(socket, owner())
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    process = subprocess.Popen(
        program("postgres", "-D", folder, "-k", socket, *settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait = program("pg_isready", "-q", "-h", socket)
        while subprocess.run(wait, check=False).returncode:
            if process.poll() is not None:
                raise SystemExit("the server did not start")
        with contextlib.closing(psycopg2.connect(host=socket, user="peer", dbname="postgres")) as connection:
            connection.autocommit = True
            yield connection
    finally:
        subprocess.run(program("pg_ctl", "stop", "-D", folder, "-m", "fast", "-s"), check=True)
        process.wait()
        shutil.rmtree(socket)


def escaped(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


class Rows:
    """The articles in the text format of COPY, read piece by piece."""

    def __init__(self, path):
        self.rows = (f"{escaped(title)}\t{escaped(body)}\n" for title, body in driver.articles(path))

    def read(self, _size):
        return next(self.rows, "")


def index(path, folder, _threads):
    os.makedirs(folder)
    if os.getuid() == 0:
        shutil.chown(folder, owner())
    subprocess.run(program("initdb", "-D", folder, "-U", "peer", "-E", "UTF8", "--locale=C.UTF-8"), check=True, stdout=subprocess.DEVNULL)
    with server(folder) as connection, connection.cursor() as cursor:
        words = "tsvector generated always as (to_tsvector('german', title || ' ' || body)) stored"
        cursor.execute(f"create table articles (id serial, title text, body text, words {words})")
        cursor.copy_expert("copy articles (title, body) from stdin", Rows(path))
        cursor.execute("create index on articles using gin (words)")
        cursor.execute("create unique index on articles (id)")
        cursor.execute("vacuum analyze articles")
        cursor.execute("checkpoint")
        cursor.execute("select pg_total_relation_size('articles')")
        size = cursor.fetchone()[0]
    # the cluster's own tables and its log are not the index
    with open(f"{folder}/size", "w", encoding="ascii") as file:
        file.write(str(size))


@contextlib.contextmanager
def opened(folder):
    with server(folder) as connection, connection.cursor() as cursor:

        def search(kind, words, snippets):
            one, other = words[0], words[-1]
            text = {
                "word": one,
                "and": " & ".join(words),
                "or": " | ".join(words),
                "phrase": " <-> ".join(words),
                "prefix": f"{one}:*",
                "near": " | ".join(
                    f"{left} <{distance}> {right}"
                    for left, right in ((one, other), (other, one))
                    for distance in range(1, driver.DISTANCE + 2)
                ),
            }[kind]
            cursor.execute(SHOWN if snippets else RANKED, (text, text) if snippets else (text,))
            return cursor.fetchall()

        yield search


if __name__ == "__main__":
    driver.main(version, index, opened)
