import { isAhead } from '../time/ahead';
import { type Manifest, manifestSchema } from './manifest';

/**
 * Whether a manifest tells readers the same as another, so that it can stay. Run and code version only say who wrote it; equal
 * answers that were fetched again are no new version, so the time of the fetch may differ as long as it is possible.
 *
 * @param now milliseconds since the epoch
 */
export function saysTheSame(former: Manifest, manifest: Manifest, now: number): boolean {
  const isPossible = former.fetched_at === manifest.fetched_at || !isAhead(former.fetched_at, now);
  return isPossible && reliedOn(former) === reliedOn(manifest);
}

/** All that a reader may rely on, as text; the schema puts the keys in one order. */
function reliedOn(manifest: Manifest): string {
  const { run_id: _, code_version: __, fetched_at: ___, ...facts } = manifestSchema.parse(manifest);
  return JSON.stringify(facts);
}
