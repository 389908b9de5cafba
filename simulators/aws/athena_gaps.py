"""What Terraform asks of Athena and moto does not answer."""

import json

from moto.athena.models import AthenaBackend
from moto.athena.responses import AthenaResponse


def list_tags_for_resource(response: AthenaResponse) -> str:
    tags = response.athena_backend.list_tags_for_resource(response._get_param("ResourceARN"))
    return json.dumps(tags or {"Tags": []})


def delete_named_query(response: AthenaResponse) -> str:
    backend: AthenaBackend = response.athena_backend
    query_id = response._get_param("NamedQueryId")
    backend.named_queries.pop(query_id, None)
    return json.dumps({})


def patch() -> None:
    AthenaResponse.list_tags_for_resource = list_tags_for_resource  # type: ignore[method-assign]
    AthenaResponse.delete_named_query = delete_named_query  # type: ignore[attr-defined]
