import { firstOf } from '../core/message-text';
import type { Advice } from '../core/pipeline/advice';
import type { CommandResult } from './command-runner';

/** Advice as people read it, below what it is about. */
export function adviceLines(advice: readonly Advice[]): readonly string[] {
  const lines = advice.map(({ path, message }) => `  worth knowing: ${path}: ${message}`);
  return firstOf(lines, (rest) => `  worth knowing: and ${rest} more; --json has all`);
}

/** A result with what is worth knowing of it, for people and machines. */
export function withAdvice(result: CommandResult, advice: readonly Advice[]): CommandResult {
  if (advice.length === 0) return result;
  return {
    ...result,
    document: { ...result.document, warnings: advice },
    text: () => [result.text(), ...adviceLines(advice)].join('\n'),
  };
}
