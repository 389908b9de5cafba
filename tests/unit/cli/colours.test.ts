import { hasColours } from '../../../cli/colours';
import { createLogger } from '../../../cli/logger';
import { capturedSurroundings } from './captured-surroundings';

describe('hasColours', () => {
  test.each([
    ['a terminal', true, {}, true],
    ['a file', false, {}, false],
    ['a dumb terminal', true, { TERM: 'dumb' }, false],
    ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['a file with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['a file with both', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('%s', (_, isTTY, env, colours) => {
    expect(hasColours({ isTTY }, env)).toBe(colours);
  });
});

describe('log lines', () => {
  const logged = (isTTY: boolean, env: Record<string, string>) => {
    const surroundings = { ...capturedSurroundings({ isTTY }), env };
    createLogger({}, surroundings, {}).warn('Careful', {});
    return surroundings.stderr.text;
  };
  const ESCAPE = '\u001b[';

  test.each([
    ['on a terminal', true, {}, true],
    ['with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['in a file with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ])('%s', (_, isTTY, env, coloured) => {
    expect(logged(isTTY, env).includes(ESCAPE)).toBe(coloured);
  });
});
