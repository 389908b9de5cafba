import type { FaultRule } from './faults';
import {
  type ConcurrencyLimits,
  DEFAULT_CONCURRENCY,
  DEFAULT_LIMITS,
  DEFAULT_WINDOWS,
  NO_CONCURRENCY,
  NO_LIMITS,
  type QuotaLimits,
  type QuotaWindows,
} from './limits';

export interface KeyedPlan {
  /** The only key accepted; any key when absent. */
  readonly apiKey?: string;
  /** Default: KEYED_LOCATIONS. */
  readonly locations?: number;
}

export const KEYED_LOCATIONS = 10_000;
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_SEED = 1;

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default: DEFAULT_HOST. */
  readonly host?: string;
  /** Milliseconds since the epoch: quotas, `today` and zone offsets go by it. Default: Date.now. */
  readonly clock?: () => number;
  /** Default: DEFAULT_LIMITS; with a keyed plan none. `false`: none. */
  readonly limits?: Partial<QuotaLimits> | false;
  /** Default: DEFAULT_WINDOWS. */
  readonly windows?: Partial<QuotaWindows>;
  /** Default: DEFAULT_CONCURRENCY; with a keyed plan none. `false`: none. */
  readonly concurrency?: Partial<ConcurrencyLimits> | false;
  /** Serves only those who show a key. Default: the free host. */
  readonly keyed?: KeyedPlan;
  /** Faults switched on from the start. Default: none. */
  readonly faults?: readonly FaultRule[];
  /** Real milliseconds that every request takes before it is answered. Default: 0. */
  readonly latencyMs?: number;
  /** Another seed is another climate. Default: DEFAULT_SEED. */
  readonly seed?: number;
  /** Compress for clients that accept it. Default: true. */
  readonly gzip?: boolean;
}

export interface Settings {
  readonly clock: () => number;
  readonly limits: QuotaLimits;
  readonly windows: QuotaWindows;
  readonly concurrency: ConcurrencyLimits;
  readonly keyed: KeyedPlan | undefined;
  readonly latencyMs: number;
  readonly seed: number;
  readonly gzip: boolean;
}

export function resolveSettings(options: SimulatorOptions): Settings {
  return {
    clock: options.clock ?? Date.now,
    limits: resolveLimits(options),
    windows: { ...DEFAULT_WINDOWS, ...options.windows },
    concurrency: resolveConcurrency(options),
    keyed: options.keyed,
    latencyMs: options.latencyMs ?? 0,
    seed: options.seed ?? DEFAULT_SEED,
    gzip: options.gzip ?? true,
  };
}

function resolveLimits({ limits, keyed }: SimulatorOptions): QuotaLimits {
  if (limits === false) return NO_LIMITS;
  const base = keyed ? { ...NO_LIMITS, locations: keyed.locations ?? KEYED_LOCATIONS } : DEFAULT_LIMITS;
  return { ...base, ...limits };
}

function resolveConcurrency({ concurrency, keyed }: SimulatorOptions): ConcurrencyLimits {
  if (concurrency === false) return NO_CONCURRENCY;
  return { ...(keyed ? NO_CONCURRENCY : DEFAULT_CONCURRENCY), ...concurrency };
}
