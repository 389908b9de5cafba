import { runDocument, runFailures, runText } from '../../../cli/run-report';
import { SourceUnavailableError } from '../../../core/errors';
import { publishedSummary } from '../../../core/manifest/published-summary';
import type { DateResult, RunReport } from '../../../core/runs/run-parts';
import { type Day, daysBetween } from '../../../core/time/day';
import { manifestOf } from '../../lake/manifest-of';

const FACTS = { pipeline: 'test', lake: './lake', seconds: 1.5 };
const ERROR = new SourceUnavailableError('Gone.');

function reportOf(dates: readonly DateResult[], parts: Partial<RunReport> = {}): RunReport {
  return { runId: 'run', dates, failures: [], sent: 0, reused: 0, ...parts };
}

const day = (text: string) => text as Day;
const published = (date: string): DateResult => ({
  day: day(date),
  outcome: 'published',
  published: publishedSummary(manifestOf(date)),
});

describe('a run report', () => {
  test('lists requests that failed before the dates that they took with them', () => {
    const failures = [{ what: 'request 1', error: ERROR }];
    const report = reportOf(
      [published('2026-01-01'), { day: day('2026-01-02'), outcome: 'failed', error: ERROR }],
      { failures },
    );

    expect(runFailures(report).map(({ what }) => what)).toEqual(['request 1', '2026-01-02']);
    expect(runDocument(report, FACTS)).toMatchObject({
      outcomes: { published: 1, failed: 1 },
      requests: { failed: 1 },
    });
  });

  test('says why a version was not published', () => {
    const before = publishedSummary(manifestOf('2026-01-01'));
    const text = runText(
      reportOf([
        { day: day('2026-01-01'), outcome: 'kept', published: before },
        { day: day('2026-01-02'), outcome: 'superseded', published: before },
      ]),
      FACTS,
    );

    expect(text).toMatch(/^2026-01-01 +kept .*lacks locations that are published; --force/m);
    expect(text).toMatch(/^2026-01-02 +superseded .*a newer fetch is published; --force/m);
  });

  test('of a long run lists for people only what is worth a look, for machines all', () => {
    const days = daysBetween(day('2026-01-01'), day('2026-03-01'));
    const dates = days.map((date, index): DateResult => {
      if (index === 7) return { day: date, outcome: 'failed', error: ERROR };
      return index < 5 ? { day: date, outcome: 'skipped' } : published(date);
    });

    const text = runText(reportOf(dates, { sent: 3, reused: 1 }), FACTS);

    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^date /),
      expect.stringMatching(/^2026-01-08 +failed +SourceUnavailableError$/),
      '60 days · 5 skipped, 54 published, 1 failed · 3 requests sent, 1 reused · 1.5 s',
    ]);
    expect(runDocument(reportOf(dates), FACTS).dates).toHaveLength(60);
  });

  test('says that data is simulated as soon as one day is', () => {
    const simulated: DateResult = {
      day: day('2026-01-02'),
      outcome: 'published',
      published: publishedSummary(manifestOf('2026-01-02', { simulated: true })),
    };

    expect(runText(reportOf([published('2026-01-01')]), FACTS)).not.toContain('simulated');
    expect(runText(reportOf([published('2026-01-01'), simulated]), FACTS)).toContain(
      'The data is simulated.',
    );
    expect(runDocument(reportOf([published('2026-01-01'), simulated]), FACTS)).toMatchObject({
      simulated: true,
    });
  });
});
