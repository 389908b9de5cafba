import { OpenMeteoSource } from '../adapters/open-meteo/open-meteo-source';
import { DEFAULT_OPEN_METEO_SETTINGS } from '../adapters/open-meteo/settings';
import { backfillRuns } from '../core/planning/day-runs';
import { planRequests } from '../core/planning/requests';
import { SILENT_LOGGER } from '../core/ports/logger';
import type { Day } from '../core/time/day';
import { startSimulator } from '../simulators/open-meteo/simulator';
import { VirtualClock } from '../tests/clock/virtual-clock';
import { benchPipeline } from './bench-pipeline';
import { type Report, round } from './measure';

const LOCATIONS = 1_000;
const SPAN = { from: '2024-01-01' as Day, to: '2024-12-31' as Day };
const START = Date.UTC(2026, 9, 20);
const MINUTE = 60_000;
const LIMITS = DEFAULT_OPEN_METEO_SETTINGS.limits;
const TOO_MANY_REQUESTS = 429;

/** A backfill of 1,000 locations x 1 year: every request goes to the simulator over HTTP, on a clock turned by the waits. */
export async function quotaUse(report: Report): Promise<void> {
  const clock = new VirtualClock(START);
  const simulator = await startSimulator({ clock: () => clock.now(), gzip: false });
  const pipeline = benchPipeline(LOCATIONS);
  const source = new OpenMeteoSource(
    { plan: 'free', sourceUrl: simulator.url },
    { clock, logger: SILENT_LOGGER },
  );
  const runs = backfillRuns(pipeline, SPAN, () => ({ api: 'archive', models: ['era5'] }));
  const requests = runs.flatMap((run) => planRequests(pipeline, run));
  try {
    for (const request of requests) {
      await source.fetch(request, { keep: async () => {}, patience: 'day', retryForSeconds: 0 });
    }
  } finally {
    await simulator.close();
  }
  const weight = requests.reduce((sum, request) => sum + request.weight, 0);
  const allowed = allowedWeight(START, clock.now());
  const refused = simulator.log.filter(({ status }) => status === TOO_MANY_REQUESTS).length;
  report({ name: 'quota_use.refused', value: refused, unit: '429 answers' });
  report({ name: 'quota_use.requests', value: requests.length, unit: 'requests' });
  report({
    name: 'quota_use.planned_overshoots',
    value: overshoots(simulator.log),
    unit: 'windows above a limit',
  });
  report({ name: 'quota_use.time', value: round((clock.now() - START) / 3_600_000), unit: 'h' });
  report({
    name: 'quota_use.weight',
    value: round(weight),
    unit: 'calls',
    reference: round(allowed),
    ratio: round(weight / allowed),
  });
}

/** What the free plan's windows allow from one instant to another, minute by minute. */
function allowedWeight(start: number, end: number): number {
  const left = new Map<string, number>();
  let allowed = 0;
  for (let instant = start; instant <= end; instant += MINUTE) {
    const time = new Date(instant).toISOString();
    const day = time.slice(0, 10);
    const hour = time.slice(0, 13);
    const dayLeft = left.get(day) ?? LIMITS.day;
    const hourLeft = left.get(hour) ?? LIMITS.hour;
    const taken = Math.min(LIMITS.minute, hourLeft, dayLeft);
    left.set(day, dayLeft - taken);
    left.set(hour, hourLeft - taken);
    allowed += taken;
  }
  return allowed;
}

interface LoggedRequest {
  readonly at: number;
  readonly weight: number;
}

/** Windows of the clock in which more weight was sent than the plan allows. */
function overshoots(log: readonly LoggedRequest[]): number {
  return Object.entries({ minute: 16, hour: 13, day: 10 } as const).reduce((count, [window, digits]) => {
    const used = new Map<string, number>();
    for (const { at, weight } of log) {
      const key = new Date(at).toISOString().slice(0, digits);
      used.set(key, (used.get(key) ?? 0) + weight);
    }
    return (
      count +
      [...used.values()].filter((weight) => weight > LIMITS[window as keyof typeof LIMITS] + 1e-6).length
    );
  }, 0);
}
