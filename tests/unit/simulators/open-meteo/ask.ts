import { answerChunks } from '../../../../simulators/open-meteo/answer';
import { APIS } from '../../../../simulators/open-meteo/apis';
import type { Overlay } from '../../../../simulators/open-meteo/element-weather';
import { NO_LIMITS } from '../../../../simulators/open-meteo/limits';
import { readQuestion } from '../../../../simulators/open-meteo/question';

const NO_OVERLAY: Overlay = { revisions: [], holes: [] };

export const NOW = Date.parse('2026-11-20T05:07:00Z');

export type Values = (number | null)[];
export interface AnsweredSection {
  readonly time: string[];
  readonly [column: string]: Values | string[];
}
export interface AnsweredElement {
  readonly latitude: number;
  readonly longitude: number;
  readonly elevation: number;
  readonly generationtime_ms: number;
  readonly utc_offset_seconds: number;
  readonly hourly: AnsweredSection;
  readonly daily: AnsweredSection;
  readonly minutely_15: AnsweredSection;
  readonly current: Readonly<Record<string, number | string | null>>;
  readonly hourly_units: Readonly<Record<string, string>>;
  readonly daily_units: Readonly<Record<string, string>>;
  readonly location_id?: number;
}

interface Circumstances {
  readonly now?: number;
  readonly overlay?: Overlay;
  readonly seed?: number;
}

/** The text that the simulator answers, without a server around it. */
export function askText(
  api: string,
  parameters: Record<string, string>,
  circumstances: Circumstances = {},
): string {
  const { now = NOW, overlay = NO_OVERLAY, seed = 1 } = circumstances;
  const question = readQuestion(APIS.get(`/v1/${api}`)!, parameters, now, NO_LIMITS);
  return Buffer.concat([...answerChunks(question, { seed, overlay, generationTime: () => 0.5 })]).toString();
}

export function ask(
  api: string,
  parameters: Record<string, string>,
  circumstances?: Circumstances,
): AnsweredElement {
  return JSON.parse(askText(api, parameters, circumstances)) as AnsweredElement;
}

export function numbersOf(section: AnsweredSection, column: string): Values {
  return section[column] as Values;
}
