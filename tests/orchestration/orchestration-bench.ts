import { MemoryObjectStore } from '../../adapters/memory/memory-object-store';
import { PipelineSource } from '../../adapters/open-meteo/pipeline-source';
import { openParquetEncoder } from '../../adapters/parquet/parquet-encoder';
import { FunctionLogger } from '../../adapters/powertools/function-logger';
import { sha256 } from '../../core/hash';
import { readManifest } from '../../core/manifest/manifest-store';
import { PlannedRuns } from '../../core/orchestration/planned-runs';
import { PipelineObject } from '../../core/pipeline/pipeline-object';
import type { Day } from '../../core/time/day';
import type { DeadLetter, FetchMessage } from '../../handlers/fetch-weather/contract';
import { fetchWeather } from '../../handlers/fetch-weather/handler';
import type { PlanResult, RequestItem, RunInput } from '../../handlers/plan-run/contract';
import { planWeatherRun } from '../../handlers/plan-run/handler';
import type { PublishEvent, PublishResult } from '../../handlers/publish-run/contract';
import { publishWeatherRun } from '../../handlers/publish-run/handler';
import type { TransformEvent } from '../../handlers/transform-weather/contract';
import { transformWeather } from '../../handlers/transform-weather/handler';
import type { SimulatorOptions } from '../../simulators/open-meteo/options';
import { type Simulator, startSimulator } from '../../simulators/open-meteo/simulator';
import { VirtualClock } from '../clock/virtual-clock';
import { CapturedOutput, setPowertools } from '../integration/handlers/captured-output';
import { lambdaContext } from '../integration/handlers/lambda-context';
import { HookedStore } from '../integration/runs/hooked-store';
import { type SmallPipeline, smallPipelineFile } from '../lake/small-pipeline';
import { NOW, visibleObjects } from '../lake/test-lake';
import { MemoryFifoQueue } from './memory-fifo-queue';
import { MemoryTaskTokens } from './memory-task-tokens';
import { sqsEvent } from './sqs-event';

/** Two days of the quota, as the state machine has it. */
const TASK_TIMEOUT_SECONDS = 172_800;
const RETRIED: ReadonlySet<string> = new Set(['StorageError', 'LeaseHeldError', 'SourceUnavailableError']);
const STEP_TRIES = 3;
const STEP_PAUSE_MS = 30_000;

export interface OrchestrationOptions {
  readonly pipeline?: SmallPipeline;
  readonly simulator?: SimulatorOptions;
  readonly taskTimeoutSeconds?: number;
}

/** The four functions over buckets, queues and tokens in memory, and a simulator behind real HTTP; the bench is their state machine. */
export class OrchestrationBench {
  readonly output = new CapturedOutput();
  readonly clock = new VirtualClock(NOW);
  readonly raw = new HookedStore(new MemoryObjectStore(this.clock));
  readonly processed = new HookedStore(new MemoryObjectStore(this.clock));
  readonly buffer = new MemoryFifoQueue(this.clock);
  readonly deadLetterQueue = new MemoryFifoQueue(this.clock);
  readonly tokens = new MemoryTaskTokens(this.clock);
  simulator!: Simulator;
  private logger!: FunctionLogger;
  private source!: PipelineSource;
  private runs!: PlannedRuns;
  private executions = 0;
  private readonly pipeline = new PipelineObject(this.raw, 'config/small.json');

  private constructor(private readonly options: OrchestrationOptions) {}

  static async start(options: OrchestrationOptions = {}): Promise<OrchestrationBench> {
    setPowertools('orchestrated');
    const bench = new OrchestrationBench(options);
    bench.simulator = await startSimulator({ clock: () => bench.clock.now(), ...options.simulator });
    bench.output.start();
    bench.logger = new FunctionLogger();
    bench.forget();
    await bench.deploy(options.pipeline);
    return bench;
  }

  async deploy(pipeline?: SmallPipeline): Promise<void> {
    await this.raw.put('config/small.json', Buffer.from(JSON.stringify(smallPipelineFile(pipeline))));
  }

  /** As if the next invocations met other processes, which remember nothing. */
  forget(): void {
    const { clock, logger, processed } = this;
    const sourceUrl = this.simulator.url;
    this.source = new PipelineSource({ sourceUrl, readApiKey: undefined, processed, clock, logger });
    this.runs = new PlannedRuns(this.raw, this.processed, 'small');
  }

  /** A whole execution. */
  async execute(input: RunInput): Promise<PublishResult> {
    const plan = await this.plan(input);
    await this.fetchAll([plan]);
    return this.complete(plan);
  }

  /** @param name of the execution; the same name again is a step that is tried again */
  plan(input: RunInput, name = `execution-${++this.executions}`): Promise<PlanResult> {
    const started_at = new Date(this.clock.now()).toISOString();
    return planWeatherRun({ input, execution: { name, started_at } }, lambdaContext(), {
      environment: 'dev',
      pipeline: this.pipeline,
      processed: this.processed,
      processedBucket: 'processed',
      isLive: false,
      logger: this.logger,
    });
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
    const message: FetchMessage = { task_token: token, item };
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

  fetch(event: Parameters<typeof fetchWeather>[0]) {
    return fetchWeather(event, lambdaContext(), {
      environment: 'dev',
      pipelineName: 'small',
      runs: this.runs,
      processed: this.processed,
      sourceOf: (pipeline) => this.source.of(pipeline),
      buffer: this.buffer,
      deadLetters: this.deadLetterQueue,
      tokens: this.tokens,
      clock: this.clock,
      logger: this.logger,
    });
  }

  transform(event: TransformEvent) {
    return transformWeather(event, lambdaContext(), {
      environment: 'dev',
      runs: this.runs,
      processed: this.processed,
      openEncoder: openParquetEncoder,
      clock: this.clock,
      logger: this.logger,
    });
  }

  publish(event: PublishEvent): Promise<PublishResult> {
    return publishWeatherRun(event, lambdaContext(), {
      environment: 'dev',
      runs: this.runs,
      processed: this.processed,
      clock: this.clock,
      logger: this.logger,
      codeVersion: 'test',
    });
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

  async items<T>(key: string): Promise<T[]> {
    return JSON.parse(Buffer.from((await this.processed.get(key))!.body).toString());
  }

  get deadLetters(): DeadLetter[] {
    return this.deadLetterQueue.bodies as DeadLetter[];
  }

  /** Status of every answer of the source, in order. */
  get statuses(): number[] {
    return this.simulator.log.map(({ status }) => status);
  }

  manifest(day: string) {
    return readManifest(this.processed, 'small', day as Day);
  }

  /** Hashes of the table and quarantine objects, by key. */
  async visible(): Promise<Record<string, string>> {
    const objects = await visibleObjects(this.processed);
    return Object.fromEntries([...objects].map(([key, bytes]) => [key, sha256(bytes)]));
  }

  async keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.processed.list(prefix)) keys.push(key);
    return keys;
  }

  /** Sums of a metric over all functions so far. */
  metric(name: string): number {
    return this.output.metrics.reduce((sum, line) => sum + ((line[name] as number | undefined) ?? 0), 0);
  }

  async close(): Promise<void> {
    this.output.stop();
    await this.simulator.close();
  }
}
