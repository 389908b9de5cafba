import type { CostItem, CostReport } from '../core/costs/cost-report';
import { SECONDS_PER_HOUR } from '../core/time/day';
import { alignedTable } from './text/aligned-table';
import { bytesText, countText, durationText } from './text/quantities';

const BYTES_PER_GIB = 1024 ** 3;

/** A plan on paper as people read it. */
export function costText(report: CostReport): string {
  const { usd, use, standing, prices, daily } = report;
  const { region, date } = prices.noted;
  const rows = [
    ...use.map((item) => itemRow(item, report)),
    ['sum', '', '', dollars(usd.use)],
    ...standing.map((item) => itemRow(item, report)),
    ['sum', '', '', dollars(usd.standing)],
  ];
  const columns = [
    { head: daily ? 'each month' : 'once, then each month' },
    { head: 'amount', align: 'right' },
    { head: 'of' },
    { head: 'USD', align: 'right' },
  ] as const;
  return [
    sizesText(report),
    alignedTable(columns, rows),
    `${daily ? 'Each month' : `Once ${dollars(usd.use)} USD, then each month`} ${dollars(usd.monthly)} USD, by list prices of ${region} noted ${date}: check them. A key of your own in KMS and the secret of a keyed plan are included. Not counted: the source's own plan, free tiers, taxes, queries, waits for the quota, reading from elsewhere.`,
  ].join('\n\n');
}

function sizesText(report: CostReport): string {
  const { hours, calls_per_month, function_seconds, objects, stored_gib, daily } = report;
  const calls: string[][] =
    calls_per_month === null
      ? []
      : [['calls of the quota', `${countText(Math.round(calls_per_month))} a month`]];
  return alignedTable(
    [{ head: 'on AWS, orchestrated' }, { head: daily ? 'each day' : 'once' }],
    [
      ['free plan', hoursText(hours.free_plan)],
      ['keyed plan', hoursText(hours.keyed_plan)],
      ...calls,
      ['function time', durationText(function_seconds)],
      ['objects written', `raw ${countText(objects.raw)}, processed ${countText(objects.processed)}`],
      [
        daily ? 'stored after a year' : 'stored',
        `raw ${gib(stored_gib.raw)}, processed ${gib(stored_gib.processed)}, old versions ${gib(stored_gib.old_versions)}, access logs ${gib(stored_gib.access_logs)}`,
      ],
    ],
  );
}

function hoursText(hours: number | null): string {
  if (hours === null) return 'never: one request is above a limit';
  const seconds = hours * SECONDS_PER_HOUR;
  return `at least ${durationText(seconds)} (${countText(hours)} hours)`;
}

function gib(amount: number): string {
  return bytesText(Math.round(amount * BYTES_PER_GIB));
}

function itemRow({ what, amount, usd }: CostItem, { prices }: CostReport): string[] {
  return [
    what.replaceAll('_', ' '),
    countText(amount < 100 ? amount : Math.round(amount)),
    prices[what].unit,
    dollars(usd),
  ];
}

function dollars(usd: number): string {
  return usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
