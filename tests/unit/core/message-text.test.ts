import fc from 'fast-check';
import { ConfigError, StorageError } from '../../../core/errors';
import { oneLine } from '../../../core/message-text';

describe('the message of an error', () => {
  it('escapes the control characters of what it was given, in every place', () => {
    const path = '\u001b[2J\u0007path';
    const error = new ConfigError(`The file ${path}\nis wrong:`, [
      { path, message: 'no \u009b31m\u202esuch\r key', received: 'a\nb\u2028c\u007f' },
    ]);

    expect(error.message).toBe(
      [
        'The file \\u001b[2J\\u0007path\\nis wrong:',
        '  - \\u001b[2J\\u0007path: no \\u009b31m\\u202esuch\\r key (received a\\nb\\u2028c\\u007f)',
      ].join('\n'),
    );
  });

  it('shows the details of a problem below it, the control characters in them escaped', () => {
    const details = ['', 'LINE 1: SELECT \u001b[2J', '               ^'];
    const error = new ConfigError('Wrong:', [{ path: 'sql', message: 'no', details }]);

    expect(error.message).toBe('Wrong:\n  - sql: no\n\n    LINE 1: SELECT \\u001b[2J\n                   ^');
  });

  it('holds no control character but the ends of its lines, and stays short, whatever it is made of', () => {
    const any = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(any, any, any, fc.nat(400), (subject, path, received, times) => {
        const problems = Array.from({ length: times }, () => ({
          path,
          message: received.repeat(times),
          received,
        }));
        for (const error of [new ConfigError(subject.repeat(times), problems), new StorageError(path)]) {
          expect(error.message).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/u);
          expect(error.message.length).toBeLessThan(50_000);
        }
      }),
    );
  });

  it('shows the first 20 of 20,000 problems and counts the others, which it still has', () => {
    const problems = Array.from({ length: 20_000 }, (_, index) => ({
      path: `row ${index}`,
      message: 'is bad',
    }));

    const { message, problems: kept } = new ConfigError('The rows are bad:', problems);

    expect(message.split('\n')).toHaveLength(22);
    expect(message).toContain('row 19: is bad\n  - and 19980 more');
    expect(kept).toHaveLength(20_000);
  });

  it.each([
    ['the path of a problem', (long: string) => new ConfigError('Wrong:', [{ path: long, message: 'x' }])],
    [
      'what was received',
      (long: string) => new ConfigError('Wrong:', [{ path: '', message: 'x', received: long }]),
    ],
    ['the subject', (long: string) => new ConfigError(long, [])],
    ['another error', (long: string) => new StorageError(long)],
  ])('leaves out the middle of %s of 100 kB', (_what, make) => {
    const { message } = make(`begin${'x'.repeat(100_000)}end`);

    expect(message).toMatch(/begin.*characters.*end/s);
    expect(message.length).toBeLessThan(25_000);
  });

  it('leaves what is short and printable as it is', () => {
    expect(oneLine('Zürich 😀 \\u001b')).toBe('Zürich 😀 \\u001b');
  });
});
