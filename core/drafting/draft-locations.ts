import { SECONDS_PER_HOUR } from '../time/day';
import { fixedZoneName, isTimezone } from '../time/zone';
import type { AnswerElement } from './answer-elements';
import type { AnswerDraftOptions } from './draft-options';
import type { LocationDraft } from './pipeline-draft';

/** Hours east of UTC of the fixed zones that there are. */
const ZONES = { first: -12, last: 14 } as const;

/** One location per element, in the order of the answer, its coordinates as stated or found. */
export function draftLocations(
  elements: readonly AnswerElement[],
  options: AnswerDraftOptions,
): LocationDraft[] {
  return elements.map((element, index) => ({
    id: locationId(index),
    name: locationId(index),
    latitude: (options.latitude ?? element.latitude)!,
    longitude: (options.longitude ?? element.longitude)!,
    timezone: zoneOf(element, options),
  }));
}

export function locationId(index: number): string {
  return `location-${index + 1}`;
}

function zoneOf({ timezone, utcOffsetSeconds }: AnswerElement, options: AnswerDraftOptions): string {
  if (options.timezone !== undefined) return options.timezone;
  if (timezone !== undefined && isTimezone(timezone)) return timezone;
  const hours = Math.trunc((utcOffsetSeconds ?? options.utcOffsetSeconds ?? 0) / SECONDS_PER_HOUR);
  return fixedZoneName(Math.min(ZONES.last, Math.max(ZONES.first, hours)));
}
