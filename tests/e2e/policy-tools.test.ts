import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePython } from '../../scripts/policies/python-environment';

const folder = mkdtempSync(join(tmpdir(), 'python-'));
const requirements = join(folder, 'requirements.txt');
const venv = join(folder, 'venv');

beforeAll(() => {
  process.env.PIP_NO_INDEX = '1';
});

afterAll(() => {
  delete process.env.PIP_NO_INDEX;
  rmSync(folder, { recursive: true, force: true });
});

it('tools that cannot be installed are an error that says what is needed, and do not count as installed', () => {
  writeFileSync(requirements, 'a-package-of-nobody==1.0.0\n');

  expect(() => preparePython({ folder: venv, requirements })).toThrow(
    /pip could not install what .*requirements\.txt names\. It needs PyPI, or the index/,
  );
  expect(existsSync(join(venv, 'requirements.txt'))).toBe(false);
});

it('tools that are installed need no network', () => {
  const installed = join(folder, 'installed');
  mkdirSync(installed);
  for (const file of [requirements, join(installed, 'requirements.txt')])
    writeFileSync(file, 'a-package-of-nobody==1.0.0\n');

  expect(preparePython({ folder: installed, requirements })).toContain(installed);
});
