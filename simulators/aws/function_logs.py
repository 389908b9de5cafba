"""A function's lines in its log group, written as its role: what the role may not do is not done."""

import json
import uuid
from datetime import datetime, timezone

from moto.awslambda.models import LambdaFunction

from call_record import CallRecord
from node_runtime import Outcome


def new_stream() -> str:
    today = datetime.now(timezone.utc)
    return f"{today:%Y/%m/%d}/[$LATEST]{uuid.uuid4().hex}"


def write(function: LambdaFunction, stream: str, lines: list[str], record: CallRecord) -> None:
    group = function.logging_config["LogGroup"]  # type: ignore[attr-defined]
    backend = function.logs_backend
    # The role of a function whose log group is its stack's cannot create one: its lines are lost, as on AWS.
    if group not in backend.groups:
        return
    arn = f"arn:aws:logs:{function.region}:{function.account_id}:log-group:{group}:log-stream:{stream}"
    for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
        record.add(function.role, action, arn)
    backend.create_log_stream(group, stream)
    now = int(datetime.now(timezone.utc).timestamp() * 1000)
    backend.put_log_events(group, stream, [{"timestamp": now, "message": line} for line in lines if line])


def framed(function: LambdaFunction, request_id: str, outcome: Outcome) -> list[str]:
    """With the lines that Lambda itself writes around a function's own."""
    duration, memory = round(outcome.milliseconds, 2), outcome.memory_mib
    if function.logging_config["LogFormat"] == "JSON":  # type: ignore[attr-defined]
        report = {"requestId": request_id, "metrics": {"durationMs": duration, "maxMemoryUsedMB": memory}}
        return [platform("platform.start", {"requestId": request_id}), *outcome.lines, platform("platform.report", report)]
    return [
        f"START RequestId: {request_id} Version: $LATEST",
        *outcome.lines,
        f"END RequestId: {request_id}",
        f"REPORT RequestId: {request_id}\tDuration: {duration} ms\tMemory Size: {function.memory_size} MB\t"
        f"Max Memory Used: {memory} MB",
    ]


def platform(kind: str, record: dict[str, object]) -> str:
    return json.dumps({"time": datetime.now(timezone.utc).isoformat(), "type": kind, "record": record})
