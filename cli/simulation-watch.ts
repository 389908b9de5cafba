import type { WeatherRequest } from '../core/model/request';
import type { Logger } from '../core/ports/logger';
import type { FetchOptions, ReceivedBody, WeatherSource, WireRequest } from '../core/ports/weather-source';

export interface SimulationWatchParts {
  readonly source: WeatherSource;
  readonly logger: Logger;
  /** Throws where made-up answers may not go. */
  readonly admit: () => Promise<void>;
}

/** Passes everything on, and tells once when the source makes its data up, before any of it is kept. */
export class SimulationWatch implements WeatherSource {
  private admission: Promise<void> | undefined;

  constructor(private readonly parts: SimulationWatchParts) {}

  describe(request: WeatherRequest): WireRequest {
    return this.parts.source.describe(request);
  }

  fetch(request: WeatherRequest, options: FetchOptions): Promise<ReceivedBody> {
    const keep = async (body: ReceivedBody) => {
      if (body.simulated) await this.admitOnce();
      await options.keep(body);
    };
    return this.parts.source.fetch(request, { ...options, keep });
  }

  private admitOnce(): Promise<void> {
    this.admission ??= this.admit();
    return this.admission;
  }

  private async admit(): Promise<void> {
    await this.parts.admit();
    this.parts.logger.warn('The source makes its data up: what is published is marked as simulated');
  }
}
