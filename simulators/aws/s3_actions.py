"""Which permissions of IAM a request to S3 needs."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote


@dataclass(frozen=True)
class Need:
    action: str
    resource: str
    facts: dict[str, Any] = field(default_factory=dict)


def arn(bucket: str, key: str = "") -> str:
    return f"arn:aws:s3:::{bucket}/{key}" if key else f"arn:aws:s3:::{bucket}"


def needs_of(method: str, path: str, query: str, headers: dict[str, str]) -> list[Need]:
    """`path` as it was sent: `/bucket` or `/bucket/key`; `headers` by lower-case names."""
    bucket, _, key = path.lstrip("/").partition("/")
    asked = parse_qs(query, keep_blank_values=True)
    return object_needs(method, bucket, unquote(key), asked, headers) if key else bucket_needs(method, bucket, asked)


def bucket_needs(method: str, bucket: str, asked: dict[str, list[str]]) -> list[Need]:
    if method == "GET" and not asked.keys() & {"location", "policy", "versions", "uploads"}:
        return [Need("s3:ListBucket", arn(bucket), {"prefix": asked.get("prefix", [""])[0]})]
    if method == "HEAD":
        return [Need("s3:ListBucket", arn(bucket), {"prefix": None})]
    return [unknown(method, arn(bucket), asked)]


def object_needs(
    method: str, bucket: str, key: str, asked: dict[str, list[str]], headers: dict[str, str]
) -> list[Need]:
    if asked.keys() - {"x-id", "response-cache-control"}:
        return [unknown(method, arn(bucket, key), asked)]
    read = Need("s3:GetObject", arn(bucket, key))
    # Who asks for a version must be allowed to read it.
    condition = [read] if "if-match" in headers else []
    if method in ("GET", "HEAD"):
        return [read]
    if method == "DELETE":
        return [Need("s3:DeleteObject", arn(bucket, key)), *condition]
    if method == "PUT" and "x-amz-copy-source" in headers:
        source_bucket, _, source = unquote(headers["x-amz-copy-source"]).lstrip("/").partition("/")
        return [Need("s3:GetObject", arn(source_bucket, source)), Need("s3:PutObject", arn(bucket, key))]
    if method == "PUT":
        return [Need("s3:PutObject", arn(bucket, key)), *condition]
    return [unknown(method, arn(bucket, key), asked)]


def unknown(method: str, resource: str, asked: dict[str, list[str]]) -> Need:
    """No policy allows it, so a test that judges the record shows it."""
    return Need(f"s3:Unknown:{method}:{','.join(sorted(asked))}", resource)
