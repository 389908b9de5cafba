import type { QuotaWindows } from './limits';
import { tooMany } from './refusal';

const NAMES = ['minute', 'hour', 'day'] as const;
type WindowName = (typeof NAMES)[number];

export type QuotaUse = Readonly<Record<WindowName, number>>;

/** Counts weight per clock window: looked at before a request, added after it. */
export class Quota {
  private readonly weight: Record<WindowName, number> = { minute: 0, hour: 0, day: 0 };
  private readonly window: Record<WindowName, number> = { minute: 0, hour: 0, day: 0 };

  constructor(
    private readonly clock: () => number,
    private limits: QuotaUse,
    private readonly windows: QuotaWindows,
  ) {}

  /** From now on; what was counted stays counted. */
  setLimits(limits: Partial<QuotaUse>): void {
    this.limits = { ...this.limits, ...limits };
  }

  used(): QuotaUse {
    const now = this.clock();
    for (const name of NAMES) {
      const window = Math.floor(now / this.windows[`${name}Ms`]);
      if (window !== this.window[name]) this.weight[name] = 0;
      this.window[name] = window;
    }
    return { ...this.weight };
  }

  /** @throws Refusal 429 that names the first window that is used up. */
  check(): void {
    const used = this.used();
    for (const name of NAMES) if (used[name] >= this.limits[name]) throw tooMany(name);
  }

  add(weight: number): void {
    this.used();
    for (const name of NAMES) this.weight[name] += weight;
  }
}
