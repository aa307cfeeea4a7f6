"""Reading: every format, every kind of trouble, one line each."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.documents import Reading, make_document, read
from claims.documents.article import clean_text, parse_date, split_fields
from claims.documents.formats import ARTICLE_LIMIT, decode, front_matter
from claims.documents.origin import find_origin
from claims.errors import InputError
from claims.models import DateBasis, Document
from claims.store import open_store, read_parquet

ARTICLE = "The bridge in Ostrow carried 4,000 cars a day, the mayor said.\n\nIt was closed on Monday."


def reading_of(*paths: Path | str, stdin: bytes = b"") -> tuple[list[Document], Reading]:
    reading = Reading()
    documents = list(read(paths, reading, parquet=read_parquet, stdin=io.BytesIO(stdin)))
    return documents, reading


def one(path: Path) -> Document:
    documents, reading = reading_of(path)
    assert reading.problems == []
    (document,) = documents
    return document


def test_plain_text_is_kept_character_for_character(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\n" + ARTICLE + "  \n", encoding="utf-8")
    assert one(path).text == path.read_text(encoding="utf-8")
    assert one(path).path == str(path)


def test_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfOne line.\r\nTwo lines.\rThree.")
    assert one(tmp_path / "a.txt").text == "One line.\nTwo lines.\nThree."


@pytest.mark.parametrize(
    "head",
    [
        '---\ntitle: "A: bridge"\nsource: Daily\ndate: 2024-05-06\n---\n',
        "---\ntitle: 'A: bridge'\noutlet: Daily   # of the region\npublished_at: 2024-05-06T10:00:00Z\n---\n\n",
        '+++\ntitle = "A: bridge"\nsource = "Daily"\ndate = 2024-05-06\n+++\n',
    ],
)
def test_front_matter(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.md").write_text(head + ARTICLE)
    document = one(tmp_path / "a.md")
    assert (document.text, document.title, document.source) == (ARTICLE, "A: bridge", "Daily")
    assert (document.published_at, document.date_basis) == (date(2024, 5, 6), DateBasis.METADATA)


def test_front_matter_keeps_what_else_it_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"---\nsource: Daily\ntags:\n  - bridges\n  - traffic\nsection: local\n---\n{ARTICLE}"
    )
    assert one(tmp_path / "a.txt").metadata == {"tags": ["bridges", "traffic"], "section": "local"}


def test_a_rule_of_dashes_is_no_front_matter() -> None:
    text = "---\nThe council met. It said: no.\n---\nMore."
    assert front_matter(text, "a") == (text, {})
    assert front_matter("---\nnever closed: x\n" + ARTICLE, "a")[1] == {}


def test_broken_toml_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"+++\ntitle = \n+++\n{ARTICLE}")
    _, reading = reading_of(tmp_path / "a.md")
    assert len(reading.problems) == 1
    assert "front matter" in reading.problems[0]


def test_html_gives_text_title_date_outlet(tmp_path: Path) -> None:
    body = "".join(
        f"<p>Paragraph {n} tells how the bridge was closed and what the mayor said of it.</p>" for n in range(8)
    )
    (tmp_path / "a.html").write_text(
        f"<html><head><title>Bridge closed</title><meta property='og:site_name' content='Daily'>"
        f"<meta property='article:published_time' content='2024-05-06T08:00:00Z'></head>"
        f"<body><nav>Home Sport Weather</nav><article><h1>Bridge closed</h1>{body}</article></body></html>"
    )
    document = one(tmp_path / "a.html")
    assert (document.title, document.source, document.published_at) == ("Bridge closed", "Daily", date(2024, 5, 6))
    assert "Paragraph 7" in document.text
    assert "Weather" not in document.text
    assert "<p>" not in document.text


def test_html_without_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    documents, reading = reading_of(tmp_path / "a.html")
    assert documents == []
    assert "no article" in reading.problems[0]


def test_records_of_every_kind(tmp_path: Path) -> None:
    row = {
        "Content": ARTICLE,
        "publisher": "Daily",
        "headline": "Bridge",
        "date": "2024-05-06",
        "link": "https://x.example/1",
        "n": 7,
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n\n" + json.dumps({**row, "Content": ARTICLE + " Again."}))
    (tmp_path / "b.json").write_text(json.dumps({"articles": [row]}))
    (tmp_path / "c.csv").write_text('text;outlet;date\n"' + ARTICLE.replace('"', '""') + '";Daily;2024-05-06\n')
    for name in ("a.jsonl", "b.json", "c.csv"):
        document = reading_of(tmp_path / name)[0][0]
        assert document.text == ARTICLE
        assert (document.source, document.published_at) == ("Daily", date(2024, 5, 6))
        assert document.path == f"{tmp_path / name}#1"
    assert len(reading_of(tmp_path / "a.jsonl")[0]) == 2
    assert reading_of(tmp_path / "a.jsonl")[0][0].url == "https://x.example/1"


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with open_store(tmp_path / "x.duckdb") as store:
        store.connection.execute(
            f"COPY (SELECT 'n1' AS id, '{ARTICLE}' AS text, 'Daily' AS source, DATE '2024-05-06' AS date) TO '{path}'"
        )
    document = one(path)
    assert (document.path, document.source, document.published_at) == ("n1", "Daily", date(2024, 5, 6))
    path.write_bytes(b"PAR1 but broken")
    assert "not a readable Parquet" in reading_of(path)[1].problems[0]


def test_broken_records_do_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "One good line here."}\n{broken\n[1]\n{"no": "text"}\n{"text": "And one more."}\n'
    )
    documents, reading = reading_of(tmp_path / "a.jsonl")
    assert [d.text for d in documents] == ["One good line here.", "And one more."]
    assert len(reading.problems) == 3
    assert all(f"a.jsonl#{line}" in reading.problems[i] for i, line in enumerate((2, 3, 4)))


def test_lone_surrogates_cannot_get_in(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Bad \\ud800 half", "source": "x\\udfff"}')
    document = one(tmp_path / "a.jsonl")
    assert document.text == "Bad \ufffd half"
    assert document.source == "x\ufffd"


def test_every_trouble_is_one_line_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "blank.txt").write_text(" \n\t ")
    (tmp_path / "symbols.txt").write_text("*** --- ***")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 99)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    documents, reading = reading_of(tmp_path)
    assert [d.text for d in documents] == [ARTICLE]
    assert len(reading.problems) == 7
    for name in ("empty", "blank", "symbols", "picture", "noise", "photo", "huge"):
        (line,) = [p for p in reading.problems if f"/{name}." in p]
        assert "\n" not in line
        assert "; " in line  # what to do


def test_other_encodings_are_read_and_named(tmp_path: Path) -> None:
    text = "Die Brücke über die Oder wurde für Fußgänger geöffnet, sagte der Bürgermeister. " * 6
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    documents, reading = reading_of(tmp_path)
    assert [clean_text(d.text) for d in documents] == [text, text]
    assert reading.problems == []
    assert len(reading.notes) == 2


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    documents, reading = reading_of(tmp_path)
    assert documents == []
    assert "no article in this folder" in reading.problems[0]
    assert "no such file" in reading_of(tmp_path / "missing")[1].problems[0]


def test_standard_input() -> None:
    (document,), _ = reading_of("-", stdin=ARTICLE.encode())
    assert document.text == ARTICLE
    assert document.path.startswith("stdin:")
    assert reading_of("-", stdin=b"")[1].problems == ["standard input: empty; nothing to read"]


def test_an_article_too_long_on_standard_input() -> None:
    assert "split it" in reading_of("-", stdin=b"a " * ARTICLE_LIMIT)[1].problems[0]


@pytest.mark.parametrize("name", ["manifest.csv", "manifest.json", "manifest.jsonl"])
def test_manifest_beside_the_articles(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(ARTICLE)
    rows = [{"file": "sub/a.txt", "source": "Daily", "title": "Bridge", "date": "2024-05-06"}]
    if name.endswith("csv"):
        (tmp_path / name).write_text("file,source,title,date\nsub/a.txt,Daily,Bridge,2024-05-06\n")
    elif name.endswith("jsonl"):
        (tmp_path / name).write_text(json.dumps(rows[0]))
    else:
        (tmp_path / name).write_text(json.dumps(rows))
    (document,), reading = reading_of(tmp_path)
    assert reading.problems == []
    assert (document.source, document.title, document.published_at) == ("Daily", "Bridge", date(2024, 5, 6))


def test_manifest_of_a_single_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "manifest.csv").write_text("file,source\na.txt,Daily\ngone.txt,Weekly\n")
    assert one(tmp_path / "a.txt").source == "Daily"


def test_a_manifest_cannot_leave_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A secret of the machine.")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE)
    (folder / "manifest.csv").write_text("file,source\n../secret.txt,X\n/etc/hostname,Y\nmissing.txt,Z\n,W\n")
    documents, reading = reading_of(folder)
    assert [d.text for d in documents] == [ARTICLE]
    assert len(reading.problems) == 4
    assert sum("leaves the folder" in p for p in reading.problems) == 2


def test_a_link_cannot_leave_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A secret of the machine.")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE)
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c.txt").symlink_to(folder / "a.txt")
    (folder / "d.txt").symlink_to(folder / "gone.txt")
    (folder / "up").symlink_to(tmp_path)
    documents, reading = reading_of(folder)
    assert {d.text for d in documents} == {ARTICLE}
    assert len(reading.problems) == 2
    assert all("leaves its folder" in p for p in reading.problems)
    assert any("not followed" in n for n in reading.notes)


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("no article")
    (tmp_path / ".draft.txt").write_text("no article")
    (tmp_path / "a.txt").write_text(ARTICLE)
    documents, reading = reading_of(tmp_path)
    assert len(documents) == 1
    assert reading.problems == []


def test_the_same_text_has_one_id() -> None:
    assert make_document(ARTICLE, "a").id == make_document(ARTICLE.replace("\n", "\r\n"), "b").id
    assert make_document(ARTICLE, "a").id != make_document(ARTICLE + "!", "a").id


def test_a_text_without_a_word_is_none() -> None:
    with pytest.raises(InputError, match="no text"):
        make_document("…", "a.txt")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("OSTROW, October 23. /PAPX/. The bridge was closed.", "PAPX"),
        ("OSTROW (Northwire) — The bridge was closed.", "Northwire"),
        ("OSTROW, Oct 3 (Northwire) - The bridge was closed.", "Northwire"),
        ("Ostrow, Oct 21, NWA — The bridge was closed.", "NWA"),
        ("BRIDGE CLOSED\n\nNorth Wire, 25 September 2017\n\nThe bridge was closed.", "North Wire"),
        ("Bridge closed\nSource: North Wire\nThe bridge was closed.", "North Wire"),
    ],
)
def test_origin_from_a_dateline(head: str, name: str) -> None:
    found = find_origin(head)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Ostrow (North) said the bridge was closed.",
        "The bridge was closed, North Wire reported on 25 September 2017.",
        "Ostrow, Oct 21 — The bridge was closed.",
        "Prices rose 3/4/5 percent a year.",
    ],
)
def test_running_text_names_no_origin(text: str) -> None:
    assert find_origin(text) is None


def test_parse_date() -> None:
    assert parse_date("2024-05-06") == parse_date("20240506") == parse_date("2024/05/06") == date(2024, 5, 6)
    assert parse_date("2024-05-06T23:59:00+02:00") == date(2024, 5, 6)
    assert parse_date("6 May 2024") == parse_date("May 6, 2024") == date(2024, 5, 6)
    assert parse_date("2024-13-45") is None
    assert parse_date("yesterday") is None
    assert parse_date(7) is None


def test_fields_have_many_names() -> None:
    known, rest = split_fields({"Body": "x", "OUTLET": "y", "pubDate": "z", "words": 3, "none": None})
    assert known == {"text": "x", "source": "y", "date": "z"}
    assert rest == {"words": 3}


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reading(data: bytes) -> None:
    try:
        text, _ = decode(data, "x")
        document = make_document(text, "x")
    except InputError:
        return
    document.text.encode()
    assert document.id == make_document(document.text, "y").id
