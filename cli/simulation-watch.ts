import type { WeatherRequest } from '../core/model/request';
import type { Logger } from '../core/ports/logger';
import type { FetchOptions, ReceivedBody, WeatherSource, WireRequest } from '../core/ports/weather-source';

/** Passes everything on, and tells once when the source makes its data up. */
export class SimulationWatch implements WeatherSource {
  private isTold = false;

  constructor(
    private readonly source: WeatherSource,
    private readonly logger: Logger,
  ) {}

  describe(request: WeatherRequest): WireRequest {
    return this.source.describe(request);
  }

  async fetch(request: WeatherRequest, options: FetchOptions): Promise<ReceivedBody> {
    const body = await this.source.fetch(request, options);
    if (body.simulated && !this.isTold) {
      this.isTold = true;
      this.logger.warn('The source makes its data up: what is published is marked as simulated');
    }
    return body;
  }
}
