import type { AlarmMetric } from '../alarms/alarm';

/** Columns of a CloudWatch dashboard. */
export const DASHBOARD_COLUMNS = 24;
const HEIGHT = 6;

export interface Widget {
  readonly type: 'metric' | 'log';
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface GraphProps {
  readonly title: string;
  readonly region: string;
  readonly metrics: readonly AlarmMetric[];
  /** Length of one period. */
  readonly periodSeconds: number;
  /** A horizontal line, by its label. */
  readonly line?: { readonly label: string; readonly value: number };
}

/** Each metric by its own name, over time. */
export function graph({ title, region, metrics, periodSeconds, line }: GraphProps): Widget {
  return {
    type: 'metric',
    properties: {
      title,
      region,
      view: 'timeSeries',
      period: periodSeconds,
      metrics: metrics.map(metricRow),
      yAxis: { left: { min: 0 } },
      ...(line && { annotations: { horizontal: [line] } }),
    },
  };
}

/** What a CloudWatch Logs Insights query finds. */
export function logTable(title: string, region: string, logGroups: readonly string[], query: string): Widget {
  const sources = logGroups.map((name) => `SOURCE '${name}'`).join(' | ');
  return { type: 'log', properties: { title, region, view: 'table', query: `${sources} | ${query}` } };
}

/** The body of a dashboard: the rows from top to bottom, the widgets of a row side by side in equal shares. */
export function dashboardBody(rows: readonly (readonly Widget[])[]): string {
  const widgets = rows.flatMap((row, y) =>
    row.map((widget, x) => ({
      ...widget,
      x: (x * DASHBOARD_COLUMNS) / row.length,
      y: y * HEIGHT,
      width: DASHBOARD_COLUMNS / row.length,
      height: HEIGHT,
    })),
  );
  return JSON.stringify({ widgets });
}

function metricRow({ namespace, name, statistic, dimensions }: AlarmMetric): readonly unknown[] {
  return [namespace, name, ...Object.entries(dimensions).flat(), { stat: statistic }];
}
