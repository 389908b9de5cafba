import * as z from 'zod';
import type { Pipeline } from '../pipeline/pipeline';
import { windowDays } from '../planning/window';
import type { Executions } from '../ports/executions';
import { type Day, daysBetween } from '../time/day';
import { daySchema } from './run-items';

const span = z.object({ from: daySchema, to: daySchema });
const inputSchema = z.object({
  scheduled_time: z.iso.datetime({ offset: true }).optional(),
  date: daySchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  requests: z.array(span).default([]),
});

export interface RunningQuestion {
  readonly pipeline: Pipeline;
  readonly executions: Pick<Executions, 'running' | 'find'>;
}

/** Days that executions under way were started for. */
export async function runningDays({ pipeline, executions }: RunningQuestion): Promise<Set<Day>> {
  const days = new Set<Day>();
  for (const name of await executions.running()) {
    const input = (await executions.find(name))?.input;
    for (const day of input === undefined ? [] : daysOf(pipeline, input)) days.add(day);
  }
  return days;
}

function daysOf(pipeline: Pipeline, input: string): Day[] {
  const read = inputSchema.safeParse(JSON.parse(input));
  if (!read.success) return [];
  const { scheduled_time: scheduled, date, from, to, requests } = read.data;
  if (scheduled !== undefined) return windowDays(pipeline, Date.parse(scheduled));
  if (date !== undefined) return [date];
  if (from !== undefined && to !== undefined) return daysBetween(from, to);
  return requests.flatMap((request) => daysBetween(request.from, request.to));
}
