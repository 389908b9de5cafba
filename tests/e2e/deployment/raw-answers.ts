import { gunzipSync } from 'node:zlib';
import type { ObjectStore } from '../../../core/ports/object-store';
import { type RequestDocument, requestDocumentSchema } from '../../../core/raw/request-document';
import { objectsUnder } from '../../lake/test-lake';

const REQUEST = '.request.json';

/** What lies in raw of one answer. */
export interface RawAnswer {
  readonly key: string;
  readonly request: RequestDocument;
  /** As received. */
  readonly body: Buffer;
}

/** All answers that a pipeline keeps. */
export async function rawAnswers(raw: ObjectStore, pipeline: string): Promise<RawAnswer[]> {
  const objects = await objectsUnder(raw, `${pipeline}/`);
  return [...objects]
    .filter(([key]) => !key.endsWith(REQUEST))
    .map(([key, gzip]) => ({ key, request: requestOf(key, objects), body: gunzipSync(gzip) }));
}

function requestOf(key: string, objects: ReadonlyMap<string, Buffer>): RequestDocument {
  const asked = objects.get(key.replace(/-[0-9a-f]+\.json\.gz$/, REQUEST));
  return requestDocumentSchema.parse(JSON.parse(asked!.toString()));
}

type Series = Readonly<Record<string, readonly (number | string | null)[]>>;
type Answer = Readonly<Record<'hourly' | 'daily', Series>> & Readonly<Record<string, number>>;

/** The values that JSON.parse finds in a body, by location and time; `columns` in their order. */
export function valuesIn(
  { request, body }: RawAnswer,
  section: 'hourly' | 'daily',
  columns: readonly string[],
): Map<string, (number | null)[]> {
  const answers: Answer[] = [JSON.parse(body.toString())].flat();
  const rows = answers.flatMap((answer, index) => {
    const series = answer[section];
    return series.time!.map((time, row): [string, (number | null)[]] => [
      `${request.locations[index]!.id} ${time}`,
      columns.map((column) => asFloat32(series[column]![row] as number | null)),
    ]);
  });
  return new Map(rows);
}

/** The nearest number that the tables can hold. */
function asFloat32(value: number | null): number | null {
  return value === null ? null : Math.fround(value);
}
