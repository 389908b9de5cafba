import * as z from 'zod';
import { SourceUnavailableError, StorageError } from '../../core/errors';
import { readDocument, writeDocument } from '../../core/json-document';
import { quotaKey } from '../../core/keys/processed-keys';
import type { QuotaPatience } from '../../core/ports/weather-source';
import type { QuotaAccount } from './quota-book';
import { QUOTA_WINDOWS, type QuotaRules, type QuotaState } from './quota-ledger';
import type { QuotaWindowState } from './quota-window';

export const QUOTA_SCHEMA_VERSION = 1;

const WAY_OUT =
  'Nothing is sent while nobody knows what is left of the quota. Delete the object when no run is under way: it then counts from zero.';

const instant = z.iso.datetime();
const weight = z.number().nonnegative();
const index = z.number().int().nonnegative();

const windowSchema = z.object({
  seconds: z.number().positive(),
  /** Weight by window; window `n` begins at `n` lengths since the epoch. */
  used: z.record(z.string().regex(/^\d+$/), weight),
  /** Requests that nobody has settled, with the windows that each counts in. */
  under_way: z.array(z.object({ id: z.string(), weight, first: index, last: index, expires_at: instant })),
  closed: z.object({ until: instant, reason: z.enum(['quota', 'shared_quota']) }).optional(),
});
type WindowDocument = z.output<typeof windowSchema>;

const quotaSchema = z.object({
  schema_version: z.literal(QUOTA_SCHEMA_VERSION),
  host: z.string(),
  plan: z.enum(['free', 'keyed']),
  windows: z.object({ minute: windowSchema, hour: windowSchema, day: windowSchema }),
});
type QuotaDocument = z.output<typeof quotaSchema>;

export function writeQuota(account: QuotaAccount, rules: QuotaRules, state: QuotaState): Uint8Array {
  const windowOf = (name: QuotaPatience) => windowDocument(rules.windows[`${name}Seconds`], state[name]);
  const document: QuotaDocument = {
    schema_version: QUOTA_SCHEMA_VERSION,
    host: account.host,
    plan: account.plan,
    windows: { minute: windowOf('minute'), hour: windowOf('hour'), day: windowOf('day') },
  };
  return writeDocument(document);
}

/**
 * What is known of an account; `undefined` when nothing that was counted matters any more.
 *
 * @throws StorageError for an object that is damaged or another account's; SourceUnavailableError when its windows have other
 *   lengths than the rules and are not over
 */
export function readQuota(
  bytes: Uint8Array,
  account: QuotaAccount,
  { rules, now }: { readonly rules: QuotaRules; readonly now: number },
): QuotaState | undefined {
  const document = readAccount(bytes, account);
  const { windows } = document;
  if (QUOTA_WINDOWS.some((name) => windows[name].seconds !== rules.windows[`${name}Seconds`])) {
    const until = Math.max(...QUOTA_WINDOWS.map((name) => endOf(windows[name], rules.marginSeconds)));
    if (now < until) throw otherWindows(account, until);
    return undefined;
  }
  return { minute: stateOf(windows.minute), hour: stateOf(windows.hour), day: stateOf(windows.day) };
}

function readAccount(bytes: Uint8Array, account: QuotaAccount): QuotaDocument {
  const key = quotaKey(account);
  const document = readDocument(bytes, quotaSchema, key, WAY_OUT);
  const { host, plan } = document;
  if (host === account.host && plan === account.plan) return document;
  throw new StorageError(`The object ${key} counts for ${host} on the ${plan} plan. ${WAY_OUT}`, {
    context: { key },
  });
}

/** When the last that a window has counted is past. */
function endOf({ seconds, used, under_way, closed }: WindowDocument, marginSeconds: number): number {
  const counted = Object.keys(used).map((number) => ((Number(number) + 1) * seconds + marginSeconds) * 1000);
  const instants = [...under_way.map(({ expires_at }) => expires_at), ...(closed ? [closed.until] : [])];
  return Math.max(0, ...counted, ...instants.map((text) => Date.parse(text)));
}

function otherWindows(account: QuotaAccount, until: number): SourceUnavailableError {
  const key = quotaKey(account);
  const retryAt = new Date(until).toISOString();
  const message = `The quota of ${account.host} is counted in windows of other lengths (${key}). Give every pipeline the same, or try again from ${retryAt}.`;
  return new SourceUnavailableError(message, { context: { key, retry_at: retryAt } });
}

function windowDocument(seconds: number, { used, underWay, closed }: QuotaWindowState): WindowDocument {
  return {
    seconds,
    used: Object.fromEntries([...used].sort(([one], [other]) => one - other)),
    under_way: underWay.map(({ expiresAt, ...rest }) => ({
      ...rest,
      expires_at: new Date(expiresAt).toISOString(),
    })),
    ...(closed === undefined
      ? {}
      : { closed: { until: new Date(closed.until).toISOString(), reason: closed.closure } }),
  };
}

function stateOf({ used, under_way, closed }: WindowDocument): QuotaWindowState {
  return {
    used: new Map(Object.entries(used).map(([number, counted]) => [Number(number), counted])),
    underWay: under_way.map(({ expires_at, ...rest }) => ({ ...rest, expiresAt: Date.parse(expires_at) })),
    closed: closed === undefined ? undefined : { until: Date.parse(closed.until), closure: closed.reason },
  };
}
