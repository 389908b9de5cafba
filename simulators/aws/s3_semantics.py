"""What S3 promises and moto does not keep."""

from threading import Lock
from typing import Any, Iterable
from urllib.parse import unquote

from moto.s3.models import FakeDeleteMarker

MISSING = "404"
DENIED_BODY = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"


def is_s3(environ: dict[str, Any]) -> bool:
    return "/s3/aws4_request" in environ.get("HTTP_AUTHORIZATION", "")


class AtomicWrites:
    """moto looks at a condition, then writes; two writers could both find it to hold."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not is_s3(environ) or environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self._application(environ, start_response)
        with self._lock:
            return self._application(environ, start_response)


class HiddenKeys:
    """A role that may list by prefix only is told 403 of a missing key, never 404."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("simulator.role") is None or not is_s3(environ) or not is_object_read(environ):
            return self._application(environ, start_response)
        answered: list[Any] = []
        body = list(self._application(environ, lambda *answer: answered.extend(answer)))
        status, headers = answered[0], answered[1]
        if not status.startswith(MISSING) or b"NoSuchBucket" in b"".join(body):
            start_response(status, headers)
            return body
        denied = b"" if environ["REQUEST_METHOD"] == "HEAD" else DENIED_BODY
        start_response(
            "403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(denied)))]
        )
        return [denied]


def is_object_read(environ: dict[str, Any]) -> bool:
    path = unquote(environ["PATH_INFO"]).lstrip("/")
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and "/" in path


def patch() -> None:
    # A bucket whose versioning is suspended gives up the versions that it has; moto stumbles over delete markers.
    FakeDeleteMarker.dispose = lambda marker: None  # type: ignore[attr-defined]
