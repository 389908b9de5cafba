"""Lifecycle rules as they were put. moto forgets the sizes that a rule is bounded by."""

from copy import deepcopy
from typing import Any

import xmltodict
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
HEADERS = {
    "Content-Type": "application/xml",
    "x-amz-transition-default-minimum-object-size": "all_storage_classes_128K",
}


def patch() -> None:
    set_lifecycle = FakeBucket.set_lifecycle
    get_lifecycle = S3Response.get_bucket_lifecycle

    def set_and_keep(bucket: FakeBucket, rules: list[dict[str, Any]]) -> None:
        kept = deepcopy(rules)
        set_lifecycle(bucket, rules)
        bucket.rules_as_put = kept  # type: ignore[attr-defined]

    def get_as_put(response: S3Response) -> Any:
        if not response.backend.get_bucket_lifecycle(response.bucket_name):
            return get_lifecycle(response)
        response.data["Action"] = "GetBucketLifecycleConfiguration"
        bucket = response.backend.get_bucket(response.bucket_name)
        document = {"LifecycleConfiguration": {"@xmlns": NAMESPACE, "Rule": bucket.rules_as_put}}
        return 200, HEADERS, xmltodict.unparse(document)

    FakeBucket.set_lifecycle = set_and_keep  # type: ignore[method-assign]
    S3Response.get_bucket_lifecycle = get_as_put  # type: ignore[method-assign]
