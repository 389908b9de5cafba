import { StatusLine } from '../../../cli/progress/status-line';
import { capturedSurroundings } from './captured-surroundings';

const CLEAR = '\r\u001b[K';

describe('StatusLine', () => {
  const create = () => {
    const { stderr } = capturedSurroundings({ isTTY: true });
    return { stderr, line: new StatusLine(stderr) };
  };

  test('writes lines as they are while nothing is shown', () => {
    const { stderr, line } = create();
    line.write('a log line\n');

    expect(stderr.text).toBe('a log line\n');
  });

  test('puts lines above what is shown, and shows it again', () => {
    const { stderr, line } = create();
    line.show(() => 'half done');
    line.write('a log line\n');
    line.hide();

    expect(stderr.text).toBe(`${CLEAR}half done${CLEAR}a log line\n${CLEAR}half done${CLEAR}`);
  });

  test('stays hidden once it is', () => {
    const { stderr, line } = create();
    line.show(() => 'half done');
    line.hide();
    const { text } = stderr;
    line.show(() => 'more');
    line.hide();

    expect(stderr.text).toBe(text);
  });

  test('leaves room for the ^C that a terminal echoes', () => {
    const { stderr } = capturedSurroundings({ isTTY: true });
    const line = new StatusLine(Object.assign(stderr, { columns: 60 }));
    line.show((columns) => String(columns));
    line.hide();

    expect(stderr.text).toContain('57');
  });
});
