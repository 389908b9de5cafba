import { ConfigError } from '../../../../core/errors';

/** Path and message of every problem that a ConfigError lists. */
export function adviceOf(work: () => unknown): [path: string, message: string][] {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path, message }) => [path, message]);
    throw error;
  }
  return [];
}
