"""A way in that AWS has not: `POST /simulated-account/kills/<function>` ends what runs of a function, by SIGKILL."""

import json
from typing import Any, Iterable

from node_runtime import NodeRuntime

PREFIX = "/simulated-account/kills/"


class Kills:
    def __init__(self, application: Any, runtime: NodeRuntime) -> None:
        self._application = application
        self._runtime = runtime

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(PREFIX):
            answer: Iterable[bytes] = self._application(environ, start_response)
            return answer
        body = json.dumps({"killed": self._runtime.kill(path.removeprefix(PREFIX))}).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]
