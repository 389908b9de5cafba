import type { RequestLocation, WeatherRequest } from '../../core/model/request';
import type { Day } from '../../core/time/day';

export const BERLIN: RequestLocation = { id: 'berlin', number: 1, latitude: 52.52, longitude: 13.405 };

/** A request that any plan takes, with what the test is about in place of the rest. */
export function weatherRequest(part: Partial<WeatherRequest> = {}): WeatherRequest {
  return {
    id: 'c0ffee',
    api: 'forecast',
    models: [],
    section: 'hourly',
    variables: ['temperature_2m', 'precipitation'],
    unitParameters: { wind_speed_unit: 'ms' },
    chunk: 0,
    locations: [BERLIN],
    from: '2026-03-01' as Day,
    to: '2026-03-02' as Day,
    weight: 1,
    ...part,
  };
}
