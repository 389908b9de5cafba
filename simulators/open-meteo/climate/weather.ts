import { addNoise, signedUnit, type Wave } from './noise';
import type { Site } from './site';

/** Hours from when on values are missing. */
export interface Hole {
  /** Hourly variable; all when absent. */
  readonly column?: string | undefined;
  /** UTC hours since the epoch. */
  readonly firstHour: number;
  readonly hours: number;
}

/** What decides, besides place and time, what is answered. */
export interface Circumstances {
  /** Day of asking, UTC, since the epoch: younger days are still revised. */
  readonly today: number;
  /** Answer every day as this revision instead. */
  readonly revision?: number | undefined;
  /** Of the model or member; 0 for the best. */
  readonly variant: number;
  readonly reanalysis: boolean;
  /** Model era5: it has no snow depth here. */
  readonly era5: boolean;
  /** UTC hour since the epoch from which on nothing is known. */
  readonly endHour: number;
  readonly holes: readonly Hole[];
}

/** Hourly values of one quantity over the span of a Weather, in the unit of the catalogue. NaN is missing. */
export type Field = (weather: Weather) => Float64Array;

export interface HourlySource {
  readonly name: string;
  readonly field: Field;
  /** Computed from the calendar: never missing. */
  readonly computed: boolean;
}

/** Days after which a value is final; also the number of the final revision. */
export const FINAL_REVISION = 5;

/** The weather of one site over a span of UTC hours. Each field is worked out once, when first asked for. */
export class Weather {
  private readonly fields = new Map<Field, Float64Array>();
  private readonly columns = new Map<HourlySource, Float64Array>();
  private drifts: Float64Array | undefined;

  constructor(
    readonly site: Site,
    /** UTC hours since the epoch. */
    readonly first: number,
    readonly count: number,
    readonly circumstances: Circumstances,
  ) {}

  /** Values as nature has them: without holes. */
  of(field: Field): Float64Array {
    const known = this.fields.get(field);
    if (known) return known;
    const values = field(this);
    this.fields.set(field, values);
    return values;
  }

  /** Values as the server has them: with holes. */
  column(source: HourlySource): Float64Array {
    if (source.computed) return this.of(source.field);
    const known = this.columns.get(source);
    if (known) return known;
    const values = this.withHoles(this.of(source.field), source.name);
    this.columns.set(source, values);
    return values;
  }

  make(value: (index: number) => number): Float64Array {
    const values = new Float64Array(this.count);
    for (let index = 0; index < values.length; index++) values[index] = value(index);
    return values;
  }

  noise(...waves: readonly Wave[]): Float64Array {
    const values = new Float64Array(this.count);
    for (const wave of waves) addNoise(values, this.first, this.site.key, wave);
    return values;
  }

  /** How far each hour lies from its final value of the best model, in -1..1; the same for all fields. */
  drift(): Float64Array {
    this.drifts ??= this.makeDrift();
    return this.drifts;
  }

  /** Hour of the UTC day at which the span begins. */
  get firstHourOfDay(): number {
    return this.first - 24 * Math.floor(this.first / 24);
  }

  private makeDrift(): Float64Array {
    const { today, revision: forced, variant } = this.circumstances;
    const drift = new Float64Array(this.count);
    if (forced === undefined && variant === 0 && this.first + this.count <= (today - FINAL_REVISION + 1) * 24)
      return drift;
    for (let index = 0; index < drift.length; index++) {
      const hour = this.first + index;
      const revision = forced ?? Math.min(today - Math.floor(hour / 24), FINAL_REVISION);
      if (variant !== 0) drift[index]! += 0.5 * signedUnit(this.site.key, 900 + variant, hour);
      if (revision !== FINAL_REVISION)
        drift[index]! += 0.5 * signedUnit(this.site.key, revision - 1000, hour);
    }
    return drift;
  }

  private withHoles(values: Float64Array, name: string): Float64Array {
    const { endHour, holes } = this.circumstances;
    const mine = holes.filter(({ column }) => column === undefined || column === name);
    if (mine.length === 0 && this.first + this.count <= endHour) return values;
    const copy = values.slice();
    copy.fill(NaN, Math.max(0, endHour - this.first));
    for (const { firstHour, hours } of mine) {
      copy.fill(NaN, Math.max(0, firstHour - this.first), Math.max(0, firstHour + hours - this.first));
    }
    return copy;
  }
}
