import type { WeatherRequest } from '../../core/model/request';
import type { Clock } from '../../core/ports/clock';
import type { FetchOptions, ReceivedBody, WeatherSource, WireRequest } from '../../core/ports/weather-source';

/** A source that gives the same bytes whenever it is asked the same: the real one counts its milliseconds in each answer. */
export class SteadySource implements WeatherSource {
  private readonly answers = new Map<string, ReceivedBody>();

  constructor(
    private readonly source: WeatherSource,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  describe(request: WeatherRequest): WireRequest {
    return this.source.describe(request);
  }

  async fetch(request: WeatherRequest, options: FetchOptions): Promise<ReceivedBody> {
    const known = this.answers.get(request.id);
    if (known === undefined) {
      const body = await this.source.fetch(request, options);
      this.answers.set(request.id, body);
      return body;
    }
    const again = { ...known, fetchedAt: this.clock.now() };
    await options.keep(again);
    return again;
  }
}
