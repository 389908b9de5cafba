import { type AccountAddress, callTarget } from './account-api';

interface Page {
  readonly events: readonly { readonly message: string }[];
  readonly nextToken?: string | null;
}

/** Every line of a log group, in the order of their times. */
export async function logLines(address: AccountAddress, logGroupName: string): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: Page = await callTarget(address, 'logs', 'Logs_20140328.FilterLogEvents', {
      logGroupName,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    lines.push(...page.events.map(({ message }) => message));
    nextToken = page.nextToken ?? undefined;
  } while (nextToken !== undefined);
  return lines;
}

/** The lines that are JSON objects: a logger's, and metrics in EMF. */
export function jsonLines(lines: readonly string[]): Record<string, unknown>[] {
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}
