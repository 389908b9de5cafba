"""Records what each call of a function's role needs of IAM, and passes it on."""

import io
import json
import re
from typing import Any, Iterable
from urllib.parse import parse_qs, unquote

from call_record import CallRecord
from role_credentials import access_key_in, role_of
from s3_actions import needs_of

# Where the name of what is called upon stands in a request, if it is not for the whole account.
RESOURCE_MEMBERS = ("SecretId", "TopicArn", "KeyId", "Name")
INVOCATION = re.compile(r"^/2015-03-31/functions/([^/]+)/invocations$")


class RoleCalls:
    def __init__(self, application: Any, record: CallRecord) -> None:
        self._application = application
        self._record = record

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        role = role_of(access_key_in(authorization))
        environ["simulator.role"] = role
        if role is not None:
            self._add(role, service_in(authorization), region_in(authorization), environ)
        return self._application(environ, start_response)

    def _add(self, role: str, service: str, region: str, environ: dict[str, Any]) -> None:
        if service == "s3":
            path = environ["RAW_URI"].split("?", 1)[0]
            for need in needs_of(environ["REQUEST_METHOD"], path, environ["QUERY_STRING"], headers_of(environ)):
                self._record.add(role, need.action, need.resource, **need.facts)
            return
        invoked = INVOCATION.match(environ["RAW_URI"].split("?", 1)[0])
        if service == "lambda" and invoked:
            self._record.add(role, "lambda:InvokeFunction", unquote(invoked[1]))
            return
        action, members = action_of(environ)
        self._record.add(role, f"{service}:{action}", resource_of(service, members, region))


def resource_of(service: str, members: dict[str, Any], region: str) -> str:
    if isinstance(members.get("QueueUrl"), str):
        account, queue = members["QueueUrl"].rsplit("/", 2)[1:]
        return f"arn:aws:sqs:{region}:{account}:{queue}"
    named = (members[name] for name in RESOURCE_MEMBERS if isinstance(members.get(name), str))
    return next(named, "*")


def service_in(authorization: str) -> str:
    return authorization.partition("Credential=")[2].split(",", 1)[0].split("/")[3]


def region_in(authorization: str) -> str:
    return authorization.partition("Credential=")[2].split(",", 1)[0].split("/")[2]


def headers_of(environ: dict[str, Any]) -> dict[str, str]:
    prefix = "HTTP_"
    return {
        name[len(prefix) :].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith(prefix)
    }


def action_of(environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target is not None:
        return target.rsplit(".", 1)[-1], json.loads(body or b"{}")
    form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    return form.get("Action", f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"), form
