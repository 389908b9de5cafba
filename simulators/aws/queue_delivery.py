"""Queues that deliver to functions as Lambda polls them, and FIFO queues that remember what they were sent."""

import json
import threading
import time
import uuid
from collections import defaultdict
from typing import Any, Iterator

from moto.awslambda.models import EventSourceMapping, LambdaBackend, LambdaFunction, lambda_backends
from moto.sqs.models import DEDUPLICATION_TIME_IN_SECONDS, Message, Queue, SQSBackend, sqs_backends

from call_record import CallRecord
from invocations import Invocations, TooManyRequests

SECONDS_BETWEEN_POLLS = 0.1
# Without a maximum in its settings a mapping has no bound in AWS; here a machine has few cores.
DEFAULT_AT_ONCE = 5
PARTIAL = "ReportBatchItemFailures"

# moto changes a queue's messages with no lock of its own.
_messages = threading.RLock()


class QueueDelivery:
    def __init__(self, invocations: Invocations, record: CallRecord) -> None:
        self._invocations = invocations
        self._record = record
        self._lock = threading.Lock()
        self._running: dict[str, int] = defaultdict(int)

    def start(self) -> None:
        threading.Thread(target=self._poll, daemon=True).start()

    def _poll(self) -> None:
        while True:
            time.sleep(SECONDS_BETWEEN_POLLS)
            for mapping in mappings():
                while self._deliver_next(mapping):
                    pass

    def _deliver_next(self, mapping: EventSourceMapping) -> bool:
        """Whether there was something, and it is on its way."""
        at_once = (mapping.scaling_config or {}).get("MaximumConcurrency", DEFAULT_AT_ONCE)
        with self._lock:
            if not mapping.enabled or self._running[mapping.uuid] >= at_once:
                return False
        queue = queue_of(mapping)
        function = function_of(mapping)
        if queue is None or function is None:
            return False
        with _messages:
            messages = sqs_backends[queue.account_id][queue.region].receive_message(
                queue.name, mapping.batch_size, 0, queue.visibility_timeout  # type: ignore[attr-defined]
            )
        if not messages:
            return False
        with self._lock:
            self._running[mapping.uuid] += 1
        threading.Thread(target=self._invoke, args=(mapping, function, queue, messages), daemon=True).start()
        return True

    def _invoke(
        self, mapping: EventSourceMapping, function: LambdaFunction, queue: Queue, messages: list[Message]
    ) -> None:
        self._record.add(function.role, "sqs:ReceiveMessage", queue.queue_arn)
        try:
            event = {"Records": [record_of(message, queue) for message in messages]}
            outcome = self._invocations.invoke(function, event, str(uuid.uuid4()))
            answer = None if outcome.errored else json.loads(outcome.payload)
            for message in done(messages, answer, mapping):
                self._record.add(function.role, "sqs:DeleteMessage", queue.queue_arn)
                queue.delete_message(message.receipt_handle)  # type: ignore[arg-type]
        except TooManyRequests:
            # They come back with the end of their visibility.
            pass
        finally:
            with self._lock:
                self._running[mapping.uuid] -= 1


def mappings() -> Iterator[EventSourceMapping]:
    for regions in list(lambda_backends.values()):
        for backend in list(regions.values()):
            yield from list(backend._event_source_mappings.values())


def queue_of(mapping: EventSourceMapping) -> Queue | None:
    queues = list(sqs_backends[mapping.account_id][mapping.region].queues.values())
    return next((queue for queue in queues if queue.queue_arn == mapping.event_source_arn), None)


def function_of(mapping: EventSourceMapping) -> LambdaFunction | None:
    functions = lambda_backends[mapping.account_id][mapping.region].list_functions()
    name = mapping.function_arn.split(":")[6]
    return next((one for one in functions if one.function_name == name), None)


def record_of(message: Message, queue: Queue) -> dict[str, Any]:
    attributes = {
        "ApproximateReceiveCount": str(message.approximate_receive_count),
        "SentTimestamp": str(message.sent_timestamp),
        "SenderId": message.sender_id,
        "ApproximateFirstReceiveTimestamp": str(message.approximate_first_receive_timestamp),
        "SequenceNumber": message.sequence_number,
        "MessageGroupId": message.group_id,
        "MessageDeduplicationId": message.deduplication_id,
    }
    return {
        "messageId": message.id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": {name: value for name, value in attributes.items() if value is not None},
        "messageAttributes": {},
        "md5OfBody": message.body_md5,
        "eventSource": "aws:sqs",
        "eventSourceARN": queue.queue_arn,
        "awsRegion": queue.region,
    }


def done(messages: list[Message], answer: Any, mapping: EventSourceMapping) -> list[Message]:
    """What leaves the queue. `answer` is None when the function failed."""
    if answer is None:
        return []
    if PARTIAL not in (mapping.function_response_types or []):
        return messages
    failed = {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}
    return [message for message in messages if message.id not in failed]


def patch(invocations: Invocations, record: CallRecord) -> None:
    create_mapping = LambdaBackend.create_event_source_mapping
    describe = Queue.attributes.fget
    add, delete, change = Queue.add_message, Queue.delete_message, SQSBackend.change_message_visibility

    def create_event_source_mapping(self: LambdaBackend, spec: dict[str, Any]) -> EventSourceMapping:
        mapping = create_mapping(self, spec)
        queue = queue_of(mapping)
        if queue is not None:
            # Else the queue itself would call the function, within the call that sends a message, and once.
            queue.lambda_event_source_mappings.clear()
        return mapping

    def add_message(self: Queue, message: Message) -> None:
        with _messages:
            if not is_known(self, message):
                add(self, message)

    def delete_message(self: Queue, receipt_handle: str) -> None:
        with _messages:
            delete(self, receipt_handle)

    def change_message_visibility(self: SQSBackend, *arguments: Any, **named: Any) -> None:
        with _messages:
            change(self, *arguments, **named)

    def attributes(self: Queue) -> dict[str, Any]:
        found = describe(self)
        if self.redrive_policy:
            # Without the white space of Python, which a second plan would change.
            found["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
        return found

    LambdaBackend.create_event_source_mapping = create_event_source_mapping  # type: ignore[method-assign]
    Queue.attributes = property(attributes)  # type: ignore[method-assign, assignment]
    Queue.add_message = add_message  # type: ignore[method-assign]
    Queue.delete_message = delete_message  # type: ignore[method-assign]
    SQSBackend.change_message_visibility = change_message_visibility  # type: ignore[method-assign]
    QueueDelivery(invocations, record).start()


def is_known(queue: Queue, message: Message) -> bool:
    """Whether a FIFO queue was sent its like, and drops it in silence; moto forgets what was deleted."""
    if not queue.fifo_queue or message.deduplication_id is None:
        return False
    known: dict[str, float] = queue.__dict__.setdefault("deduplication_times", {})
    now = time.monotonic()
    last = known.get(message.deduplication_id)
    if last is not None and now - last < DEDUPLICATION_TIME_IN_SECONDS:
        return True
    known[message.deduplication_id] = now
    return False
