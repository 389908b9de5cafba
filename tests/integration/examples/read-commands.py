"""Prints the command line that each example builds for a day; what the examples import need not be installed."""

import json
import runpy
import sys
from unittest.mock import MagicMock

for module in ["airflow", "airflow.exceptions", "airflow.sdk", "airflow.timetables", "airflow.timetables.interval", "dagster"]:
    sys.modules[module] = MagicMock()

day, *files = sys.argv[1:]
print(json.dumps([runpy.run_path(file)["command"](day) for file in files]))
