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
}

export interface RunWork {
  readonly usage: RunUsage;
  /** Of all functions, if one ran after the other. */
  readonly seconds: number;
}

const MIB_PER_GIB = 1024;
const MS_PER_SECOND = 1000;
const BYTES_PER_GIB = 1024 ** 3;

/** Question, body; account of the quota before and after. */
const WRITES_PER_REQUEST = 4;
/** Its object and its counts staged, its copy published. */
const WRITES_PER_OBJECT = 3;
/** Its counts, what is staged, what is published. */
const READS_PER_OBJECT = 3;
/** Lease taken, lease marked, manifest. */
const WRITES_PER_DATE = 3;
/** One listing of tables and one of quarantine for each. */
const LISTINGS_PER_TABLE = 2;
/** Manifest before and under the lease. */
const READS_PER_DATE = 2;
/** The run's lists of requests, slots and dates. */
const WRITES_PER_RUN = 3;
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
  const listings = requests + dates * tables * LISTINGS_PER_TABLE;
  const writes =
    WRITES_PER_REQUEST * requests +
    WRITES_PER_OBJECT * objects +
    WRITES_PER_DATE * dates +
    WRITES_PER_RUN +
    listings;
  // Every function reads the pipeline; a request's answer is read once.
  const reads = invocations + requests + READS_PER_OBJECT * objects + READS_PER_DATE * dates;
  const seconds = secondsOf(size, { invocations, calls: writes + reads });
  return {
    seconds,
    usage: {
      function_seconds: (seconds * memoryMib) / MIB_PER_GIB,
      invocations,
      state_transitions: TRANSITIONS_PER_CHILD * (2 * requests + dates) + TRANSITIONS_PER_RUN,
      queue_calls: QUEUE_CALLS_PER_REQUEST * requests,
      bucket_writes: writes,
      bucket_reads: reads,
      log_lines: (invocations * MEASURES.logBytesPerInvocation.value) / BYTES_PER_GIB,
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
