"""A daily partitioned asset that runs the command `ingest-weather`. Start it with: dagster dev -f ingest_weather.py

INGEST_WEATHER       how the command is called; also `docker run --rm ingest-weather`. Default: ingest-weather,
                     as `npm ci && npm install --global .` in a clone puts it on the path
INGEST_WEATHER_LAKE  s3://RAW_BUCKET,s3://PROCESSED_BUCKET, s3://BUCKET/PREFIX, or a folder
"""

import json
import os
import shlex
import subprocess

import dagster as dg

PROGRAM = shlex.split(os.environ.get("INGEST_WEATHER", "ingest-weather"))
LAKE = os.environ.get("INGEST_WEATHER_LAKE", "s3://weather-raw,s3://weather-processed")

# The source could not be had; the lake could not be, or another run holds the day; somebody stopped the command, as when a
# pod moves (128 and the signal's number, where a shell tells it). Anything else stays as it is.
WORTH_ANOTHER_TRY = {3, 7, 130, 143}


def command(day: str) -> list[str]:
    return [*PROGRAM, "ingest", "--date", day, "--lake", LAKE, "--json"]


@dg.asset(
    partitions_def=dg.DailyPartitionsDefinition(start_date="2026-01-01"),
    # One run at a time keeps to the source's quota, once the pool has a limit of 1 in Dagster's settings.
    pool="open_meteo",
)
def weather(context) -> dg.MaterializeResult:
    # The log lines go to standard error, which Dagster keeps; the one object on standard output is the result.
    ended = subprocess.run(command(context.partition_key), stdout=subprocess.PIPE, text=True)
    if ended.returncode in WORTH_ANOTHER_TRY:
        raise dg.RetryRequested(max_retries=6, seconds_to_wait=600)
    if ended.returncode != 0:
        raise dg.Failure(f"ingest-weather ended with {ended.returncode}", allow_retries=False)
    (day,) = json.loads(ended.stdout)["dates"]
    return dg.MaterializeResult(
        metadata={"outcome": day["outcome"], "partial": day.get("partial", False), "rows": day.get("rows", {})}
    )


ingest_weather = dg.define_asset_job("ingest_weather", selection=[weather])

# Every location's day is over by 10:00 UTC, so the partition that ended at midnight is ready then.
ingest_weather_daily = dg.build_schedule_from_partitioned_job(ingest_weather, hour_of_day=10, minute_of_hour=30)

defs = dg.Definitions(assets=[weather], jobs=[ingest_weather], schedules=[ingest_weather_daily])
