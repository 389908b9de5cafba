import { readAnswer } from '../answers/read-answer';
import { DamagedObjectError, SourceContractError } from '../errors';
import { requestKey } from '../keys/raw-keys';
import type { Manifest } from '../manifest/manifest';
import type { Section } from '../model/source';
import type { Pipeline } from '../pipeline/pipeline';
import type { Chunk } from '../planning/chunks';
import { type DaySource, isSameSource } from '../planning/source-rule';
import type { Logger } from '../ports/logger';
import type { RawArchive } from '../raw/raw-archive';
import type { RawBody } from '../raw/raw-body';
import { damagedTogether } from '../raw/raw-damage';
import type { RequestDocument } from '../raw/request-document';
import type { Day } from '../time/day';
import { type IndexedAnswers, indexAnswers, isWholeDay, pickSlice } from './indexed-answers';

export interface ArchivedAnswersParts {
  readonly archive: RawArchive;
  readonly pipeline: Pipeline;
  readonly section: Section;
  readonly chunk: Chunk;
  readonly logger: Logger;
}

/** A date for which the archive is asked. */
export interface ArchivedDay {
  readonly day: Day;
  readonly source: DaySource;
  readonly manifest: Manifest | undefined;
}

/** What the archive has for a date. */
export interface FoundAnswers {
  readonly sets: IndexedAnswers[];
  /** What was passed over on the way: why there may be less than was kept. */
  readonly damaged: DamagedObjectError | undefined;
  /** Why the first body that was passed over does not hold to the contract of the pipeline. */
  readonly refused: SourceContractError | undefined;
}

/** What a search could not use. */
interface PassedOver {
  readonly damaged: DamagedObjectError[];
  readonly refused: SourceContractError[];
}

/** More than the days that are staged at once; days of one run mostly share a body, or have one each. */
const BODIES_HELD = 16;

/** Bodies kept earlier that answer for one section and chunk. The last ones decoded are held. */
export class ArchivedAnswers {
  private readonly decoded = new Map<string, Promise<IndexedAnswers | SourceContractError>>();

  /** @param decoded answers of the archive that are at hand */
  constructor(
    private readonly parts: ArchivedAnswersParts,
    decoded: readonly IndexedAnswers[] = [],
  ) {
    for (const answers of decoded) this.decoded.set(answers.raw.key, Promise.resolve(answers));
  }

  /** What the manifest names, if that is whole, decodes and serves every location; else the latest fetched that does. */
  async forDay(archived: ArchivedDay): Promise<FoundAnswers> {
    const passed: PassedOver = { damaged: [], refused: [] };
    const sets = await this.search(archived, passed);
    return { sets, damaged: damagedTogether(passed.damaged), refused: passed.refused[0] };
  }

  private async search(archived: ArchivedDay, passed: PassedOver): Promise<IndexedAnswers[]> {
    const { day } = archived;
    const named = await this.namedByManifest(archived, passed);
    const others = this.parts.chunk.locations.filter(({ id }) => pickSlice(named, id, day) === undefined);
    if (others.length === 0) return named;
    const sets = [...named];
    for (const body of await this.candidates(archived, passed.damaged)) {
      if (others.every(({ id }) => this.hasWholeDay(sets, id, day))) break;
      const set = await this.orPassedOver(body.key, passed, () => this.decode(body));
      if (set !== undefined && !sets.includes(set)) sets.unshift(set);
    }
    return sets;
  }

  /** A recorded answer may hold a part of the day, and one that was fetched before it the whole. */
  private hasWholeDay(sets: readonly IndexedAnswers[], location: string, day: Day): boolean {
    const picked = pickSlice(sets, location, day);
    return picked !== undefined && isWholeDay(picked.slice, this.parts.section, this.parts.pipeline);
  }

