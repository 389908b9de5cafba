"""Runs a function's own zip in Node, a process for each invocation, with the environment that Lambda gives it."""

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import zipfile
from dataclasses import dataclass
from typing import Any

from moto.awslambda.models import LambdaFunction

import role_credentials

BOOTSTRAP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bootstrap.cjs")
# Of the machine's own settings a function sees none but these.
PASSED_ON = ("PATH",)


@dataclass(frozen=True)
class Outcome:
    """What Lambda answers, and what the function wrote."""

    payload: str
    errored: bool
    lines: list[str]
    milliseconds: float
    memory_mib: int


class NodeRuntime:
    def __init__(self, node: str, endpoint: str) -> None:
        self._node = node
        self._endpoint = endpoint
        self._folder = tempfile.mkdtemp(prefix="simulated-functions-")
        self._lock = threading.Lock()
        # With the name of the function that each runs.
        self._running: dict[subprocess.Popen[bytes], str] = {}

    def stop(self) -> None:
        with self._lock:
            for process in self._running:
                process.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def kill(self, function_name: str) -> int:
        """Ends what runs of a function in the midst of it. Returns how many processes that were."""
        with self._lock:
            processes = [process for process, name in self._running.items() if name == function_name]
            for process in processes:
                process.kill()
        return len(processes)

    def run(self, function: LambdaFunction, event: Any, request_id: str, log_stream: str) -> Outcome:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="invocation-") as folder:
            answer = os.path.join(folder, "answer.json")
            process = self._start(function, request_id, log_stream, answer)
            try:
                timed_out, output = self._wait(process, event, int(function.timeout))
            finally:
                with self._lock:
                    self._running.pop(process, None)
            milliseconds = (time.monotonic() - started) * 1000
            answered = read_answer(answer, process.returncode, timed_out, int(function.timeout), request_id)
        lines = output.decode("utf-8", "replace").split("\n") + answered.get("lines", [])
        return Outcome(
            payload=json.dumps(answered["payload"], ensure_ascii=False),
            errored=answered["errored"],
            lines=lines,
            milliseconds=milliseconds,
            memory_mib=answered.get("memory_mib", 0),
        )

    def _start(
        self, function: LambdaFunction, request_id: str, log_stream: str, answer: str
    ) -> "subprocess.Popen[bytes]":
        task_root = self._unzip(function)
        process = subprocess.Popen(
            [self._node, BOOTSTRAP, answer],
            cwd=task_root,
            env=self._environment(function, request_id, log_stream, task_root),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        with self._lock:
            self._running[process] = str(function.function_name)
        return process

    def _wait(self, process: "subprocess.Popen[bytes]", event: Any, timeout: int) -> tuple[bool, bytes]:
        assert process.stdin is not None and process.stdout is not None
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        timer = threading.Timer(timeout, expire)
        timer.start()
        try:
            # One that was killed before reads nothing; how it ended is told by its exit.
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(f"{json.dumps(event)}\n".encode())
                # Left open: the process ends when this one does.
                process.stdin.flush()
            output = process.stdout.read()
            process.wait()
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            # What could not be written is tried again.
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
        return expired.is_set(), output

    def _unzip(self, function: LambdaFunction) -> str:
        folder = os.path.join(self._folder, function.code_digest.replace("/", "_").replace(":", "_"))
        with self._lock:
            if not os.path.isdir(folder):
                with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as archive:
                    archive.extractall(folder)
        return folder

    def _environment(
        self, function: LambdaFunction, request_id: str, log_stream: str, task_root: str
    ) -> dict[str, str]:
        trace = request_id.replace("-", "")
        return {
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            **{name: str(value) for name, value in function.environment_vars.items()},
            **role_credentials.credentials_of(function.role),
            "TZ": ":UTC",
            "LANG": "en_US.UTF-8",
            "_HANDLER": str(function.handler),
            "LAMBDA_TASK_ROOT": task_root,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
            "AWS_REGION": function.region,
            "AWS_DEFAULT_REGION": function.region,
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": function.logging_config["LogGroup"],  # type: ignore[attr-defined]
            "AWS_LAMBDA_LOG_STREAM_NAME": log_stream,
            "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
            # There is no X-Ray to send to: no trace is sampled.
            "_X_AMZN_TRACE_ID": f"Root=1-{trace[:8]}-{trace[8:]};Parent={trace[:16]};Sampled=0",
            "AWS_ENDPOINT_URL": self._endpoint,
            "SIMULATED_REQUEST_ID": request_id,
            "SIMULATED_FUNCTION_ARN": function.function_arn,
            "SIMULATED_TIMEOUT_SECONDS": str(function.timeout),
            "SIMULATED_LOG_FORMAT": function.logging_config["LogFormat"],  # type: ignore[attr-defined]
        }


def read_answer(path: str, code: int, timed_out: bool, timeout: int, request_id: str) -> dict[str, Any]:
    if timed_out:
        sentence = f"Task timed out after {timeout:.2f} seconds"
        return failed("Sandbox.Timedout", f"RequestId: {request_id} Error: {sentence}", [sentence])
    try:
        with open(path, encoding="utf-8") as file:
            answer: dict[str, Any] = json.load(file)
            return answer
    except (FileNotFoundError, json.JSONDecodeError):
        sentence = f"RequestId: {request_id} Error: Runtime exited with error: {ending_of(code)}"
        return failed("Runtime.ExitError", sentence, [sentence])


def ending_of(code: int) -> str:
    return "signal: killed" if code == -signal.SIGKILL else f"exit status {code}"


def failed(error_type: str, message: str, lines: list[str]) -> dict[str, Any]:
    return {"payload": {"errorType": error_type, "errorMessage": message}, "errored": True, "lines": lines}
