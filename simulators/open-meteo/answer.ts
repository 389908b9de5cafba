import type { SectionName } from './apis';
import { ByteWriter, formatFixed } from './byte-writer';
import { DAY_SECONDS } from './calendar';
import { type Column, dailyColumn, hourlyColumn, type Run } from './columns';
import { ElementWeather, type Overlay } from './element-weather';
import { float32Text } from './float32';
import type { Element, Question } from './question';
import { type TimeAxis, TimeAxisPrinter, timeText } from './time-axis';

/** What an answer depends on besides its question. */
export interface Making {
  readonly seed: number;
  readonly overlay: Overlay;
  /** Milliseconds that the server says it took; never twice the same. */
  readonly generationTime: () => number;
}

interface SectionPlan {
  readonly name: SectionName;
  readonly axis: TimeAxis;
  readonly columns: readonly Column[];
}

const HOUR_SECONDS = 3600;
const QUARTER_SECONDS = 900;
const HOURS = 24;

/** The body of an answer, in pieces as they get ready: compact JSON, decimals fixed per unit. */
export function* answerChunks(question: Question, making: Making): Generator<Buffer> {
  const writer = new ByteWriter();
  const times = new TimeAxisPrinter(question.unixtime);
  const several = question.elements.length > 1;
  if (several) writer.text('[');
  for (const [index, element] of question.elements.entries()) {
    if (index > 0) writer.text(',');
    const weather = new ElementWeather(question, element, making);
    writer.text(`{${envelope(element, weather, making.generationTime())}`);
    for (const section of planSections(question, element, weather)) {
      yield* writeSection(section, { question, writer, times });
    }
    writer.text('}');
  }
  if (several) writer.text(']');
  yield* writer.take(true);
}

function envelope({ place }: Element, weather: ElementWeather, generationTime: number): string {
  const { zone, locationId } = place;
  const { latitude, longitude } = weather.cell;
  const parts = [
    // Outside every grid the real server prints a bare nan too.
    `"latitude":${Number.isNaN(latitude) ? 'nan' : float32Text(latitude)}`,
    `"longitude":${Number.isNaN(longitude) ? 'nan' : float32Text(longitude)}`,
    `"generationtime_ms":${generationTime}`,
    `"utc_offset_seconds":${zone.offsetSeconds}`,
    `"timezone":${JSON.stringify(zone.name)}`,
    `"timezone_abbreviation":"${zone.abbreviation}"`,
  ];
  if (Number.isFinite(weather.elevation)) parts.push(`"elevation":${float32Text(weather.elevation)}`);
  if (locationId !== 0) parts.push(`"location_id":${locationId}`);
  return parts.join(',');
}

function* planSections(
  question: Question,
  element: Element,
  weather: ElementWeather,
): Generator<SectionPlan> {
  const { sections } = question;
  if (sections.current) yield currentSection(question, element, weather);
  if (sections.minutely_15) yield quarterSection(question, element, weather);
  if (!sections.hourly && !sections.daily) return;
  const { offsetSeconds, readHours } = element.place.zone;
  const runs = weather.runs(element.firstDay * HOURS - readHours, element.days * HOURS);
  const first = element.firstDay * DAY_SECONDS;
  const span = { first, offset: offsetSeconds };
  if (sections.hourly) {
    const { hourlyStep } = question;
    const sampling = { phase: 0, step: 4 * hourlyStep, count: (element.days * HOURS) / hourlyStep };
    const columns = perRun(sections.hourly, runs, (name, run) => hourlyColumn(name, run, question, sampling));
    yield {
      name: 'hourly',
      axis: { ...span, step: hourlyStep * HOUR_SECONDS, count: sampling.count },
      columns,
    };
  }
  if (sections.daily) {
    const days = { first: element.firstDay, count: element.days, offsetSeconds };
    const columns = perRun(sections.daily, runs, (name, run) => dailyColumn(name, run, question, days));
    yield { name: 'daily', axis: { ...span, step: DAY_SECONDS, count: element.days }, columns };
  }
}

function perRun(
  variables: readonly string[],
  runs: readonly Run[],
  make: (name: string, run: Run) => Column,
): Column[] {
  return variables.flatMap((name) => runs.map((run) => make(name, run)));
}

function quarterSection(
  question: Question,
  { place, firstDay, days }: Element,
  weather: ElementWeather,
): SectionPlan {
  const start = firstDay * DAY_SECONDS - place.zone.offsetSeconds;
  return sampledSection('minutely_15', start, {
    question,
    place,
    weather,
    step: QUARTER_SECONDS,
    count: days * 96,
  });
}

function currentSection(question: Question, { place }: Element, weather: ElementWeather): SectionPlan {
  const step = question.api.interval;
  const start = Math.floor(question.now / 1000 / step) * step;
  return sampledSection('current', start, { question, place, weather, step, count: 1 });
}

interface SampledSpan {
  readonly question: Question;
  readonly place: Element['place'];
  readonly weather: ElementWeather;
  /** Seconds. */
  readonly step: number;
  readonly count: number;
}

/** @param start UTC seconds since the epoch */
function sampledSection(name: 'current' | 'minutely_15', start: number, span: SampledSpan): SectionPlan {
  const { question, place, weather, step, count } = span;
  const firstHour = Math.floor(start / HOUR_SECONDS);
  const phase = (start - firstHour * HOUR_SECONDS) / QUARTER_SECONDS;
  const sampling = { phase, step: step / QUARTER_SECONDS, count };
  // One hour more than is printed: the curve of the last sample leads there.
  const runs = weather.runs(firstHour, Math.ceil((phase + sampling.step * count) / 4) + 1);
  const columns = perRun(question.sections[name] ?? [], runs, (variable, run) =>
    hourlyColumn(variable, run, question, sampling),
  );
  const offset = place.zone.offsetSeconds;
  return { name, axis: { first: start + offset, step, count, offset }, columns };
}

interface Printing {
  readonly question: Question;
  readonly writer: ByteWriter;
  readonly times: TimeAxisPrinter;
}

function* writeSection({ name, axis, columns }: SectionPlan, printing: Printing): Generator<Buffer> {
  const { writer, times, question } = printing;
  const timeUnit = question.unixtime ? 'unixtime' : 'iso8601';
  const units = columns.map((column) => `"${column.name}":"${column.instant ? timeUnit : column.unit}"`);
  const interval = name === 'current' ? ['"interval":"seconds"'] : [];
  writer.text(
    `,"${name}_units":{${[`"time":"${timeUnit}"`, ...interval, ...units].join(',')}},"${name}":{"time":`,
  );
  if (name === 'current') return writeRow(axis, columns, printing);
  writer.bytes(times.print(axis));
  for (const column of columns) {
    writer.text(`,"${column.name}":`);
    if (column.instant) writer.text(instants(column, axis, question.unixtime));
    else writer.column(column.values(), axis.count, column);
    yield* writer.take();
  }
  writer.text('}');
}

/** `current` is one row, not a column of one. */
function writeRow(axis: TimeAxis, columns: readonly Column[], { writer, question }: Printing): void {
  writer.text(`${timeText(axis.first, axis.offset, question)},"interval":${axis.step}`);
  for (const column of columns) writer.text(`,"${column.name}":${formatFixed(column.values()[0]!, column)}`);
  writer.text('}');
}

function instants(column: Column, { offset }: TimeAxis, unixtime: boolean): string {
  const texts = Array.from(column.values(), (local) =>
    Number.isNaN(local) ? 'null' : timeText(local, offset, { unixtime }),
  );
  return `[${texts.join(',')}]`;
}
