/** A list price. */
export interface Price {
  /** US dollars for `per` units. */
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
}

/** Where and when the prices below were noted down. They are list prices: check them before relying on a sum. */
export const PRICES_NOTED = { region: 'us-east-1', date: '2026-11' } as const;

/** Without free tiers, discounts and taxes. */
export const PRICES = {
  function_seconds: { usd: 0.0000133334, per: 1, unit: 'GB-second of Lambda on arm64' },
  invocations: { usd: 0.2, per: 1_000_000, unit: 'invocations of Lambda' },
  state_transitions: { usd: 0.025, per: 1_000, unit: 'state transitions of Step Functions, Standard' },
  queue_calls: { usd: 0.5, per: 1_000_000, unit: 'requests to SQS, FIFO' },
  bucket_writes: { usd: 0.005, per: 1_000, unit: 'PUT, COPY, POST and LIST requests to S3 Standard' },
  bucket_reads: { usd: 0.0004, per: 1_000, unit: 'GET and HEAD requests to S3 Standard' },
  storage: { usd: 0.023, per: 1, unit: 'GiB-month of S3 Standard' },
  log_lines: { usd: 0.5, per: 1, unit: 'GiB taken in by CloudWatch Logs' },
  alarms: { usd: 0.1, per: 1, unit: 'alarm and month of CloudWatch' },
  dashboards: { usd: 3, per: 1, unit: 'dashboard and month of CloudWatch' },
  metrics: { usd: 0.3, per: 1, unit: 'custom metric and month of CloudWatch' },
} as const satisfies Record<string, Price>;
export type PriceName = keyof typeof PRICES;

/** Dollars for an amount, in units of its price. */
export function priceOf(name: PriceName, amount: number): number {
  const { usd, per } = PRICES[name];
  return (amount / per) * usd;
}
