"""Whether a bucket may be logged to. moto stumbles over a statement for everybody, as one that asks for TLS is."""

import json

from moto.s3.models import FakeBucket

may_log_to = FakeBucket._log_permissions_enabled_policy


class BucketForServices:
    """A bucket as the services of AWS see it: its policy without the statements for everybody, none of which allows."""

    def __init__(self, bucket: FakeBucket) -> None:
        self.name = bucket.name
        self.partition = bucket.partition
        policy = json.loads(bucket.policy) if bucket.policy else {"Statement": []}
        statements = [one for one in policy["Statement"] if isinstance(one.get("Principal"), dict)]
        self.policy = json.dumps({**policy, "Statement": statements}).encode()


def log_permissions_enabled_policy(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    return may_log_to(BucketForServices(target_bucket), target_prefix)  # type: ignore[arg-type]


def patch() -> None:
    FakeBucket._log_permissions_enabled_policy = staticmethod(  # type: ignore[method-assign]
        log_permissions_enabled_policy
    )
