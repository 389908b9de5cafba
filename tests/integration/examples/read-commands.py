"""Prints of each example the command line that it builds for a day, and the exit codes after which it tries again.

What the examples import need not be installed.
"""

import json
import runpy
import sys
from unittest.mock import MagicMock

for module in ["airflow", "airflow.exceptions", "airflow.sdk", "airflow.timetables", "airflow.timetables.interval", "dagster"]:
    sys.modules[module] = MagicMock()

day, *files = sys.argv[1:]
examples = [runpy.run_path(file) for file in files]
print(json.dumps([{"line": one["command"](day), "again": sorted(one["WORTH_ANOTHER_TRY"])} for one in examples]))
