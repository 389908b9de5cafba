import { ConfigError, type ConfigProblem } from '../core/errors';

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
  const [title, ...others] = new Set(mistakes.map(({ message }) => message.split('\n')[0]!));
  if (others.length > 0) return new SeveralMistakes(mistakes);
  return mistakes.length === 1 ? mistakes[0] : new ConfigError(title!, problemsOf(mistakes));
}

const TITLE = 'Several things are wrong:';

/** Mistakes of several kinds, each under its own title. */
class SeveralMistakes extends ConfigError {
  constructor(mistakes: readonly ConfigError[]) {
    super(TITLE, problemsOf(mistakes));
    this.message = [TITLE, ...mistakes.map(({ message }) => message.replace(/^/gm, '  '))].join('\n');
  }
}

function problemsOf(mistakes: readonly ConfigError[]): ConfigProblem[] {
  return mistakes.flatMap(({ problems }) => problems);
}
