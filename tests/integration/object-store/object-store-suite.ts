import { describeConditions } from './suite/conditions';
import { describeCopies } from './suite/copies';
import { describeDeletions } from './suite/deletions';
import { describeKeys } from './suite/keys';
import { describeListings } from './suite/listings';
import { describeMetadata } from './suite/metadata';
import { describeObjects } from './suite/objects';
import type { NewStore } from './suite/reading';

/** What every store behind the port does. */
export function describeObjectStore(newStore: NewStore): void {
  describeObjects(newStore);
  describeKeys(newStore);
  describeMetadata(newStore);
  describeConditions(newStore);
  describeCopies(newStore);
  describeDeletions(newStore);
  describeListings(newStore);
}
