"""Conditions of bucket policies. moto takes a Deny with a Condition as one without."""

import json
import re
from typing import Any, Callable

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

# Every call counts as one over TLS, as the real endpoint is reached by the SDK's defaults.
REQUEST = {"aws:securetransport": "true", "s3:tlsversion": "1.3"}


def like(value: str, pattern: str) -> bool:
    parts = re.split(r"([*?])", pattern)
    expression = "".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts)
    return re.fullmatch(expression, value, re.DOTALL) is not None


OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "Bool": lambda value, wanted: value.lower() == wanted.lower(),
    "StringEquals": lambda value, wanted: value == wanted,
    "StringLike": like,
    "NumericEquals": lambda value, wanted: float(value) == float(wanted),
    "NumericLessThan": lambda value, wanted: float(value) < float(wanted),
    "NumericLessThanEquals": lambda value, wanted: float(value) <= float(wanted),
    "NumericGreaterThan": lambda value, wanted: float(value) > float(wanted),
    "NumericGreaterThanEquals": lambda value, wanted: float(value) >= float(wanted),
}


def holds(condition: dict[str, Any]) -> bool:
    return all(
        holds_for(operator, key, wanted if isinstance(wanted, list) else [wanted])
        for operator, keys in condition.items()
        for key, wanted in keys.items()
    )


def holds_for(operator: str, key: str, wanted: list[Any]) -> bool:
    compare = OPERATORS.get(operator.removesuffix("IfExists"))
    value = REQUEST.get(key.lower())
    if compare is None or value is None:
        raise NotImplementedError(f"The simulated account does not know the condition {operator} on {key}.")
    return any(compare(value, str(one)) for one in wanted)


def is_for_services(statement: dict[str, Any]) -> bool:
    """No role and no user is meant by it."""
    principal = statement.get("Principal")
    return isinstance(principal, dict) and set(principal) == {"Service"}


def get_permission(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    policy = json.loads(bucket.policy)
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    # moto would judge a Condition anew, and deny where it does not hold.
    applying = [
        {name: part for name, part in statement.items() if name != "Condition"}
        for statement in statements
        if not is_for_services(statement) and holds(statement.get("Condition", {}))
    ]
    return IAMPolicy(json.dumps({**policy, "Statement": applying})).is_action_permitted(action, resource)


def patch() -> None:
    FakeBucket.get_permission = get_permission  # type: ignore[method-assign]
