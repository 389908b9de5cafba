"""User metadata of objects with an underscore in its name.

WSGI gives headers as variables, where '-' and '_' are one, so werkzeug drops the latter. S3 keeps them.
"""

from typing import Any

import moto.s3.responses
from werkzeug.serving import WSGIRequestHandler

PREFIX = "x-amz-meta-"
# What moto lets pass in a name and nobody writes.
UNDERSCORE = ".5f."


class RequestHandler(WSGIRequestHandler):
    def make_environ(self) -> dict[str, Any]:
        environ = super().make_environ()
        for name, value in self.headers.items():
            if "_" in name and name.lower().startswith(PREFIX):
                variable = name.replace("_", UNDERSCORE).upper().replace("-", "_")
                environ[f"HTTP_{variable}"] = value
        return environ

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        if str(code).startswith("5"):
            super().log_request(code, size)


def patch() -> None:
    original = moto.s3.responses.metadata_from_headers

    def metadata_from_headers(headers: Any) -> Any:
        found = original(headers)
        for name in list(found.keys()):
            if UNDERSCORE in name:
                found[name.replace(UNDERSCORE, "_")] = found.pop(name)
        return found

    moto.s3.responses.metadata_from_headers = metadata_from_headers
