"""Credentials of the roles that functions run as. A key is remembered for as long as the account lives."""

import base64
import hashlib

_roles: dict[str, str] = {}


def credentials_of(role: str) -> dict[str, str]:
    digest = hashlib.sha256(role.encode()).digest()
    access_key = f"ASIA{base64.b32encode(digest).decode()[:16]}"
    _roles[access_key] = role
    return {
        "AWS_ACCESS_KEY_ID": access_key,
        "AWS_SECRET_ACCESS_KEY": f"simulated-secret-of-{access_key}",
        "AWS_SESSION_TOKEN": f"simulated-session-of-{access_key}",
    }


def role_of(access_key: str) -> str | None:
    return _roles.get(access_key)


def access_key_in(authorization: str) -> str:
    """'' when the request is not signed."""
    _, found, rest = authorization.partition("Credential=")
    return rest.split("/", 1)[0] if found else ""
