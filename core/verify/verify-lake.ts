import { FindingBook, type VerifyReport } from './finding';
import { takeRawInventory } from './raw-inventory';
import { verifyBodies } from './verify-bodies';
import { takeLeaseInventory, verifyLeases } from './verify-leases';
import { verifyManifests } from './verify-manifests';
import { verifyOrphans } from './verify-orphans';
import type { VerifyParts } from './verify-parts';
import { verifyStaging } from './verify-staging';

/**
 * Holds a lake to what it says of itself: published objects to their manifests, raw objects to their keys, and looks for what
 * nothing refers to. Of the objects it holds a few at a time, of the lake their keys.
 *
 * @throws StorageError when the lake cannot be listed; one object that cannot be read is a finding
 */
export async function verifyLake(parts: VerifyParts): Promise<VerifyReport> {
  const book = new FindingBook();
  const leases = await takeLeaseInventory(parts, book);
  const inventory = await takeRawInventory(parts, book);
  const { promoting } = leases;
  const published = await verifyManifests({ parts, book, inventory, promoting });
  const isAllNamed = parts.span === undefined && published.unjudged.size === 0;
  await verifyBodies(parts, book, { inventory, namedBy: published.namedBy, isAllNamed });
  await verifyOrphans(parts, book, published);
  await verifyLeases(parts, book, { damaged: leases.damaged, flawed: published.flawed });
  await verifyStaging(parts, book);
  return book.report();
}
