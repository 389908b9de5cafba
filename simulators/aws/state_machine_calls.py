"""State machines call functions, queues and buckets with keys of their own role, so that the record has their calls."""

from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from moto.settings import moto_server_port
from moto.stepfunctions.parser.asl.component.common.timeouts.timeout import TimeoutSeconds
from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_reader.eval import (
    resource_eval_s3 as map_items,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils as functions
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_sqs as queues

from role_credentials import credentials_of

PATIENCE = TimeoutSeconds.DEFAULT_TIMEOUT_SECONDS


def client_of_role(region: str, service: str, state_credentials: Any) -> BaseClient:
    """As moto makes it, but for the keys and the bucket's name in the path."""
    keys = credentials_of(state_credentials.role_arn)
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=f"http://127.0.0.1:{moto_server_port()}",
        aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=keys["AWS_SESSION_TOKEN"],
        config=Config(
            parameter_validation=False,
            retries={"max_attempts": 0, "total_max_attempts": 1},
            connect_timeout=PATIENCE,
            read_timeout=PATIENCE,
            s3={"addressing_style": "path"},
        ),
    )


def patch() -> None:
    for module in (map_items, functions, queues):
        module.boto_client_for = client_of_role  # type: ignore[attr-defined]
