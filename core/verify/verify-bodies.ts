import { bodyPrefix, partOfBodyKey, requestKey } from '../keys/raw-keys';
import type { Finding, FindingBook } from './finding';
import type { DamagedBody, RawInventory } from './raw-inventory';
import { askAgain, replayAgain } from './remedies';
import { copyOf, repairBody } from './repair-body';
import type { DatePlace, VerifyParts } from './verify-parts';

export interface RawToReport {
  readonly inventory: RawInventory;
  /** A date whose manifest names the damaged body, by the body's key. */
  readonly namedBy: ReadonlyMap<string, DatePlace>;
  /** Whether every manifest was read, so that a body missing from `namedBy` is named by none. */
  readonly isAllNamed: boolean;
}

/** Tells the damaged bodies, repaired ones as such, and those whose question is lost. */
export async function verifyBodies(
  parts: VerifyParts,
  book: FindingBook,
  { inventory, namedBy, isAllNamed }: RawToReport,
): Promise<void> {
  for (const damaged of inventory.damaged.values()) {
    const copy = copyOf(damaged, inventory);
    const named = namedBy.get(damaged.key);
    const remedy = bodyRemedy({ inventory, damaged, copy, named, isAllNamed });
    if (!parts.repair || copy === undefined) {
      book.add(bodyFinding(damaged, remedy, false));
      continue;
    }
    const refusal = await repairBody(parts, damaged, copy);
    const told = refusal === undefined ? `Copied from ${copy}` : `The repair failed: ${refusal} ${remedy}`;
    book.add(bodyFinding(damaged, told, refusal === undefined));
  }
  for (const key of inventory.bodies.keys()) book.add(...withoutRequest(key, inventory));
}

function bodyFinding({ key, problem }: DamagedBody, remedy: string, repaired: boolean): Finding {
  return { kind: 'bodies', bucket: 'raw', object: key, problem, remedy, repaired };
}

interface BodyToRemedy extends Pick<RawToReport, 'isAllNamed'> {
  readonly inventory: RawInventory;
  readonly damaged: DamagedBody;
  readonly copy: string | undefined;
  readonly named: DatePlace | undefined;
}

function bodyRemedy({ inventory, damaged, copy, named, isAllNamed }: BodyToRemedy): string {
  if (copy !== undefined) return `verify --repair copies ${copy} over it`;
  const again = askAgain(damaged.part);
  const restore = `Restore it from a copy or from a former version in the bucket, or ${again}`;
  const other = otherAnswer(damaged, inventory);
  if (named === undefined && !isAllNamed) return restore;
  if (named === undefined)
    return other === undefined
      ? `${restore}. No manifest names it, so it may also be deleted`
      : `Delete it: no manifest names it, and ${other} answers the same request`;
  if (other === undefined) return restore;
  return `${replayAgain(named)}, which takes ${other} in its place; or restore it from a copy`;
}

/** A whole body of the same request. */
function otherAnswer({ part }: DamagedBody, { bodies }: RawInventory): string | undefined {
  const prefix = bodyPrefix(part);
  return [...bodies.keys()].find((key) => key.startsWith(prefix));
}

function withoutRequest(key: string, { requests }: RawInventory): Finding[] {
  const part = partOfBodyKey(key)!;
  const request = requestKey(part);
  if (requests.has(request)) return [];
  const problem = `it is an answer without its question: ${request} is not there`;
  const remedy = `Restore ${request} from a copy, or ${askAgain(part)}`;
  return [{ kind: 'orphans', bucket: 'raw', object: key, problem, remedy, repaired: false }];
}
