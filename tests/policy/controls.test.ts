import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPolicyExceptions, speaksOf } from '../../scripts/policies/policy-exceptions';
import {
  type Stacks,
  type SynthesizedStacks,
  synthesizeStacks,
} from '../../scripts/policies/synthesized-stacks';
import { ALL_CONTROLS } from './controls/all-controls';
import { broken, type Control, concerned, violations } from './controls/control';

const exceptions = readPolicyExceptions();
const named = ALL_CONTROLS.map((control) => [control.ids.join(', '), control.rule, control] as const);
let outdir: string;
let stacks: Stacks;
let environments: SynthesizedStacks['environments'];

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'policies-'));
  ({ stacks, environments } = synthesizeStacks(outdir));
});

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe('every stack of every environment', () => {
  it.each(named)('%s: %s', (_ids, _rule, control) => {
    const unexcused = violations(control, stacks).filter((address) => !isExcused(control, address));

    expect(unexcused).toEqual([]);
  });
});

describe('every control', () => {
  it.each(named)('%s looks at something, and can fail', (_ids, _rule, control) => {
    expect(concerned(control, stacks)).not.toHaveLength(0);
    expect(violations(control, broken(control, stacks))).not.toHaveLength(0);
  });

  it('has names of its own', () => {
    const ids = ALL_CONTROLS.flatMap((control) => control.ids);

    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

describe('every exception', () => {
  it.each(
    exceptions.map((exception) => [exception.controls.join(', '), exception.resource, exception] as const),
  )('%s for %s is needed', (_controls, _resource, exception) => {
    const needed = ALL_CONTROLS.filter(({ ids }) => ids.some((id) => exception.controls.includes(id)))
      .flatMap((control) => violations(control, stacks))
      .some((address) => speaksOf(exception, address, environments));

    expect(needed).toBe(true);
  });
});

function isExcused({ ids }: Control, address: string): boolean {
  return exceptions.some(
    (exception) =>
      exception.controls.some((id) => ids.includes(id)) && speaksOf(exception, address, environments),
  );
}
