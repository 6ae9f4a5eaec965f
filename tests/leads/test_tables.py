"""Files of leads: read in any form, written back with every column, order, leading zero and row."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import MatcherError
from matcher.formula_cells import neutralised
from matcher.leads.dialect import find_dialect
from matcher.leads.tables import Table, open_table
from matcher.leads.writing import open_writer

CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=20
)


def copied(table: Table, path: Path) -> Path:
    with open_writer(path, table, range(len(table.columns)), ["lead_score", "grade"]) as writer:
        for row in table.read_rows():
            writer.write(row.cells, [73.4, "A"])
    return path


def read_csv(path: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter_is_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["Nr.", "Firma", "Ort"], ["007", "Müller, Söhne & Co.", "Köln"], ["008", "a; b | c", "Gräfrath"]]
    path = tmp_path / "leads.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    table = open_table(path)
    assert table.columns == ("Nr.", "Firma", "Ort")
    assert [list(row.cells) for row in table.read_rows()] == rows[1:]
    assert table.dialect.delimiter == delimiter


def test_the_excel_sample_has_every_umlaut_and_column(shared: Path) -> None:
    excel = open_table(shared / "data/leads/leads_sample_excel.csv")
    assert excel.dialect.encoding == "cp1252"
    assert excel.dialect.delimiter == ";"
    rows = list(excel.read_rows())
    assert len(rows) == 200
    assert all(row.error == ("", "") and row.n_read == 10 for row in rows)
    assert excel.columns[:4] == ("Nr.", "Firma", "Land", "Ort")
    assert any("ü" in str(cell) for row in rows for cell in row.cells)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("t") / "leads.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    table = open_table(path)
    assert [list(row.cells) for row in table.read_rows()] == rows


def test_multi_line_cells_stay_together_and_a_quote_never_closed_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(
        'id,name,text\n1,A,"first\nsecond ""quoted"" line"\n2,B,"never closed\n3,C,plain\n4,"D ""x""",y\n',
        encoding="utf-8",
    )
    rows = list(open_table(path).read_rows())
    assert [row.cells[0] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0].cells[2] == 'first\nsecond "quoted" line'
    assert rows[3].cells[1] == 'D "x"'
    assert [row.number for row in rows] == [1, 2, 3, 4]


def test_an_unclosed_quote_at_the_end_does_not_swallow_the_file(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    body = "".join(f'{i},Firma {i},"text {i}"\n' for i in range(2, 500))
    path.write_text('id,name,text\n1,"Firma 1,text\n' + body, encoding="utf-8")
    rows = list(open_table(path).read_rows())
    assert len(rows) == 499
    assert rows[0].error[1] == "A quotation mark is opened and never closed; mend the row."
    assert all(row.error == ("", "") for row in rows[1:])


def test_rows_with_too_many_cells_or_broken_bytes_carry_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    good = "".join(f"{i},Größe,Süß\n" for i in range(20)).encode()
    path.write_bytes(b"id,name,text\n" + good + b"x,a,b,c,d\n" + b"y,M\xfcller,z\n")
    rows = list(open_table(path).read_rows())
    assert "5 cells, the header 3" in rows[20].error[1]
    assert "'c; d'" in rows[20].error[1]
    assert "kein UTF-8" in rows[21].error[0]
    out = copied(open_table(path), tmp_path / "out.csv")
    assert b"M\xfcller" in out.read_bytes()


def test_copying_keeps_leading_zeros_order_and_unknown_columns(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes("id;PLZ;Firma;Firma\r\n0007;01067;Ä;x\r\n0001;45127;B;\r\n".encode("cp1252"))
    out = copied(open_table(path), tmp_path / "out.csv")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_csv(out, delimiter=";") == [
        ["id", "PLZ", "Firma", "Firma", "lead_score", "grade"],
        ["0007", "01067", "Ä", "x", "73.4", "A"],
        ["0001", "45127", "B", "", "73.4", "A"],
    ]


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "parquet", "jsonl", "csv.gz", "tsv.gz", "jsonl.gz"])
def test_every_format_is_written_and_read_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_text('id,name,text\n007,Müller,"two\nlines"\n008,"B, C",\n', encoding="utf-8")
    copy = open_table(copied(open_table(path), tmp_path / f"out.{ending}"))
    assert copy.columns == ("id", "name", "text", "lead_score", "grade")
    rows = [[str(cell or "") for cell in row.cells] for row in copy.read_rows()]
    assert rows[0][:3] == ["007", "Müller", "two\nlines"]
    assert rows[1][:3] == ["008", "B, C", ""]
    assert rows[0][3:] == ["73.4", "A"]


