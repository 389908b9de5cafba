/** A list price. */
export interface Price {
  /** US dollars for `per` units. */
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
}

/** Where and when the prices below were noted down. They are list prices: check them before relying on a sum. */
export const PRICES_NOTED = { region: 'us-east-1', date: '2026-11' } as const;

/**
 * Without free tiers, discounts and taxes. Beside each the page that was seen to say it, with the page's own date if it has
 * one; none of them is the price list itself but that of Step Functions, in a stored copy without a date.
 */
export const PRICES = {
  /** https://wring.co/blog/aws-lambda-pricing-guide, 2026-03-08; for us-east-1 https://cloudchipr.com/blog/aws-lambda-pricing, 2024 */
  function_seconds: { usd: 0.0000133334, per: 1, unit: 'GB-second of Lambda on arm64' },
  /** https://wring.co/blog/aws-lambda-pricing-guide, 2026-03-08, region not named */
  invocations: { usd: 0.2, per: 1_000_000, unit: 'invocations of Lambda' },
  /** https://aws.amazon.com/step-functions/pricing/, us-east-1, no date */
  state_transitions: { usd: 0.025, per: 1_000, unit: 'state transitions of Step Functions, Standard' },
  /** https://cloudburn.io/blog/amazon-sqs-pricing, us-east-1, 2026-03-14 */
  queue_calls: { usd: 0.5, per: 1_000_000, unit: 'requests to SQS, FIFO' },
  /** https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples, no date; without LIST, region not named */
  bucket_writes: { usd: 0.005, per: 1_000, unit: 'PUT, COPY, POST and LIST requests to S3 Standard' },
  /** The same page; without HEAD, region not named */
  bucket_reads: { usd: 0.0004, per: 1_000, unit: 'GET and HEAD requests to S3 Standard' },
  /** The same page, US East; it says GB */
  storage: { usd: 0.023, per: 1, unit: 'GiB-month of S3 Standard' },
  /** https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/, 2026-06-13, region not named; it says GB */
  log_lines: { usd: 0.5, per: 1, unit: 'GiB taken in by CloudWatch Logs' },
  /** https://aws.amazon.com/de/xray/pricing/, no date, region not named */
  traces: { usd: 5, per: 1_000_000, unit: 'traces taken in by X-Ray' },
  /** https://www.wring.co/blog/aws-kms-pricing-guide, no date, region not named */
  keys: { usd: 1, per: 1, unit: 'key of your own and month of KMS' },
  /** The same page */
  key_calls: { usd: 0.03, per: 10_000, unit: 'requests to KMS' },
  /** https://hivebook.wiki/wiki/aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms, no date, region not named */
  secrets: { usd: 0.4, per: 1, unit: 'secret and month of Secrets Manager' },
  /** https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm, no date, region not named; of an expression each metric counts */
  alarms: { usd: 0.1, per: 1, unit: 'metric of an alarm and month of CloudWatch' },
  /** https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/, 2026-06-13, region not named */
  dashboards: { usd: 3, per: 1, unit: 'dashboard and month of CloudWatch' },
  /** https://signoz.io/guides/cloudwatch-pricing, 2026-02-15, the first 10,000, region not named */
  metrics: { usd: 0.3, per: 1, unit: 'custom metric and month of CloudWatch' },
} as const satisfies Record<string, Price>;
export type PriceName = keyof typeof PRICES;

/** Dollars for an amount, in units of its price. */
export function priceOf(name: PriceName, amount: number): number {
  const { usd, per } = PRICES[name];
  return (amount / per) * usd;
}
