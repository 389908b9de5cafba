import { SECTIONS, type Section } from '../model/source';
import type { DecodedLocation, DecodedSection, WantedColumns } from './answer';
import type { Cursor } from './cursor';
import { type Envelope, readEnvelopeMember } from './envelope';
import { MemberNames } from './member-names';
import { noSection } from './no-section';
import type { SectionData } from './section-draft';
import { SectionReader, type Units } from './section-reader';

const UNITS_SUFFIX = '_units';
const NO_UNITS: Units = new Map();
const SECTION_NAMES: ReadonlySet<string> = new Set(SECTIONS);

/** Reads the locations of one answer, one after the other. */
export class LocationReader {
  private readonly cursor: Cursor;
  private readonly names = new MemberNames();
  /** Readers of the sections that are wanted. */
  private readonly sections: ReadonlyMap<string, SectionReader>;

  constructor(cursor: Cursor, wanted: WantedColumns) {
    this.cursor = cursor;
    this.sections = new Map(
      SECTIONS.flatMap((name) => {
        const columns = wanted[name];
        return columns === undefined ? [] : [[name, new SectionReader(name, columns)] as const];
      }),
    );
  }

  /** Reads an element of an answer, or the answer when that is an object. The cursor stands on its first byte. */
  read(index: number): DecodedLocation {
    const { cursor } = this;
    const offset = cursor.position;
    const draft = new LocationDraft();
    cursor.location = index;
    this.names.forEach(cursor, (name) => this.readMember(name, draft));
    if (!draft.hasSection) throw noSection(cursor, offset);
    cursor.location = undefined;
    cursor.locationId = undefined;
    return draft.finish(index);
  }

  /** Reads the block of a section that has no envelope around it, as the only location. */
  readBare(section: Section): DecodedLocation {
    const { cursor } = this;
    const draft = new LocationDraft();
    cursor.location = 0;
    draft.addSection(section, (this.sections.get(section) ?? new SectionReader(section, {})).read(cursor));
    cursor.location = undefined;
    return draft.finish(0);
  }

  private readMember(name: string, draft: LocationDraft): void {
    const { cursor, sections } = this;
    if (SECTION_NAMES.has(name)) draft.hasSection = true;
    const section = sections.get(name);
    const measured = name.endsWith(UNITS_SUFFIX)
      ? sections.get(name.slice(0, -UNITS_SUFFIX.length))
      : undefined;
    if (section !== undefined) draft.addSection(section.section, section.read(cursor));
    else if (measured !== undefined) draft.units.set(measured.section, measured.readUnits(cursor));
    else readEnvelopeMember(cursor, name, draft.envelope);
  }
}

class LocationDraft {
  readonly envelope: Envelope = {};
  readonly units = new Map<Section, Units>();
  /** Whether the location has any section, be it wanted or not. */
  hasSection = false;
  private readonly sections = new Map<Section, SectionData>();

  addSection(name: Section, data: SectionData): void {
    this.sections.set(name, data);
  }

  finish(index: number): DecodedLocation {
    const sections = new Map<Section, DecodedSection>();
    for (const [name, data] of this.sections) {
      sections.set(name, { ...data, units: this.units.get(name) ?? NO_UNITS });
    }
    return { index, ...this.envelope, sections };
  }
}
