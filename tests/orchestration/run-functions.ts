import { MemoryObjectStore } from '../../adapters/memory/memory-object-store';
import { PipelineSource } from '../../adapters/open-meteo/pipeline-source';
import { openParquetEncoder } from '../../adapters/parquet/parquet-encoder';
import { FunctionLogger } from '../../adapters/powertools/function-logger';
import { sha256 } from '../../core/hash';
import { readManifest } from '../../core/manifest/manifest-store';
import { PlannedRuns } from '../../core/orchestration/planned-runs';
import { deployedDocument, PipelineObject } from '../../core/pipeline/pipeline-object';
import type { Day } from '../../core/time/day';
import type { DeadLetter } from '../../handlers/fetch-weather/contract';
import { fetchWeather } from '../../handlers/fetch-weather/handler';
import type { PlanResult, RunInput } from '../../handlers/plan-run/contract';
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

export interface OrchestrationOptions {
  readonly pipeline?: SmallPipeline;
  readonly simulator?: SimulatorOptions;
  readonly taskTimeoutSeconds?: number;
}

/** The four functions over buckets, queues and tokens in memory, and a simulator behind real HTTP. */
export class RunFunctions {
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

  protected constructor(protected readonly options: OrchestrationOptions) {}

  protected async open(): Promise<void> {
    setPowertools('orchestrated');
    this.simulator = await startSimulator({ clock: () => this.clock.now(), ...this.options.simulator });
    this.output.start();
    this.logger = new FunctionLogger();
    this.forget();
    await this.deploy(this.options.pipeline);
  }

  /** As if the next invocations met other processes, which remember nothing. */
  forget(): void {
    const { clock, logger, raw, processed } = this;
    const sourceUrl = this.simulator.url;
    this.source = new PipelineSource({ sourceUrl, readApiKey: undefined, processed, clock, logger });
    this.runs = new PlannedRuns({ raw, processed, pipeline: 'small', clock, logger });
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

  async items<T>(key: string): Promise<T[]> {
    return JSON.parse(Buffer.from((await this.processed.get(key))!.body).toString());
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

  async close(): Promise<void> {
    this.output.stop();
    await this.simulator.close();
  }

  async deploy(pipeline?: SmallPipeline): Promise<void> {
    const document = deployedDocument(smallPipelineFile(pipeline));
    await this.raw.put('config/small.json', Buffer.from(JSON.stringify(document)));
  }
}
