"""Settings of functions that moto drops: a second plan would find them missing."""

from typing import Any

from moto.awslambda.models import EventInvokeConfig, LambdaBackend, LambdaFunction

DEFAULT_LOG_FORMAT = "Text"


def default_logging(function: LambdaFunction) -> dict[str, Any]:
    return {"LogFormat": DEFAULT_LOG_FORMAT, "LogGroup": f"/aws/lambda/{function.function_name}"}


def keep(function: LambdaFunction, settings: dict[str, Any]) -> None:
    if "KMSKeyArn" in settings:
        function.kms_key_arn = settings["KMSKeyArn"]  # type: ignore[attr-defined]
    if settings.get("LoggingConfig"):
        function.logging_config = {  # type: ignore[attr-defined]
            **default_logging(function),
            **settings["LoggingConfig"],
        }
    if settings.get("TracingConfig"):
        function.tracing_config = settings["TracingConfig"]
    if settings.get("EphemeralStorage"):
        function.ephemeral_storage = settings["EphemeralStorage"]["Size"]


def patch() -> None:
    create, update, describe = (
        LambdaFunction.__init__,
        LambdaFunction.update_configuration,
        LambdaFunction.get_configuration,
    )

    def __init__(self: LambdaFunction, account_id: str, spec: dict[str, Any], *rest: Any, **more: Any) -> None:
        create(self, account_id, spec, *rest, **more)
        self.kms_key_arn = None  # type: ignore[attr-defined]
        self.logging_config = default_logging(self)  # type: ignore[attr-defined]
        keep(self, spec)

    def update_configuration(self: LambdaFunction, settings: dict[str, Any]) -> dict[str, Any]:
        update(self, settings)
        keep(self, settings)
        return self.get_configuration()

    def get_configuration(self: LambdaFunction, on_create: bool = False) -> dict[str, Any]:
        found = {**describe(self, on_create), "LoggingConfig": self.logging_config}  # type: ignore[attr-defined]
        if self.kms_key_arn:  # type: ignore[attr-defined]
            found["KMSKeyArn"] = self.kms_key_arn  # type: ignore[attr-defined]
        return found

    def put_function_event_invoke_config(
        self: LambdaBackend, function_name: str, config: dict[str, Any]
    ) -> dict[str, Any]:
        function = self.get_function(function_name)
        # moto adds to the list and answers the first of it for ever.
        function.event_invoke_config = [EventInvokeConfig(function.function_arn, function.last_modified, config)]
        return function.event_invoke_config[0].response()

    LambdaFunction.__init__ = __init__  # type: ignore[method-assign]
    LambdaFunction.update_configuration = update_configuration  # type: ignore[method-assign]
    LambdaFunction.get_configuration = get_configuration  # type: ignore[method-assign]
    LambdaBackend.put_function_event_invoke_config = put_function_event_invoke_config  # type: ignore[method-assign]
