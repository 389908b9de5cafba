import { SourceContractError } from '../../../../core/errors';

/** The contract error that the call ends with. */
export function refusalOf(call: () => unknown): SourceContractError {
  try {
    call();
  } catch (error) {
    if (error instanceof SourceContractError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
