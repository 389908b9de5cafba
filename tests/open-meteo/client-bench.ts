import { OpenMeteoSource } from '../../adapters/open-meteo/open-meteo-source';
import type { OpenMeteoSettings } from '../../adapters/open-meteo/settings';
import type { WeatherRequest } from '../../core/model/request';
import type { FetchOptions, ReceivedBody, SourceWait } from '../../core/ports/weather-source';
import { VirtualClock } from '../clock/virtual-clock';
import { RecordingLogger } from './recording-logger';
import { type Reply, ScriptedServer } from './scripted-server';
import { weatherRequest } from './weather-request';

/** Ten seconds into a minute: no window's boundary is near. */
export const START = Date.parse('2026-03-01T12:00:10Z');

/** A client before a scripted server, and everything that leaves the client. */
export class OpenMeteoBench {
  readonly clock = new VirtualClock(START);
  readonly logger = new RecordingLogger();
  readonly kept: ReceivedBody[] = [];
  readonly waits: SourceWait[] = [];
  readonly source: OpenMeteoSource;

  private constructor(
    readonly server: ScriptedServer,
    settings: Partial<OpenMeteoSettings>,
  ) {
    const parts = { clock: this.clock, logger: this.logger, random: () => 0.5 };
    this.source = new OpenMeteoSource({ plan: 'free', sourceUrl: server.url, ...settings }, parts);
  }

  static async start(
    replies: readonly Reply[],
    settings: Partial<OpenMeteoSettings> = {},
  ): Promise<OpenMeteoBench> {
    return new OpenMeteoBench(await ScriptedServer.start(...replies), settings);
  }

  fetch(request: Partial<WeatherRequest> = {}, options: Partial<FetchOptions> = {}): Promise<ReceivedBody> {
    const keep = async (body: ReceivedBody) => void this.kept.push(body);
    const onWait = (wait: SourceWait) => void this.waits.push(wait);
    return this.source.fetch(weatherRequest(request), {
      keep,
      onWait,
      patience: 'minute',
      retryForSeconds: 0,
      ...options,
    });
  }

  /** What a fetch fails with. */
  async failure(
    request: Partial<WeatherRequest> = {},
    options: Partial<FetchOptions> = {},
  ): Promise<unknown> {
    return this.fetch(request, options).then(
      () => Promise.reject(new Error('the fetch succeeded')),
      (error: unknown) => error,
    );
  }

  async end(): Promise<void> {
    await this.server.stop();
  }
}

export const textOf = (body: ReceivedBody | undefined) => new TextDecoder().decode(body?.bytes);
