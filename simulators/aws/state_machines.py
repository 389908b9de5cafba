"""State machines that run: moto's interpreter, switched on, with what Terraform and a schedule ask beside it."""

import copy
import os
import time
import uuid
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.config import default_user_config
from moto.core.responses import ActionResult, EmptyResult
from moto.stepfunctions.models import StateMachine
from moto.stepfunctions.parser.api import ExecutionStatus, TaskTimedOut
from moto.stepfunctions.parser.asl.eval.callback.callback import (
    CallbackEndpoint,
    CallbackOutcomeFailure,
    CallbackOutcomeSuccess,
)
from moto.stepfunctions.parser.models import StepFunctionsParserBackend, stepfunctions_parser_backends
from moto.stepfunctions.responses import StepFunctionResponse

SECONDS_TO_BEGIN = 5


def validate_state_machine_definition(response: StepFunctionResponse) -> ActionResult:
    StepFunctionsParserBackend._validate_definition(response._get_param("definition"))
    return ActionResult({"result": "OK", "diagnostics": [], "truncated": False})


def list_state_machine_versions(response: StepFunctionResponse) -> ActionResult:
    return ActionResult({"stateMachineVersions": []})


def send_task_success(response: StepFunctionResponse) -> EmptyResult:
    token = response._get_param("taskToken")
    waiting_task(response).notify(CallbackOutcomeSuccess(token, response._get_param("output")))
    return EmptyResult()


def send_task_failure(response: StepFunctionResponse) -> EmptyResult:
    token = response._get_param("taskToken")
    error, cause = response._get_param("error"), response._get_param("cause")
    waiting_task(response).notify(CallbackOutcomeFailure(token, error, cause))
    return EmptyResult()


def waiting_task(response: StepFunctionResponse) -> CallbackEndpoint:
    """Whoever comes after a task's end is told so; moto would take it as well, or fail."""
    for execution in response.stepfunction_backend._get_executions(ExecutionStatus.RUNNING):
        endpoint = endpoint_of(execution, response._get_param("taskToken"))
        if endpoint is not None and not endpoint._notify_event.is_set():
            return endpoint
    raise TaskTimedOut("The task has timed out, or was ended before.", "TaskTimedOut")


def endpoint_of(execution: Any, token: str) -> CallbackEndpoint | None:
    environment = execution.exec_worker.env if execution.exec_worker else None
    return environment.callback_pool_manager.get(token) if environment else None


def copy_of(machine: StateMachine, _: dict[int, Any]) -> StateMachine:
    """What an execution keeps of its machine; moto would copy the other executions too, which run and cannot be copied."""
    copied = copy.copy(machine)
    copied.executions = []
    return copied


def wait_until_it_runs(execution: Any) -> None:
    """Moto answers 500 when it is asked for the map runs of an execution whose thread has not begun."""
    end = time.monotonic() + SECONDS_TO_BEGIN
    while execution.exec_worker.env is None and time.monotonic() < end:
        time.sleep(0.005)


def patch(port: int) -> None:
    """`port` is this account's own: what a state machine calls upon."""
    os.environ["MOTO_PORT"] = str(port)
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    start = StepFunctionsParserBackend.start_execution

    def start_execution(
        self: StepFunctionsParserBackend, state_machine_arn: str, name: str | None = None, *rest: Any, **more: Any
    ) -> Any:
        execution = start(self, state_machine_arn, name or str(uuid.uuid4()), *rest, **more)
        wait_until_it_runs(execution)
        return execution

    StateMachine.__deepcopy__ = copy_of  # type: ignore[attr-defined]
    StepFunctionsParserBackend.start_execution = start_execution  # type: ignore[method-assign]
    StepFunctionResponse.validate_state_machine_definition = (  # type: ignore[attr-defined]
        validate_state_machine_definition
    )
    StepFunctionResponse.list_state_machine_versions = list_state_machine_versions  # type: ignore[attr-defined]
    StepFunctionResponse.send_task_success = send_task_success  # type: ignore[method-assign]
    StepFunctionResponse.send_task_failure = send_task_failure  # type: ignore[method-assign]
