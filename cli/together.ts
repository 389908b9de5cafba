import { ConfigError } from '../core/errors';

type Works<T extends readonly unknown[]> = { readonly [K in keyof T]: () => T[K] | Promise<T[K]> };

/** Does all of the work, so that every mistake of the command line and its files is told at once. @throws ConfigError */
export async function together<T extends readonly unknown[]>(...works: Works<T>): Promise<T> {
  const results = await Promise.allSettled(works.map(async (work) => work()));
  const reasons: unknown[] = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  if (reasons.length > 0) throw joined(reasons);
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

function joined(reasons: readonly unknown[]): unknown {
  const mistakes = reasons.filter((reason) => reason instanceof ConfigError);
  if (mistakes.length < reasons.length) return reasons.find((reason) => !(reason instanceof ConfigError));
  if (mistakes.length === 1) return mistakes[0];
  const subjects = new Set(mistakes.map(({ message }) => message.split('\n')[0]));
  return new ConfigError(
    [...subjects].join(' '),
    mistakes.flatMap(({ problems }) => problems),
  );
}
