import { StorageError } from '../errors';

/**
 * What the work gives, or what is wrong with the object that it read, in words: one that is damaged must not end the
 * verification of the others.
 */
export function orProblem<T extends object>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const { reason } = error.context;
    return typeof reason === 'string' ? `it ${reason}` : error.message.trim();
  }
}