  private async namedByManifest(
    { manifest, source }: ArchivedDay,
    passed: PassedOver,
  ): Promise<IndexedAnswers[]> {
    if (manifest === undefined || !isSameSource(manifest.source, source)) return [];
    const { archive } = this.parts;
    const sets: IndexedAnswers[] = [];
    for (const { key, request } of manifest.raw) {
      const document = await this.orDamaged(request, passed.damaged, () => archive.document(request));
      if (document === undefined || !this.isOurs(document)) continue;
      const set = await this.orPassedOver(key, passed, async () =>
        this.decode(await archive.describe(key, request)),
      );
      if (set !== undefined) sets.push(set);
    }
    return sets;
  }

  private async candidates({ day, source }: ArchivedDay, damaged: DamagedObjectError[]): Promise<RawBody[]> {
    const { archive } = this.parts;
    const bodies: RawBody[] = [];
    for (const part of await archive.partsOn(day)) {
      const key = requestKey(part);
      const document = await this.orDamaged(key, damaged, () => archive.document(key));
      if (document === undefined || !this.isOurs(document)) continue;
      if (document.method !== 'RECORDED' && !isSameSource(document, source)) continue;
      const found = await archive.searchBodies(part);
      bodies.push(...found.bodies);
      damaged.push(...found.damaged);
    }
    return archive.latestFirst(bodies);
  }

  /** A damaged object is passed over and remembered: it may be why a location has no answer. */
  private async orDamaged<T>(
    key: string,
    damaged: DamagedObjectError[],
    read: () => Promise<T>,
  ): Promise<T | undefined> {
    const found = await this.parts.archive.orPassOver(key, read);
    if (!(found instanceof DamagedObjectError)) return found;
    damaged.push(found);
    return undefined;
  }

  /** A body that does not hold to the contract is passed over too: it was reported when it was fetched. */
  private async orPassedOver(
    key: string,
    { damaged, refused }: PassedOver,
    read: () => Promise<IndexedAnswers | SourceContractError>,
  ): Promise<IndexedAnswers | undefined> {
    const found = await this.orDamaged(key, damaged, read);
    if (!(found instanceof SourceContractError)) return found;
    refused.push(found);
    return undefined;
  }

  private isOurs(document: RequestDocument): boolean {
    if (document.section !== this.parts.section) return false;
    return idsWhereTheyAre(document, this.parts.chunk).size > 0;
  }

  private decode(body: RawBody): Promise<IndexedAnswers | SourceContractError> {
    const known = this.decoded.get(body.key) ?? this.tryDecode(body);
    this.decoded.delete(body.key);
    this.decoded.set(body.key, known);
    const [longestUnused] = this.decoded.keys();
    if (this.decoded.size > BODIES_HELD) this.decoded.delete(longestUnused!);
    return known;
  }

  private async tryDecode(raw: RawBody): Promise<IndexedAnswers | SourceContractError> {
    const { archive, pipeline, chunk, logger, section } = this.parts;
    const document = await archive.document(raw.request);
    try {
      const answers = readAnswer(await archive.read(raw), askedBy(document), pipeline);
      const ids = idsWhereTheyAre(document, chunk);
      const ours = answers.filter(({ location }) => ids.has(location.id));
      return indexAnswers(ours, { raw, source: document, section });
    } catch (error) {
      if (!(error instanceof SourceContractError)) throw error;
      logger.warn('A raw object does not decode and is passed over', { key: raw.key, reason: error.message });
      return error;
    }
  }
}

/** Ids of the chunk's locations that were asked for where they are now: one that moved has another weather. */
export function idsWhereTheyAre({ locations }: RequestDocument, chunk: Chunk): Set<string> {
  const asked = new Map(locations.map((location) => [location.id, location]));
  const unmoved = chunk.locations.filter(({ id, latitude, longitude, elevation }) => {
    const one = asked.get(id);
    return one?.latitude === latitude && one.longitude === longitude && one.elevation === elevation;
  });
  return new Set(unmoved.map(({ id }) => id));
}

export function askedBy({ method, api, section, models, locations, from, to }: RequestDocument) {
  return { recorded: method === 'RECORDED', api, section, models, locations, from, to };
}
