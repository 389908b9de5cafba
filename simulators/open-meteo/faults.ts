import type { SectionName } from './apis';
import { DAY_MS, dayText, parseDay } from './calendar';
import type { Overlay } from './element-weather';
import type { Question } from './question';
import type { QuotaName } from './refusal';

/** The real server sends no `Retry-After`; a proxy before it may. */
interface Delaying {
  readonly retryAfter?: string;
}

/** What can go wrong. Edits strike the first column unless they name one. */
export type Fault =
  /** Instead of an answer. */
  | ({ readonly kind: 'status'; readonly status: number; readonly body?: string } & Delaying)
  | ({ readonly kind: 'rate_limit'; readonly window: QuotaName } & Delaying)
  | ({
      readonly kind: 'body';
      readonly body: string;
      readonly status?: number;
      readonly contentType?: string;
    } & Delaying)
  | { readonly kind: 'redirect'; readonly location?: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'huge' }
  /** While it runs, so it holds its place in the queue. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** In the weather. `hour` is `YYYY-MM-DDTHH:MM` UTC; daily values follow from the hours. */
  | { readonly kind: 'revision'; readonly revision: number }
  | { readonly kind: 'null_hour'; readonly hour: string; readonly hours?: number; readonly column?: string }
  /** In the answer made. */
  | {
      readonly kind: 'null_column' | 'drop_column' | 'ragged' | 'text_value' | 'duplicate_key';
      readonly column?: string;
    }
  | { readonly kind: 'wrong_unit'; readonly unit: string; readonly column?: string }
  | { readonly kind: 'out_of_range'; readonly value: number; readonly column?: string }
  | { readonly kind: 'wrong_offset'; readonly seconds: number }
  | { readonly kind: 'drop_location' | 'swap_location_ids' | 'shuffle_keys' | 'pretty' }
  /** Coordinates and elevation as the server wrote them outside a grid until 2026. Default: `nan`. */
  | { readonly kind: 'nan_envelope'; readonly text?: 'nan' | '-nan' }
  /** Members around the sections, in place of what they are. */
  | { readonly kind: 'envelope'; readonly members: Readonly<Record<string, number | string | null>> }
  | { readonly kind: 'trailing_text'; readonly text?: string }
  /** On the wire. */
  | { readonly kind: 'truncate' | 'cut_gzip'; readonly at?: number }
  | { readonly kind: 'no_last_chunk' }
  | { readonly kind: 'stream_error'; readonly early?: boolean };

/** All of it must hold. A location or section named here is also the one that an edit strikes. */
export interface FaultCondition {
  readonly path?: string;
  readonly section?: SectionName;
  readonly locationId?: number;
  /** `YYYY-MM-DD` that the request's days include. */
  readonly date?: string;
  /** Skips the matching requests before this one, counted from 1; alone it means this one only. */
  readonly nth?: number;
  /** Strikes this many matching requests. Default: all, or one with `nth`. */
  readonly times?: number;
}

export interface FaultRule {
  readonly when?: FaultCondition;
  readonly fault: Fault;
}

/** Decides which rules strike a request; it counts the matches of each. */
export class FaultBook {
  private entries: { readonly rule: FaultRule; matches: number }[] = [];

  constructor(rules: readonly FaultRule[]) {
    this.set(rules);
  }

  /** Replaces all rules; counting begins anew. */
  set(rules: readonly FaultRule[]): void {
    this.entries = rules.map((rule) => ({ rule, matches: 0 }));
  }

  /** Rules that strike this request, in their order. @param question undefined when it was not understood */
  strike(path: string, question: Question | undefined): FaultRule[] {
    return this.entries.flatMap((entry) => {
      if (!concerns(entry.rule.when ?? {}, path, question)) return [];
      entry.matches += 1;
      return counts(entry.rule.when ?? {}, entry.matches) ? [entry.rule] : [];
    });
  }
}

function counts({ nth, times }: FaultCondition, match: number): boolean {
  const first = nth ?? 1;
  const last = first + (times ?? (nth === undefined ? Infinity : 1));
  return match >= first && match < last;
}

function concerns(when: FaultCondition, path: string, question: Question | undefined): boolean {
  if (when.path !== undefined && when.path !== path) return false;
  const { section, locationId, date } = when;
  if (section === undefined && locationId === undefined && date === undefined) return true;
  if (!question) return false;
  if (section !== undefined && question.sections[section] === undefined) return false;
  if (locationId !== undefined && !question.elements.some(({ place }) => place.locationId === locationId))
    return false;
  return date === undefined || includesDate(question, date);
}

function includesDate({ elements }: Question, date: string): boolean {
  return elements.some(
    ({ firstDay, days }) => date >= dayText(firstDay) && date <= dayText(firstDay + days - 1),
  );
}

/** The faults of one kind among the rules. */
export function faultsOf<K extends Fault['kind']>(
  rules: readonly FaultRule[],
  kind: K,
): Extract<Fault, { kind: K }>[] {
  return rules.flatMap(({ fault }) => (fault.kind === kind ? [fault as Extract<Fault, { kind: K }>] : []));
}

/** What the rules change in the weather itself. */
export function overlayOf(rules: readonly FaultRule[]): Overlay {
  return {
    revisions: rules.flatMap(({ when, fault }) =>
      fault.kind === 'revision' ? [{ revision: fault.revision, locationId: when?.locationId }] : [],
    ),
    holes: rules.flatMap(({ when, fault }) =>
      fault.kind === 'null_hour'
        ? [
            {
              column: fault.column,
              firstHour: hourNumber(fault.hour),
              hours: fault.hours ?? 1,
              locationId: when?.locationId,
            },
          ]
        : [],
    ),
  };
}

function hourNumber(hour: string): number {
  const day = parseDay(hour.slice(0, 10));
  const time = Date.parse(`${hour}:00Z`);
  if (day === undefined || Number.isNaN(time)) throw new Error(`null_hour: "${hour}" is no YYYY-MM-DDTHH:MM`);
  return Math.floor((time / DAY_MS) * 24);
}
