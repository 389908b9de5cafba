import * as z from 'zod';
import { describeExecution } from '../orchestration/describe-execution';
import { daySchema, namedSlotSchema } from '../orchestration/run-items';
import type { Pipeline } from '../pipeline/pipeline';
import { windowDays } from '../planning/window';
import type { Clock } from '../ports/clock';
import type { Executions } from '../ports/executions';
import { dayRanges } from '../status/day-ranges';
import { type Day, daysBetween } from '../time/day';
import { allSlots, lackingRuns, type Slot, slotOf } from './lacking-slots';
import type { RedriveNeeds } from './redrive-plan';

const inputSchema = z.object({
  scheduled_time: z.iso.datetime({ offset: true }).optional(),
  date: daySchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  requests: z.array(namedSlotSchema).default([]),
});
type Input = z.output<typeof inputSchema>;

export interface RunningQuestion {
  readonly pipeline: Pipeline;
  readonly executions: Pick<Executions, 'find'>;
  readonly clock: Clock;
}

/** What executions under way were started for. */
export class WorkUnderWay {
  private readonly whole = new Set<Day>();
  private readonly named = new Map<Day, Set<Slot>>();

  /** All of a day, or one slot of it. */
  add(day: Day, slot?: Slot): void {
    if (slot === undefined) this.whole.add(day);
    else this.named.set(day, (this.named.get(day) ?? new Set()).add(slot));
  }

  /** Whether something of the day. */
  has(day: Day): boolean {
    return this.whole.has(day) || this.named.has(day);
  }

  asksFor(day: Day, slot: Slot): boolean {
    return this.whole.has(day) || this.named.get(day)?.has(slot) === true;
  }

  /** All of it, whether done already or not. A slot that the pipeline has no more is left out. */
  needs(pipeline: Pipeline): RedriveNeeds {
    const known = allSlots(pipeline);
    const named = [...this.named].map(
      ([day, slots]) => [day, known.filter((slot) => slots.has(slot))] as const,
    );
    return { spans: dayRanges([...this.whole].sort()), runs: lackingRuns(new Map(named)) };
  }
}

/** @param names of those that run */
export async function workUnderWay(
  question: RunningQuestion,
  names: Iterable<string>,
): Promise<WorkUnderWay> {
  const work = new WorkUnderWay();
  for (const name of names) {
    const { input } = await describeExecution(question, name);
    const read = inputSchema.safeParse(JSON.parse(input));
    if (read.success) addInput(work, read.data, question.pipeline);
  }
  return work;
}

function addInput(work: WorkUnderWay, input: Input, pipeline: Pipeline): void {
  for (const day of wholeDays(input, pipeline)) work.add(day);
  for (const { section, chunk, from, to } of input.requests)
    for (const day of daysBetween(from, to)) work.add(day, slotOf(section, chunk));
}

function wholeDays({ scheduled_time: scheduled, date, from, to }: Input, pipeline: Pipeline): Day[] {
  if (scheduled !== undefined) return windowDays(pipeline, Date.parse(scheduled));
  if (date !== undefined) return [date];
  return from !== undefined && to !== undefined ? daysBetween(from, to) : [];
}
