import { MEASURES } from './measures';

/** The size of a run of the orchestrated mode. */
export interface RunSize {
  /** Each is fetched once and staged once. */
  readonly requests: number;
  readonly dates: number;
  /** Published objects of tables. */
  readonly objects: number;
  /** Values in the answers. */
  readonly values: number;
  readonly tables: number;
  readonly memoryMib: number;
}

/** What is paid for by use. Names are those of the prices. */
export interface RunUsage {
  /** GB-seconds. */
  readonly function_seconds: number;
  readonly invocations: number;
  readonly state_transitions: number;
  readonly queue_calls: number;
  readonly bucket_writes: number;
  readonly bucket_reads: number;
  /** GiB. */
  readonly log_lines: number;
  readonly traces: number;
  readonly key_calls: number;
}

export interface RunWork {
  readonly usage: RunUsage;
  /** GiB of access logs. */
  readonly accessLogGib: number;
  /** Of all functions, if one ran after the other. */
  readonly seconds: number;
}

const MIB_PER_GIB = 1024;
const MS_PER_SECOND = 1000;
const BYTES_PER_GIB = 1024 ** 3;

/** Question, body, the note of its end; account of the quota before and after. */
const WRITES_PER_REQUEST = 5;
/** Note before it is sent, when it is staged and at the end; question and body when it is staged; account of the quota. */
const READS_PER_REQUEST = 6;
/** Its object and its counts staged, its copy published. */
const WRITES_PER_OBJECT = 3;
/** Its counts, what is staged, what is published. */
const READS_PER_OBJECT = 3;
/** Lease taken, lease marked, manifest, lease ended, the note of its end. */
const WRITES_PER_DATE = 5;
/** One listing of tables and one of quarantine for each. */
const LISTINGS_PER_TABLE = 2;
/** Manifest when it is planned, before and under the lease; the lease; note before it is published and at the end. */
const READS_PER_DATE = 6;
/** Plan, pipeline, and the lists of requests, slots and dates. */
const WRITES_PER_RUN = 5;
/** The notes of requests and of dates, and what is still staged. */
const LISTINGS_PER_RUN = 3;
/** The deployed pipeline, the three lists; plan and pipeline once in each of some twenty processes. */
const READS_PER_RUN = 44;
/** A child's start and its one state. */
const TRANSITIONS_PER_CHILD = 2;
/** Plan, three maps, the end and its branches. */
const TRANSITIONS_PER_RUN = 8;
/** Sent, received, deleted. */
const QUEUE_CALLS_PER_REQUEST = 3;
/** plan-run and the end of publish-run. */
const INVOCATIONS_PER_RUN = 2;

/** What one run uses. */
export function runUsage(size: RunSize): RunWork {
  const { requests, dates, objects, tables, memoryMib } = size;
  const invocations = 2 * requests + dates + INVOCATIONS_PER_RUN;
  const listings = dates * tables * LISTINGS_PER_TABLE + LISTINGS_PER_RUN;
  const writes =
    WRITES_PER_REQUEST * requests +
    WRITES_PER_OBJECT * objects +
    WRITES_PER_DATE * dates +
    WRITES_PER_RUN +
    listings;
  const reads =
    READS_PER_REQUEST * requests + READS_PER_OBJECT * objects + READS_PER_DATE * dates + READS_PER_RUN;
  const transitions = TRANSITIONS_PER_CHILD * (2 * requests + dates) + TRANSITIONS_PER_RUN;
  const logBytes =
    invocations * MEASURES.logBytesPerInvocation.value + transitions * MEASURES.logBytesPerTransition.value;
  const seconds = secondsOf(size, { invocations, calls: writes + reads });
  return {
    seconds,
    accessLogGib: ((writes + reads) * MEASURES.accessLogBytesPerBucketCall.value) / BYTES_PER_GIB,
    usage: {
      function_seconds: (seconds * memoryMib) / MIB_PER_GIB,
      invocations,
      state_transitions: transitions,
      queue_calls: QUEUE_CALLS_PER_REQUEST * requests,
      bucket_writes: writes,
      bucket_reads: reads,
      log_lines: logBytes / BYTES_PER_GIB,
      traces: invocations * MEASURES.tracesPerInvocation.value,
      key_calls: (writes + reads) * MEASURES.keyCallsPerBucketCall.value,
    },
  };
}

function secondsOf(
  { requests, objects, values, memoryMib }: RunSize,
  { invocations, calls }: { readonly invocations: number; readonly calls: number },
): number {
  const processors = memoryMib / MEASURES.mibPerProcessor.value;
  const work =
    (values / 1_000_000) * MEASURES.msPerMillionValues.value + objects * MEASURES.msPerObject.value;
  const waiting = calls * MEASURES.msPerBucketCall.value + invocations * MEASURES.msPerInvocation.value;
  return requests * MEASURES.sourceSecondsPerRequest.value + (work / processors + waiting) / MS_PER_SECOND;
}
