import type { Advice } from '../core/pipeline/advice';

/** Advice as people read it, below what it is about. */
export function adviceLines(advice: readonly Advice[]): string[] {
  return advice.map(({ path, message }) => `  worth knowing: ${path}: ${message}`);
}
