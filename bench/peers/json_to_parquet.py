"""The benchmark's job with pyarrow + orjson and with Polars + orjson: body bytes to zstd Parquet."""

import json
import pathlib
import statistics
import sys
import time

import orjson
import polars
import pyarrow
import pyarrow.parquet

folder = pathlib.Path(sys.argv[1])
runs = int(sys.argv[2])
body = (folder / "answer.json").read_bytes()


def with_pyarrow(path):
    hourly = orjson.loads(body)["hourly"]
    times = pyarrow.array(hourly.pop("time")).cast(pyarrow.timestamp("ms"))
    columns = {"time": times, **{name: pyarrow.array(values, pyarrow.float32()) for name, values in hourly.items()}}
    pyarrow.parquet.write_table(pyarrow.table(columns), path, compression="zstd")


def with_polars(path):
    hourly = orjson.loads(body)["hourly"]
    times = polars.Series("time", hourly.pop("time")).str.to_datetime("%Y-%m-%dT%H:%M", time_unit="ms")
    columns = [polars.Series(name, values, dtype=polars.Float32) for name, values in hourly.items()]
    polars.DataFrame([times, *columns]).write_parquet(path, compression="zstd")


for name, convert in (("pyarrow_orjson", with_pyarrow), ("polars_orjson", with_polars)):
    path = folder / f"{name}.parquet"
    convert(path)
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        convert(path)
        taken.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"name": name, "median": statistics.median(taken), "bytes": path.stat().st_size}))
