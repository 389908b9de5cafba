import validate from 'asl-validator';
import * as errors from '../../../core/errors';
import { LEASE_SECONDS } from '../../../core/publish/lease';
import { STAGING_LIFETIME_DAYS } from '../../../core/staging/sweep-staging';
import { INGEST_WEATHER } from '../../../stacks/ingest/run-definition';
import { resourceAt, synthesizeDeployment } from '../../stacks/synthesize';

type Json = Readonly<Record<string, unknown>>;

/** What the interpreter of the simulated account does not know: a machine with any of it cannot be made there. */
const UNKNOWN_TO_SIMULATION =
  /"(Tolerated\w+|ItemBatcher|ResultWriter|JitterStrategy|QueryLanguage|Assign|Output|Arguments)"/;
const INGEST_STATES = ['Fetch', 'Transform', 'Publish'] as const;
const TASK_SECONDS = 172_800;

function deployedText(): string {
  const { ingest } = synthesizeDeployment({ environment: { mode: 'orchestrated' } });
  const text = resourceAt(ingest, 'StateMachine/Machine').definition as string;
  // As Terraform does it.
  return text.replace(/\$\{(aws_[a-z_]+)\.(\w+)\.(arn|id|url)\}/g, (_, type: string, name: string) =>
    type === 'aws_sqs_queue'
      ? 'https://sqs.eu-central-1.amazonaws.com/123456789012/queue'
      : `arn:aws:lambda:eu-central-1:123456789012:function:${name}`,
  );
}

/** Every state of the machine and of its maps, by name. */
function statesOf({ States }: { readonly States: Json }): [string, Json][] {
  return Object.entries(States as Readonly<Record<string, Json>>).flatMap(([name, state]) => {
    const processor = state.ItemProcessor as { readonly States: Json } | undefined;
    return [[name, state] as [string, Json], ...(processor ? statesOf(processor) : [])];
  });
}

describe('the definition of a run', () => {
  const text = deployedText();
  const states = statesOf(JSON.parse(text));
  const children = INGEST_STATES.flatMap((name) => statesOf(INGEST_WEATHER.States[name].ItemProcessor));
  const retriesOf = ({ Retry: retry = [] }: Json) => retry as { readonly ErrorEquals: readonly string[] }[];

  it('is valid once it is filled in', () => {
    const { isValid, errorsText } = validate(JSON.parse(text));

    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
    expect(text).not.toContain('${');
  });

  it('has names that are there once', () => {
    const names = states.map(([name]) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  it('uses nothing that the simulated account lacks', () => {
    expect(text).not.toMatch(UNKNOWN_TO_SIMULATION);
    expect(UNKNOWN_TO_SIMULATION.test('{"ToleratedFailureCount":1}')).toBe(true);
  });

  it('goes on behind a map that fails as a whole, so that what was had is published and the rest is judged', () => {
    for (const name of INGEST_STATES) {
      const { Catch: caught, Next: next, Retry: retry } = INGEST_WEATHER.States[name];

      expect(caught).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: next }]);
      expect(retry).toMatchObject([{ ErrorEquals: ['States.ItemReaderFailed'] }]);
    }
  });

  it('tries again what may pass, and nothing that stays as it is', () => {
    const known = Object.values(errors)
      .filter(
        (one) => typeof one === 'function' && one.prototype instanceof Error && one !== errors.IngestError,
      )
      .map((one) => Reflect.construct(one as unknown as typeof Error, ['', []]))
      .filter((one): one is errors.IngestError => one instanceof errors.IngestError);
    const passing = known.filter(({ retryable }) => retryable).map(({ name }) => name);
    const others = known.filter(({ retryable }) => !retryable).map(({ name }) => name);

    expect(others).toContain('DataQualityError');
    for (const [name, state] of states) {
      const again = retriesOf(state).flatMap(({ ErrorEquals }) => ErrorEquals);
      expect({ name, again: again.filter((error) => others.includes(error)) }).toEqual({ name, again: [] });
      expect(again).not.toContain('States.ALL');
      if (!String(state.Resource).endsWith('lambda:invoke')) continue;
      expect(again).toEqual(expect.arrayContaining(['StorageError', 'DeadlineExceededError']));
      expect(again).toEqual(expect.arrayContaining(['Lambda.TooManyRequestsException']));
      const own = again.filter((error) => /^[A-Z]\w+Error$/.test(error));
      expect(own.filter((error) => !passing.includes(error))).toEqual([]);
    }
  });

  it('waits for a lease longer than one that nobody holds any more lasts', () => {
    const [lease] = retriesOf(children.find(([name]) => name === 'PublishDate')![1]) as unknown as [
      {
        ErrorEquals: string[];
        IntervalSeconds: number;
        BackoffRate: number;
        MaxAttempts: number;
        MaxDelaySeconds: number;
      },
    ];
    const waits = Array.from({ length: lease.MaxAttempts }, (_, n) =>
      Math.min(lease.MaxDelaySeconds, lease.IntervalSeconds * lease.BackoffRate ** n),
    );

    expect(lease.ErrorEquals).toEqual(['LeaseHeldError']);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(3 * LEASE_SECONDS);
  });

  it('lets no child fail its map, and has it return nothing', () => {
    const tasks = children.filter(([, { Type: type }]) => type === 'Task');

    expect(tasks).toHaveLength(3);
    for (const [, { Catch: caught }] of tasks) {
      const [{ ErrorEquals: errorsCaught, Next: next }] = caught as [{ ErrorEquals: string[]; Next: string }];
      expect(errorsCaught).toEqual(['States.ALL']);
      expect(children.find(([name]) => name === next)![1]).toEqual({ Type: 'Pass', Result: {}, End: true });
    }
    for (const name of INGEST_STATES) expect(INGEST_WEATHER.States[name].ResultPath).toBeNull();
  });

  it('gives every message an id of its own, which no other of any run has', () => {
    const { Parameters: parameters } = INGEST_WEATHER.States.Fetch.ItemProcessor.States.FetchRequest;

    expect(parameters['MessageDeduplicationId.$']).toBe("States.Hash($$.Task.Token, 'SHA-256')");
    expect(parameters['MessageGroupId.$']).toBe('$.group');
  });

  it('waits for a request for two days of the quota, and for a run while its notes are kept', () => {
    expect(INGEST_WEATHER.States.Fetch.ItemProcessor.States.FetchRequest.TimeoutSeconds).toBe(TASK_SECONDS);
    expect(INGEST_WEATHER.TimeoutSeconds).toBeGreaterThan(2 * TASK_SECONDS);
    expect(INGEST_WEATHER.TimeoutSeconds).toBeLessThan(STAGING_LIFETIME_DAYS * 86_400);
  });
});
