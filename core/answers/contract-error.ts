import { SourceContractError } from '../errors';
import type { Section } from '../model/source';

/** Where an answer breaks its contract, and how. */
export interface ContractBreach {
  readonly message: string;
  readonly section?: Section;
  readonly location?: string;
  readonly column?: string;
  readonly byteOffset?: number;
  readonly received?: string;
}

export function contractError({
  message,
  section,
  location,
  column,
  byteOffset,
  received,
}: ContractBreach): SourceContractError {
  const place = [
    location === undefined ? '' : `location ${location}`,
    section ?? '',
    column === undefined ? '' : `column ${column}`,
    byteOffset === undefined ? '' : `byte ${byteOffset}`,
  ].filter((part) => part !== '');
  const text = `${place.length === 0 ? '' : `${place.join(', ')}: `}${message}${received === undefined ? '' : ` (received ${received})`}`;
  return new SourceContractError(text, {
    context: {
      ...(location === undefined ? {} : { location }),
      ...(section === undefined ? {} : { section }),
      ...(column === undefined ? {} : { column }),
      ...(byteOffset === undefined ? {} : { byte_offset: byteOffset }),
      ...(received === undefined ? {} : { received }),
    },
  });
}
