import { requestAge } from '../../../modules/alarms/data-metric';
import { IngestDashboard } from '../../../modules/dashboard/ingest-dashboard';
import { DASHBOARD_COLUMNS } from '../../../modules/dashboard/widgets';
import { addFunction, addStateMachine } from './deployed-parts';
import { addresses, only, synthesize } from './synthesized-stack';

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title: string; readonly [name: string]: unknown };
}

function synthesizeDashboard() {
  return synthesize((scope, account) => {
    const { ingest, deadLetters } = addFunction(scope, account, { timeoutSeconds: 900 });
    new IngestDashboard(scope, 'Dashboard', {
      region: account.region,
      dashboardName: 'weather-dev',
      environment: 'dev',
      pipeline: 'weather-daily',
      ingest: [ingest],
      freshness: ingest,
      ingestService: 'ingest-weather-daily',
      freshnessService: 'watch-freshness',
      deadLetters,
    });
  });
}

describe('the dashboard', () => {
  const stack = synthesizeDashboard();
  const body = only(stack, 'aws_cloudwatch_dashboard').dashboard_body as string;
  const widgets: readonly Placed[] = JSON.parse(body).widgets;
  const titled = (title: string) => widgets.find(({ properties }) => properties.title === title)?.properties;

  it('has this address for ever', () => {
    expect(addresses(stack)).toContain('aws_cloudwatch_dashboard.Dashboard_B5E3F5DB');
  });

  it('is the same text every time', () => {
    expect(only(synthesizeDashboard(), 'aws_cloudwatch_dashboard').dashboard_body).toBe(body);
  });

  it('fills every row from edge to edge', () => {
    const rows = [...new Set(widgets.map(({ y }) => y))].map((top) => widgets.filter(({ y }) => y === top));

    for (const row of rows) {
      const end = row.reduce((edge, { x, width }) => (x === edge ? edge + width : Number.NaN), 0);
      expect(end).toBe(DASHBOARD_COLUMNS);
    }
  });

  it('shows how fresh the data is, as the function that watches it says', () => {
    expect(titled('Days overdue')).toMatchObject({
      region: 'eu-central-1',
      metrics: [
        [
          'IngestWeather',
          'DaysOverdue',
          'service',
          'watch-freshness',
          'environment',
          'dev',
          'pipeline',
          'weather-daily',
          { stat: 'Maximum' },
        ],
      ],
    });
  });

  it.each([
    ['Days of the runs', ['DaysPublished', 'DaysUnchanged', 'DaysPartial', 'DaysFailed']],
    ['Rows', ['RowsPublished', 'RowsQuarantined']],
    ['Requests', ['RequestsSent', 'RequestsFailed']],
    ['Errors and throttles', ['Errors', 'Throttles', 'Errors', 'Throttles']],
    ['Dead letters', ['ApproximateNumberOfMessagesVisible']],
  ])('shows %s', (title, names) => {
    const metrics = titled(title)?.metrics as readonly string[][];

    expect(metrics.map(([, name]) => name)).toEqual(names);
  });

  it('shows how near the ingest comes to its time limit', () => {
    expect(titled('Duration of the ingest')?.annotations).toEqual({
      horizontal: [{ label: 'time limit', value: 900_000 }],
    });
  });

  it('lists the last errors of both functions', () => {
    expect(titled('Last errors')?.query).toMatch(
      /^SOURCE '\/aws\/lambda\/weather-dev-ingest' \| SOURCE .* \| filter level in \["ERROR", "CRITICAL"\]/,
    );
  });
});

describe('the dashboard of orchestrated runs', () => {
  const stack = synthesize((scope, account) => {
    const { ingest, deadLetters, machine, buffer } = addStateMachine(scope, account);
    new IngestDashboard(scope, 'Dashboard', {
      region: account.region,
      dashboardName: 'weather-dev',
      environment: 'dev',
      pipeline: 'weather-daily',
      ingest: [ingest, ingest],
      freshness: ingest,
      ingestService: 'publish-run',
      freshnessService: 'watch-freshness',
      deadLetters,
      orchestration: {
        machine,
        buffer,
        requestAge: requestAge({ service: 'fetch-weather', environment: 'dev', pipeline: 'weather-daily' }),
      },
    });
  });
  const widgets: readonly Placed[] = JSON.parse(
    only(stack, 'aws_cloudwatch_dashboard').dashboard_body as string,
  ).widgets;
  const metricsOf = (title: string) =>
    widgets.find(({ properties }) => properties.title === title)?.properties.metrics as string[][];

  it.each([
    ['Executions', ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut']],
    [
      'Requests in the buffer',
      ['ApproximateNumberOfMessagesVisible', 'ApproximateNumberOfMessagesNotVisible'],
    ],
    ['Age of the oldest request, s', ['OldestRequestAge', 'ApproximateAgeOfOldestMessage']],
    ['Dead requests', ['ApproximateNumberOfMessagesVisible']],
    ['Duration of the ingest', ['Duration', 'Duration']],
  ])('shows %s', (title, names) => {
    expect(metricsOf(title).map(([, name]) => name)).toEqual(names);
  });
});
