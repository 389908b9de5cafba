"""Invocations as Lambda makes them: at once, or later with its retries and its destination for what failed for good."""

import base64
import json
import threading
import time
import uuid
from collections import defaultdict
from datetime import datetime, timezone
from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.sqs.models import sqs_backends

import function_logs
from call_record import CallRecord
from node_runtime import NodeRuntime, Outcome

DEFAULT_RETRIES = 2
# Lambda waits a minute, then two.
SECONDS_BETWEEN_TRIES = 0.2
# The end of a log that an invocation may ask for.
TAIL_BYTES = 4096


class TooManyRequests(LambdaClientError):
    code = 429

    def __init__(self) -> None:
        super().__init__("TooManyRequestsException", "Rate Exceeded.")


class Invocations:
    def __init__(self, runtime: NodeRuntime, record: CallRecord) -> None:
        self._runtime = runtime
        self._record = record
        self._lock = threading.Lock()
        self._running: dict[str, int] = defaultdict(int)

    def invoke(self, function: LambdaFunction, event: Any, request_id: str) -> Outcome:
        self._enter(function)
        try:
            stream = function_logs.new_stream()
            outcome = self._runtime.run(function, event, request_id, stream)
            lines = function_logs.framed(function, request_id, outcome)
            function_logs.write(function, stream, lines, self._record)
            return outcome
        finally:
            with self._lock:
                self._running[function.function_arn] -= 1

    def invoke_later(self, function: LambdaFunction, event: Any, request_id: str) -> None:
        threading.Thread(target=self._try_all, args=(function, event, request_id), daemon=True).start()

    def _enter(self, function: LambdaFunction) -> None:
        limit = function.reserved_concurrency
        with self._lock:
            if limit is not None and self._running[function.function_arn] >= int(limit):
                raise TooManyRequests()
            self._running[function.function_arn] += 1

    def _try_all(self, function: LambdaFunction, event: Any, request_id: str) -> None:
        settings = function.event_invoke_config[0].config if function.event_invoke_config else {}
        tries = 1 + settings.get("MaximumRetryAttempts", DEFAULT_RETRIES)
        for number in range(1, tries + 1):
            outcome = self._invoke_when_free(function, event, request_id)
            if not outcome.errored:
                return
            if number < tries:
                time.sleep(SECONDS_BETWEEN_TRIES)
        destination = settings.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        if destination:
            self._deliver(function, destination, failure_of(function, event, request_id, tries, outcome))

    def _invoke_when_free(self, function: LambdaFunction, event: Any, request_id: str) -> Outcome:
        while True:
            try:
                return self.invoke(function, event, request_id)
            except TooManyRequests:
                # A throttled event goes back to the queue; it is no try.
                time.sleep(SECONDS_BETWEEN_TRIES)

    def _deliver(self, function: LambdaFunction, destination: str, failure: dict[str, Any]) -> None:
        _, _, service, region, account, queue = destination.split(":", 5)
        if service != "sqs":
            raise NotImplementedError(f"The simulated account delivers no failure to {destination}.")
        self._record.add(function.role, "sqs:SendMessage", destination)
        sqs_backends[account][region].send_message(queue, json.dumps(failure))


def failure_of(
    function: LambdaFunction, event: Any, request_id: str, tries: int, outcome: Outcome
) -> dict[str, Any]:
    return {
        "version": "1.0",
        "timestamp": datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "requestContext": {
            "requestId": request_id,
            "functionArn": f"{function.function_arn}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": tries,
        },
        "requestPayload": event,
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": json.loads(outcome.payload),
    }


def patch(runtime: NodeRuntime, record: CallRecord) -> Invocations:
    invocations = Invocations(runtime, record)

    def invoke(
        backend: LambdaBackend,
        function_name: str,
        qualifier: str | None,
        body: Any,
        headers: Any,
        response_headers: dict[str, Any],
    ) -> bytes:
        function = backend.get_function(function_name, qualifier)
        event = json.loads(body) if body else {}
        request_id = str(uuid.uuid4())
        response_headers["x-amzn-requestid"] = request_id
        kind = headers.get("X-Amz-Invocation-Type", "RequestResponse")
        if kind == "Event":
            invocations.invoke_later(function, event, request_id)
        if kind != "RequestResponse":
            response_headers["Content-Length"] = "0"
            return b""
        outcome = invocations.invoke(function, event, request_id)
        if outcome.errored:
            response_headers["x-amz-function-error"] = "Unhandled"
        tail = "\n".join(outcome.lines).encode()[-TAIL_BYTES:]
        response_headers["x-amz-log-result"] = base64.b64encode(tail).decode()
        response_headers["x-amz-executed-version"] = "$LATEST"
        payload = outcome.payload.encode()
        response_headers["Content-Length"] = str(len(payload))
        return payload

    LambdaBackend.invoke = invoke  # type: ignore[method-assign]
    return invocations
