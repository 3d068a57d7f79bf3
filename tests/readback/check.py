"""Reads what `vanban extract` wrote with other programs, and compares.

    python check.py RECORDS.ndjson TABLE.csv TABLE.parquet

pyarrow, DuckDB and pandas must find in the Parquet file what the JSON lines
hold, with the right types, and in the CSV the same rows.
"""

import csv
import json
import sys

import duckdb
import pandas
import pyarrow as pa
import pyarrow.parquet as pq

DEPTH = 4  # levels of items that are columns; deeper ones are JSON text


def same(json_value, value, type_, where):
    """What the JSON has must be what the column has; absent is null."""
    if pa.types.is_struct(type_):
        if json_value is None:
            assert value is None, where
            return
        assert set(json_value) <= {f.name for f in type_}, where
        for field in type_:
            part = value[field.name]
            same(json_value.get(field.name), part, field.type, f"{where}.{field.name}")
    elif pa.types.is_list(type_):
        if json_value is None:
            assert value is None, where
            return
        assert len(json_value) == len(value), where
        for i, (a, b) in enumerate(zip(json_value, value)):
            same(a, b, type_.value_type, f"{where}[{i}]")
    elif pa.types.is_string(type_) and isinstance(json_value, (dict, list)):
        assert json.loads(value) == json_value, where
    else:
        assert value == json_value and type(value) is type(json_value), (where, json_value, value)


def plain(value):
    """Rows of DuckDB and pandas as those of pyarrow."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if hasattr(value, "tolist") and not isinstance(value, str):
        value = value.tolist()
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, float) and value != value:
        return None
    return value


def main(ndjson, table_csv, parquet):
    with open(ndjson, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    assert records, "no record to compare"

    file = pq.ParquetFile(parquet)
    table = file.read()
    types = {f.name: f.type for f in table.schema}
    # The field of reposts is in the lines only where it was asked for.
    assert set(types) - {"repost"} == set(records[0]) - {"repost"}, set(types) ^ set(records[0])
    assert pa.types.is_int64(types["source"].field("record").type)
    assert pa.types.is_int32(types["document"].field("year").type)
    assert types["dates"].value_type.field("span").type == pa.list_(pa.field("item", pa.int64()))
    rows = table.to_pylist()
    assert len(rows) == len(records), (len(rows), len(records))
    for i, (record, row) in enumerate(zip(records, rows)):
        for name, type_ in types.items():
            same(record.get(name), row[name], type_, f"{i}.{name}")
    for n in range(file.num_row_groups):
        group = file.metadata.row_group(n)
        assert group.column(0).compression == "ZSTD"
        assert group.num_rows > 0

    names = ", ".join(f'"{name}"' for name in types)
    found = duckdb.sql(f"select {names} from '{parquet}'").fetchall()
    assert [plain(dict(zip(types, row))) for row in found] == rows, "DuckDB"
    count = duckdb.sql(f"select count(*) from '{parquet}' where issuer.name is not null").fetchall()[0][0]
    assert count == sum(1 for r in records if r["issuer"])
    columns = dict((c[0], c[1]) for c in duckdb.sql(f"describe '{parquet}'").fetchall())
    assert columns["id"] == "VARCHAR" and columns["dates"].startswith("STRUCT("), columns
    frame = pandas.read_parquet(parquet)
    assert [plain(v) for v in frame["id"]] == [r["id"] for r in records], "pandas"
    assert [plain(v) for v in frame["source"]] == [r["source"] for r in rows], "pandas"

    # The CSV, as three programs read it.
    with open(table_csv, encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    frame = pandas.read_csv(table_csv, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert frame.to_dict("records") == cells, "pandas, CSV"
    ducks = duckdb.sql(
        f"select * from read_csv('{table_csv}', all_varchar=true, nullstr='\\0',"
        " delim=',', quote='\"', escape='\"', header=true)"
    )
    assert [dict(zip(ducks.columns, row)) for row in ducks.fetchall()] == cells, "DuckDB, CSV"
    assert len(cells) == len(records)

    def cell(value):
        text = "" if value is None else str(value)
        return "'" + text if text[:1] in tuple("=+-@\t\r\n＝＋－＠") and text else text

    for i, (record, row) in enumerate(zip(records, cells)):
        issuer, document = record["issuer"] or {}, record["document"] or {}
        for name, value in {
            "id": record["id"],
            "path": record["source"]["path"],
            "record": record["source"]["record"],
            "kind": record["kind"],
            "title": (record["title"] or {}).get("text"),
            "published": (record["published"] or {}).get("value"),
            "issuer": issuer.get("name"),
            "place": (issuer.get("place") or {}).get("name"),
            "symbol": document.get("symbol"),
            "year": document.get("year"),
            "issued": (record["issued"] or {}).get("value"),
            "contents": " | ".join(item["text"] for item in (record["contents"] or {"items": []})["items"]),
            "dates": " | ".join(f"{d['value']} {d['role']}" for d in record["dates"]),
        }.items():
            assert row[name] == cell(value), (i, name, row[name], value)
    print(f"{len(records)} records, {file_count(parquet)} row groups: Parquet and CSV are equal to the NDJSON")


def file_count(parquet):
    return pq.ParquetFile(parquet).num_row_groups


if __name__ == "__main__":
    main(*sys.argv[1:])
