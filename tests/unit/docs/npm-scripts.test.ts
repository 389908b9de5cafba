import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODE, PROJECT } from '../workflows/workflow-files';

const textOf = (file: string) => readFileSync(join(PROJECT, file), 'utf8');
const SCRIPTS: Readonly<Record<string, string>> = JSON.parse(textOf('package.json')).scripts;
const scriptsIn = (text: string) =>
  [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script]) => script!);

describe('npm scripts', () => {
  test.each([
    [
      'the workflows',
      CODE.map(({ code }) => code).join('\n'),
      ['check', 'check:policies', 'test:e2e', 'drift'],
    ],
    ['docs/runbook.md', textOf('docs/runbook.md'), ['pull-raw', 'diff', 'deploy', 'destroy', 'drift']],
    ['README.md', textOf('README.md'), ['demo', 'bench', 'synth', 'diff', 'deploy', 'destroy']],
    ['docs/deployment.md', textOf('docs/deployment.md'), ['deploy']],
    ['CONTRIBUTING.md', textOf('CONTRIBUTING.md'), ['check', 'format', 'schema', 'test:e2e']],
  ])('named in %s are there', (_, text, some) => {
    const named = scriptsIn(text);
    expect(named).toEqual(expect.arrayContaining(some));
    expect(named.filter((script) => SCRIPTS[script] === undefined)).toEqual([]);
  });
});
