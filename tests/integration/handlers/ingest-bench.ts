import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { PipelineSource } from '../../../adapters/open-meteo/pipeline-source';
import { openParquetEncoder } from '../../../adapters/parquet/parquet-encoder';
import { FunctionLogger } from '../../../adapters/powertools/function-logger';
import type { IngestError } from '../../../core/errors';
import { deployedDocument, PipelineObject } from '../../../core/pipeline/pipeline-object';
import type { IngestResult } from '../../../handlers/ingest-weather-daily/contract';
import { ingestWeatherDaily } from '../../../handlers/ingest-weather-daily/handler';
import type { SimulatorOptions } from '../../../simulators/open-meteo/options';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { type SmallPipeline, smallPipelineFile } from '../../lake/small-pipeline';
import { NOW } from '../../lake/test-lake';
import { HookedStore } from '../runs/hooked-store';
import { CapturedOutput, setPowertools } from './captured-output';
import { lambdaContext } from './lambda-context';

export const SERVICE = 'ingest-weather-daily';
export const DIMENSIONS = { environment: 'dev', pipeline: 'small' };

export interface IngestBenchOptions {
  readonly pipeline?: SmallPipeline;
  readonly simulator?: SimulatorOptions;
  readonly readApiKey?: () => Promise<string>;
}

/** The function over buckets in memory and a simulator behind real HTTP, and everything that it prints. */
export class IngestBench {
  readonly output = new CapturedOutput();
  readonly clock = new VirtualClock(NOW);
  readonly raw = new HookedStore(new MemoryObjectStore(this.clock));
  readonly processed = new HookedStore(new MemoryObjectStore(this.clock));
  simulator!: Simulator;
  private source: PipelineSource | undefined;
  private readonly pipeline = new PipelineObject(this.raw, 'config/small.json');
  private logger!: FunctionLogger;

  private constructor(private readonly options: IngestBenchOptions) {}

  static async start(options: IngestBenchOptions = {}): Promise<IngestBench> {
    setPowertools(SERVICE);
    const bench = new IngestBench(options);
    bench.output.start();
    bench.logger = new FunctionLogger();
    bench.simulator = await startSimulator({ clock: () => bench.clock.now(), ...options.simulator });
    await bench.deploy(smallPipelineFile(options.pipeline));
    return bench;
  }

  async deploy(file: Readonly<Record<string, unknown>>): Promise<void> {
    await this.raw.put('config/small.json', Buffer.from(JSON.stringify(deployedDocument(file))));
  }

  invoke(event: unknown, remainingMs?: number): Promise<IngestResult> {
    return ingestWeatherDaily(event, lambdaContext(remainingMs), {
      environment: 'dev',
      raw: this.raw,
      processed: this.processed,
      pipeline: this.pipeline,
      sourceOf: (pipeline) => this.openSource().of(pipeline),
      isLive: false,
      openEncoder: openParquetEncoder,
      clock: this.clock,
      logger: this.logger,
      codeVersion: 'test',
    });
  }

  /** The error that the invocation ends with. */
  async failure(event: unknown, remainingMs?: number): Promise<IngestError> {
    return this.invoke(event, remainingMs).then(
      () => {
        throw new Error('The invocation did not fail.');
      },
      (error: IngestError) => error,
    );
  }

  /** As if the next invocation met another process, which remembers nothing. */
  forget(): void {
    this.source = undefined;
  }

  /** Keys of the processed bucket; the account of the quota is left out unless it is asked for. */
  async keys(prefix = ''): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.processed.list(prefix)) keys.push(key);
    return prefix === '' ? keys.filter((key) => !key.startsWith('_quota/')) : keys;
  }

  private openSource(): PipelineSource {
    const { clock, logger, processed, options } = this;
    const { readApiKey } = options;
    const sourceUrl = this.simulator.url;
    this.source ??= new PipelineSource({ sourceUrl, readApiKey, processed, clock, logger });
    return this.source;
  }

  async close(): Promise<void> {
    this.output.stop();
    await this.simulator.close();
  }
}