def test_writing_twice_gives_identical_bytes(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("id,name\n1,A\n", encoding="utf-8")
    for ending in ("csv.gz", "xlsx", "parquet"):
        first = copied(open_table(path), tmp_path / f"1.{ending}").read_bytes()
        assert copied(open_table(path), tmp_path / f"1.{ending}").read_bytes() == first


def test_a_workbook_keeps_numbers_dates_formats_and_saved_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PLZ", "Zahl", "Text", "Formel"])
    sheet.append([1067, 2.5, "00042", "=1+1"])
    sheet["A2"].number_format = "00000"
    path = tmp_path / "leads.xlsx"
    book.save(path)
    table = open_table(path)
    out = openpyxl.load_workbook(copied(table, tmp_path / "out.xlsx")).active
    assert out is not None
    assert (out["A2"].value, out["A2"].number_format) == (1067, "00000")
    assert (out["B2"].value, out["C2"].value, out["D2"].value) == (2.5, "00042", "'=1+1")
    assert read_csv(copied(table, tmp_path / "out.csv"))[1][:3] == ["01067", "2.5", "00042"]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "leads.parquet"
    table = pa.table({"id": pa.array([7, None], pa.int32()), "name": ["A", "B"], "tags": [["x"], []]})
    pq.write_table(table, path)
    out = pq.read_table(copied(open_table(path), tmp_path / "out.parquet"))
    assert out.select(["id", "name", "tags"]).equals(table)
    assert out["lead_score"].to_pylist() == [73.4, 73.4]


def test_json_lines_keep_absent_keys_absent_and_hand_back_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "leads.jsonl.gz"
    lines = ['{"id": 1, "tags": ["a"]}', "no json", '{"name": "B", "id": null}']
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    out = copied(open_table(path), tmp_path / "out.jsonl")
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert records[0] == {"id": 1, "tags": ["a"], "lead_score": 73.4, "grade": "A"}
    assert records[1]["unreadable_line"] == "no json"
    assert list(records[2]) == ["id", "name", "lead_score", "grade"]
    assert [row.error[1] for row in open_table(path).read_rows()][1] == "The line is no JSON object in UTF-8."


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=", "-cmd|x"])
def test_formula_cells_are_neutralised(tmp_path: Path, cell: str) -> None:
    assert neutralised(cell) == "'" + cell
    path = tmp_path / "leads.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["id", "name"], ["1", cell]])
    assert read_csv(copied(open_table(path), tmp_path / "o.csv"))[1][1] == "'" + cell
    sheet = openpyxl.load_workbook(copied(open_table(path), tmp_path / "o.xlsx")).active
    assert sheet is not None
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("s", "'" + cell)


@pytest.mark.parametrize("cell", ["-", "-3.5", "+4920112345", "+49 (0)201 123-45", "1-2", "a=b", "--"])
def test_numbers_and_dashes_are_left_alone(cell: str) -> None:
    assert neutralised(cell) == cell


def test_excel_s_separator_line_names_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("sep=|\nid|a,b;c\n1|x,y\n", encoding="utf-8")
    table = open_table(path)
    assert (table.columns, find_dialect(path).delimiter) == (("id", "a,b;c"), "|")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leads.doc", b"x", "ending is not known"),
        ("leads.csv", b"", "empty"),
        ("leads.xlsx", b"not a zip", "cannot be read as xlsx"),
        ("leads.parquet", b"not parquet", "cannot be read as parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(MatcherError, match=sentence):
        open_table(path)
