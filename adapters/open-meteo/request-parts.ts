import type { WeatherRequest } from '../../core/model/request';
import type { Clock } from '../../core/ports/clock';
import type { Logger } from '../../core/ports/logger';
import type { WireRequest } from '../../core/ports/weather-source';
import type { ApiKey } from './api-key';
import type { QuotaBook } from './quota-book';
import type { ResolvedSettings } from './settings';

/** What the requests of one source have in common. */
export interface SourceParts {
  readonly settings: ResolvedSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly key: ApiKey;
}

export interface AskedRequest {
  readonly request: WeatherRequest;
  readonly wire: WireRequest;
  /** The account that it counts against. */
  readonly book: QuotaBook;
}
