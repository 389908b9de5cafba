import { firstOf } from '../core/message-text';
import type { Advice } from '../core/pipeline/advice';

/** Advice as people read it, below what it is about. */
export function adviceLines(advice: readonly Advice[]): readonly string[] {
  const lines = advice.map(({ path, message }) => `  worth knowing: ${path}: ${message}`);
  return firstOf(lines, (rest) => `  worth knowing: and ${rest} more; --json has all`);
}
