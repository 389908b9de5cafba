import type { Plan } from '../../core/model/source';
import { PIPELINE_DEFAULTS } from '../../core/pipeline/defaults';
import type { QuotaPatience } from '../../core/ports/weather-source';

export type QuotaLimits = Readonly<Record<QuotaPatience, number>>;

export interface QuotaWindowLengths {
  readonly minuteSeconds: number;
  readonly hourSeconds: number;
  readonly daySeconds: number;
}

export interface BackoffBounds {
  readonly baseSeconds: number;
  readonly maxSeconds: number;
}

/** How the source is asked. Everything but the plan has a default: DEFAULT_OPEN_METEO_SETTINGS. */
export interface OpenMeteoSettings {
  readonly plan: Plan;
  /** Sent in a header, on the keyed plan only: the free host answers a key with a redirect that shows it. */
  readonly apiKey?: string;
  /** Address of another server with the same contract, such as `http://localhost:8080`. */
  readonly sourceUrl?: string;
  /** For the whole answer, from sending to the last byte. */
  readonly timeoutSeconds?: number;
  /** After decompression. */
  readonly maxBodyBytes?: number;
  /** Weight that each window admits. */
  readonly limits?: QuotaLimits;
  /** Windows begin at multiples of their length since the epoch. */
  readonly windows?: QuotaWindowLengths;
  /** How far from its boundary the source may clear a window, and so how long past it a wait ends. */
  readonly marginSeconds?: number;
  /** Requests under way at once. The free plan takes one. */
  readonly concurrency?: number;
  /** Between tries while the source is out of order. */
  readonly backoff?: BackoffBounds;
  /** Between tries while the source says that too many requests run at once. */
  readonly concurrencyBackoff?: BackoffBounds;
  /** How often one request is told that an hour or a day is used up before it gives up; minutes count by the time of retries. */
  readonly maxQuotaWaits?: Readonly<Record<'hour' | 'day', number>>;
}

export type ResolvedSettings = Required<Omit<OpenMeteoSettings, 'apiKey' | 'sourceUrl'>>;

/** What pipeline files say too is written there; the bounds on waits and tries are the client's own. */
export const DEFAULT_OPEN_METEO_SETTINGS: Omit<ResolvedSettings, 'plan'> = {
  timeoutSeconds: PIPELINE_DEFAULTS.timeoutSeconds,
  maxBodyBytes: PIPELINE_DEFAULTS.maxBodyBytes,
  limits: PIPELINE_DEFAULTS.limits,
  windows: {
    minuteSeconds: PIPELINE_DEFAULTS.windows.minute_seconds,
    hourSeconds: PIPELINE_DEFAULTS.windows.hour_seconds,
    daySeconds: PIPELINE_DEFAULTS.windows.day_seconds,
  },
  marginSeconds: PIPELINE_DEFAULTS.windows.margin_seconds,
  concurrency: 1,
  backoff: { baseSeconds: 2, maxSeconds: 300 },
  concurrencyBackoff: { baseSeconds: 1, maxSeconds: 15 },
  maxQuotaWaits: { hour: 48, day: 8 },
};

/** The settings without the key, which only the header may hold. */
export function resolveSettings(settings: OpenMeteoSettings): ResolvedSettings {
  const { apiKey: _key, sourceUrl: _url, ...rest } = settings;
  return { ...DEFAULT_OPEN_METEO_SETTINGS, ...rest };
}
