import { sha256 } from '../../core/hash';
import type { FetchMessage } from '../../handlers/fetch-weather/contract';
import type { PlanResult, RequestItem, RunInput } from '../../handlers/plan-run/contract';
import type { PublishEvent, PublishResult } from '../../handlers/publish-run/contract';
import type { TransformEvent } from '../../handlers/transform-weather/contract';
import { type OrchestrationOptions, RunFunctions } from './run-functions';
import { sqsEvent } from './sqs-event';

export type { OrchestrationOptions } from './run-functions';

/** Two days of the quota, as the state machine has it. */
const TASK_TIMEOUT_SECONDS = 172_800;
const RETRIED: ReadonlySet<string> = new Set(['StorageError', 'LeaseHeldError', 'SourceUnavailableError']);
const STEP_TRIES = 3;
const STEP_PAUSE_MS = 30_000;

/** The functions of a run; the bench is their state machine. */
export class OrchestrationBench extends RunFunctions {
  static async start(options: OrchestrationOptions = {}): Promise<OrchestrationBench> {
    const bench = new OrchestrationBench(options);
    await bench.open();
    return bench;
  }

  /** A whole execution. */
  async execute(input: RunInput): Promise<PublishResult> {
    const plan = await this.plan(input);
    await this.fetchAll([plan]);
    return this.complete(plan);
  }

  /** Everything after the requests: slots, dates and the end. */
  async complete(plan: PlanResult): Promise<PublishResult> {
    for (const slot of await this.items<TransformEvent>(plan.slots_key))
      await this.retried(() => this.transform(slot));
    for (const date of await this.items<PublishEvent>(plan.dates_key))
      await this.retried(() => this.publish(date));
    return this.publish({ run_id: plan.run_id, finish: true });
  }

  /** As the state machine does: what may pass is tried again, what remains is caught. */
  private async retried(step: () => Promise<unknown>): Promise<void> {
    for (let tries = 1; tries <= STEP_TRIES; tries += 1) {
      const error = await step().then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      if (error === undefined || !RETRIED.has(error.name)) return;
      await this.clock.sleep(STEP_PAUSE_MS);
    }
  }

  /** The maps over the requests of executions that run at once. */
  async fetchAll(plans: readonly PlanResult[]): Promise<void> {
    const maps = await Promise.all(plans.map((plan) => this.requestMap(plan)));
    for (;;) {
      let waiting = 0;
      for (const map of maps) waiting += await map();
      if (waiting === 0) return;
      if (!(await this.poll())) this.passTime();
    }
  }

  /** What lies in the buffer when nobody waits for it any more. */
  async drain(): Promise<void> {
    while ((await this.poll()) || this.passTime());
  }

  /** Starts as many children as the map may have at once, and tells how many wait. */
  private async requestMap({ requests_key, requests_at_once }: PlanResult): Promise<() => Promise<number>> {
    const left = await this.items<RequestItem>(requests_key);
    const started: string[] = [];
    return async () => {
      const waiting = () => started.filter((token) => this.tokens.isWaiting(token)).length;
      while (left.length > 0 && waiting() < requests_at_once) started.push(await this.send(left.shift()!));
      return waiting();
    };
  }

  /** What the state machine sends for a request. */
  async send(item: RequestItem): Promise<string> {
    const token = this.tokens.issue(this.options.taskTimeoutSeconds ?? TASK_TIMEOUT_SECONDS);
    const first_sent = new Date(this.clock.now()).toISOString();
    const message: FetchMessage = { task_token: token, item, first_sent };
    const deduplicationId = sha256(token);
    await this.buffer.send({ body: JSON.stringify(message), group: item.group, deduplicationId });
    return token;
  }

  /** One message from the queue to the function. Whether there was one. */
  async poll(): Promise<boolean> {
    const handed = this.buffer.receive();
    if (handed === undefined) return false;
    const { batchItemFailures } = await this.fetch(sqsEvent([handed]));
    if (batchItemFailures.length === 0) this.buffer.delete(handed.id);
    return true;
  }

  /** To the next moment at which something happens. Whether there is one. */
  private passTime(): boolean {
    const moments = [this.buffer.nextMoment(), this.tokens.nextMoment()];
    const known = moments.filter((moment) => moment !== undefined);
    if (known.length === 0) return false;
    this.clock.advance(Math.max(0, Math.min(...known) - this.clock.now()));
    this.tokens.expire();
    return true;
  }
}
