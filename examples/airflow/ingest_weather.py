"""One task a day that runs the command `ingest-weather`. Airflow 3; needs nothing beside Airflow itself.

INGEST_WEATHER       how the command is called on a worker; also `docker run --rm ingest-weather`. Default: ingest-weather,
                     as `npm ci && npm install --global .` in a clone puts it on the path
INGEST_WEATHER_LAKE  s3://RAW_BUCKET,s3://PROCESSED_BUCKET, s3://BUCKET/PREFIX, or a folder that all workers share
"""

import os
import shlex
import subprocess
from datetime import datetime, timedelta, timezone

from airflow.exceptions import AirflowFailException
from airflow.sdk import dag, task
from airflow.timetables.interval import CronDataIntervalTimetable

PROGRAM = shlex.split(os.environ.get("INGEST_WEATHER", "ingest-weather"))
LAKE = os.environ.get("INGEST_WEATHER_LAKE", "s3://weather-raw,s3://weather-processed")

# The source could not be had; the lake could not be, or another run holds the day; somebody stopped the command, as when a
# pod moves (128 and the signal's number, where a shell tells it). Anything else stays as it is.
WORTH_ANOTHER_TRY = {3, 7, 130, 143}


def command(day: str) -> list[str]:
    return [*PROGRAM, "ingest", "--date", day, "--lake", LAKE, "--json"]


@dag(
    # Every location's day is over by 10:00 UTC. The interval begins in the day that the run is for.
    schedule=CronDataIntervalTimetable("30 10 * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    # Years are the work of `ingest-weather backfill`: whole months to a request.
    catchup=False,
    # One run at a time keeps to the source's quota.
    max_active_runs=1,
    tags=["weather"],
)
def ingest_weather():
    @task(retries=6, retry_delay=timedelta(minutes=5), retry_exponential_backoff=True)
    def ingest(data_interval_start=None) -> None:
        code = subprocess.run(command(data_interval_start.strftime("%Y-%m-%d"))).returncode
        if code in WORTH_ANOTHER_TRY:
            raise RuntimeError(f"ingest-weather ended with {code}; it is tried again")
        if code != 0:
            raise AirflowFailException(f"ingest-weather ended with {code}; its log says what to do")

    ingest()


ingest_weather()
