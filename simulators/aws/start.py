"""Starts the simulated account: moto with what it lacks, on this machine only.

Prints one JSON line, {"endpoint": "http://127.0.0.1:<port>"}, when it answers. Ends with its standard input, so that it
never outlives the process that started it, and with SIGTERM.
"""

import argparse
import json
import os
import signal
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

import access_logs
import athena_gaps
import bucket_policies
import function_configuration
import invocations
import lifecycle
import object_metadata
import queue_delivery
import s3_semantics
import state_machine_calls
import state_machines
from call_record import CallRecord
from kills import Kills
from node_runtime import NodeRuntime
from role_calls import RoleCalls
from s3_semantics import AtomicWrites, HiddenKeys

HOST = "127.0.0.1"


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--node", default="node", help="the Node that runs the functions")
    parser.add_argument("--calls", default=None, help="file that gets a JSON line for each call of a role")
    return parser.parse_args()


def end_with_standard_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    arguments = parse_arguments()
    record = CallRecord(arguments.calls)
    account = DomainDispatcherApplication(create_backend_app)
    application = RoleCalls(HiddenKeys(AtomicWrites(account)), record)
    server = make_server(
        HOST, arguments.port, application, threaded=True, request_handler=object_metadata.RequestHandler
    )
    endpoint = f"http://{HOST}:{server.server_port}"
    runtime = NodeRuntime(arguments.node, endpoint)
    server.app = Kills(application, runtime)

    object_metadata.patch()
    lifecycle.patch()
    s3_semantics.patch()
    bucket_policies.patch()
    access_logs.patch()
    athena_gaps.patch()
    function_configuration.patch()
    state_machines.patch(server.server_port)
    state_machine_calls.patch()
    queue_delivery.patch(invocations.patch(runtime, record), record)

    def stop(*_: object) -> None:
        runtime.stop()
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    print(json.dumps({"endpoint": endpoint}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
