"""What the roles of the account's functions did: one JSON line for each call."""

import json
from threading import Lock
from typing import Any

import role_credentials


class CallRecord:
    def __init__(self, path: str | None) -> None:
        self._path = path
        self._lock = Lock()

    def add(self, role: str, action: str, resource: str, **facts: Any) -> None:
        if self._path is None:
            return
        line = json.dumps({"role": role, "action": action, "resource": resource, **facts})
        with self._lock, open(self._path, "a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def add_for_key(self, access_key: str, action: str, resource: str, **facts: Any) -> None:
        role = role_credentials.role_of(access_key)
        if role is not None:
            self.add(role, action, resource, **facts)
