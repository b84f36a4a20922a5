"""Eurostat's interface, acted by a server on loopback that answers in the published form."""

import gzip
import threading
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hanse.adapters.eurostat import Eurostat
from hanse.ports.statistics_office import NotPublished, NotReadable

TABLE = (
    "freq,indic_sbs,nace_r2,geo\\TIME_PERIOD\t2021 \t2022 \n"
    "A,EMP_LOC_NR,C29,DE11\t158012 \t160000 p\n"
    "A,EMP_LOC_NR,C29,DE91\t: c\t: \n"
    "A,EMP_LOC_NR,C29,FR10\t12 bd\t: cd\n"
    "A,WAGE_LOC_MEUR,C29,DE11\t9123.5 \t-8.3 u\n"
    "A,ENT_NR,C29,DE11\t17 \t18 \n"
)
WANTED = {"indic_sbs": frozenset({"EMP_LOC_NR", "WAGE_LOC_MEUR"}), "nace_r2": frozenset({"C29"})}


class Answers:
    """What the server says, one after the other; the last again and again."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def next(self, request):
        self.asked.append((request.path, dict(request.headers)))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def packed(text=TABLE):
    return gzip.compress(text.encode())


def ok(body=None, **headers):
    return 200, body if body is not None else packed(), headers


@contextmanager
def served(answers):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, body, headers = answers.next(self)
            self.send_response(status)
            length = headers.pop("length", len(body))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def office(tmp_path):
    """Makes an office over a list of answers; gives it with what was asked."""
    with ExitStack() as stack:

        def over(*answers, attempts=3):
            script = Answers(*answers)
            base = stack.enter_context(served(script))
            return Eurostat(tmp_path, base=base, attempts=attempts, pause=0.0), script

        yield over


def read(office, told=lambda _done, _total: None):
    rows = office.publication("sbs_r_nuts2021", WANTED, told).rows.to_pylist()
    return {
        (row["indic_sbs"], row["geo"], row["year"]): (row["value"], row["flag"]) for row in rows
    }


def test_values_and_flags_are_told_apart_and_what_was_never_published_is_no_row(office):
    eurostat, script = office(ok())
    assert read(eurostat) == {
        ("EMP_LOC_NR", "DE11", 2021): (158012.0, ""),
        ("EMP_LOC_NR", "DE11", 2022): (160000.0, "p"),
        ("EMP_LOC_NR", "DE91", 2021): (None, "c"),
        ("EMP_LOC_NR", "FR10", 2021): (12.0, "bd"),
        ("EMP_LOC_NR", "FR10", 2022): (None, "cd"),
        ("WAGE_LOC_MEUR", "DE11", 2021): (9123.5, ""),
        ("WAGE_LOC_MEUR", "DE11", 2022): (-8.3, "u"),
    }
    assert script.asked[0][0] == "/data/sbs_r_nuts2021?format=TSV&compressed=true"


def test_errors_that_pass_are_tried_again(office):
    busy, broken = (429, b"", {"Retry_After": "0"}), (500, b"oops", {})
    eurostat, script = office(busy, broken, ok())
    assert len(read(eurostat)) == 7
    assert len(script.asked) == 3


def test_an_office_that_stays_silent_is_given_up_after_so_many_attempts(office):
    eurostat, script = office((503, b"", {}))
    with pytest.raises(NotPublished, match="HTTP 503"):
        read(eurostat)
    assert len(script.asked) == 3


def test_a_table_that_does_not_exist_is_not_asked_for_again(office):
    eurostat, script = office((404, b"", {}))
    with pytest.raises(NotPublished, match="HTTP 404"):
        read(eurostat)
    assert len(script.asked) == 1


def test_a_kept_table_is_asked_for_with_its_etag_and_still_holds(office):
    eurostat, script = office(ok(ETag='"one"'), (304, b"", {}))
    first = read(eurostat)
    assert read(eurostat) == first
    assert script.asked[1][1]["If-None-Match"] == '"one"'


def test_a_newer_table_takes_the_place_of_the_kept_one(office):
    newer = packed(TABLE.replace("158012", "158013"))
    eurostat, _ = office(ok(ETag='"one"'), ok(newer, ETag='"two"'))
    read(eurostat)
    assert read(eurostat)["EMP_LOC_NR", "DE11", 2021] == (158013.0, "")


def test_a_silent_office_leaves_the_kept_table_in_use_and_says_so(office):
    eurostat, _ = office(ok(), (503, b"", {}))
    first = eurostat.publication("sbs_r_nuts2021", WANTED)
    second = eurostat.publication("sbs_r_nuts2021", WANTED)
    assert (first.is_fresh, second.is_fresh) == (True, False)
    assert second.rows.equals(first.rows)


def test_a_kept_table_that_was_damaged_is_fetched_anew(office, tmp_path):
    eurostat, script = office(ok(ETag='"one"'))
    read(eurostat)
    (tmp_path / "sbs_r_nuts2021.tsv.gz").write_bytes(b"nonsense")
    assert len(read(eurostat)) == 7
    assert "If-None-Match" not in script.asked[1][1]


def test_a_gzip_that_ends_early_is_not_readable_and_not_kept(office, tmp_path):
    eurostat, _ = office(ok(packed()[:-20]))
    with pytest.raises(NotReadable):
        read(eurostat)
    assert not list(tmp_path.glob("*.gz"))


def test_a_connection_that_ends_early_is_tried_again(office):
    eurostat, script = office((200, packed()[:-20], {"length": 5000}), ok())
    assert len(read(eurostat)) == 7
    assert len(script.asked) == 2


@pytest.mark.parametrize(
    "text",
    [
        "<html>maintenance</html>\n",
        TABLE.replace("158012 ", "a lot "),
        TABLE.replace("indic_sbs,", "indicator,"),
        TABLE + "A,EMP_LOC_NR\n",
    ],
)
def test_an_answer_in_another_form_is_not_readable(office, text):
    eurostat, _ = office(ok(packed(text)))
    with pytest.raises(NotReadable):
        read(eurostat)


def test_progress_counts_the_bytes(office):
    eurostat, _ = office(ok())
    told = []
    read(eurostat, lambda done, total: told.append((done, total)))
    assert told[-1] == (len(packed()), len(packed()))
