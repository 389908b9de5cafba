import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { addBackfillCommand } from '../../../cli/commands/backfill';
import { addCheckCommand } from '../../../cli/commands/check';
import { addPlanCommand } from '../../../cli/commands/plan';
import { addQueryCommand } from '../../../cli/commands/query';
import { addRedriveCommand } from '../../../cli/commands/redrive';
import { addReplayCommand } from '../../../cli/commands/replay';
import { addStatusCommand } from '../../../cli/commands/status';
import { addVerifyCommand } from '../../../cli/commands/verify';
import { addGlobalOptions } from '../../../cli/global-options';
import * as errors from '../../../core/errors';
import { synthesizeDeployment } from '../../stacks/synthesize';

const PROJECT = resolve(__dirname, '../../..');
const textOf = (file: string) => readFileSync(join(PROJECT, file), 'utf8');

const RUNBOOK = textOf('docs/runbook.md');
const SHELL = [...RUNBOOK.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code!);
/** As GitHub makes them. */
const ANCHORS = [...RUNBOOK.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

const ALARMS = 'modules/alarms';
const LINKED = readdirSync(join(PROJECT, ALARMS)).flatMap((file) =>
  [...textOf(join(ALARMS, file)).matchAll(/anchor: '([\w-]+)'/g)].map(([, anchor]) => anchor!),
);

/** The command, with what the runbook uses of it. */
function program(): Command {
  const command = addGlobalOptions(new Command('ingest-weather'));
  const run = async () => undefined;
  const all = [addBackfillCommand, addCheckCommand, addPlanCommand, addQueryCommand, addRedriveCommand];
  for (const add of [...all, addReplayCommand, addStatusCommand, addVerifyCommand]) add(command, run);
  return command;
}

describe('the runbook', () => {
  test('has a section for every alarm', () => {
    expect(LINKED.length).toBeGreaterThanOrEqual(9);
    expect(LINKED.filter((anchor) => !ANCHORS.includes(anchor))).toEqual([]);
  });

  test('lists all of its sections in the beginning', () => {
    const index = RUNBOOK.slice(0, RUNBOOK.indexOf('\n## '));
    const sections = [...RUNBOOK.matchAll(/^### (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

    expect(sections.length).toBeGreaterThan(30);
    expect(sections.filter((anchor) => !index.includes(`](#${anchor})`))).toEqual([]);
  });

  test('says of every error what it means', () => {
    const names = Object.values(errors)
      .filter((error) => error.prototype instanceof errors.IngestError)
      .map((error) => new (error as typeof errors.ConfigError)('', []).name);

    expect(names).toContain('MessagingError');
    expect(names.filter((name) => !RUNBOOK.includes(`\n| \`${name}\` | `))).toEqual([]);
  });

  test('links to sections that there are, each heading once', () => {
    const links = [...RUNBOOK.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor!);
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((anchor) => !ANCHORS.includes(anchor))).toEqual([]);
    expect(new Set(ANCHORS).size).toBe(ANCHORS.length);
  });

  test('tells of each alarm what happened, what readers see and where to look first', () => {
    const alarms = RUNBOOK.slice(RUNBOOK.indexOf('\n## Alarms'), RUNBOOK.indexOf('\n## By hand'));
    const sections = alarms.split('\n### ').slice(1);
    expect(sections).toHaveLength(new Set(LINKED).size);
    for (const section of sections) {
      expect(section).toMatch(/\*\*What happened\.\*\*[\s\S]*\*\*Readers\*\*[\s\S]*\*\*Look first/);
    }
  });

  test('has shell lines that parse', () => {
    expect(SHELL.length).toBeGreaterThan(20);
    for (const code of SHELL) {
      const { stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
      expect({ code, stderr }).toEqual({ code, stderr: '' });
    }
  });

  test('compares the target of the schedule with what each mode has in its place', () => {
    const [, section = ''] = /^### Schedule delivery\n([\s\S]*?)^### /m.exec(RUNBOOK) ?? [];

    expect(section).toMatch(/--function-name "\$FUNCTION"[^`]*Target:FunctionArn/);
    expect(section).toMatch(/--state-machine-arn "\$MACHINE"[^`]*Target:stateMachineArn/);
  });

  test('calls by their names what the stacks make', () => {
    const { lake, ingest } = synthesizeDeployment();
    const orchestrated = synthesizeDeployment({ environment: { mode: 'orchestrated' } });
    const made = [lake, ingest, orchestrated.ingest]
      .flatMap(({ resource }) => Object.values(resource).flatMap((byName) => Object.values(byName)))
      .map(({ name, alarm_name }) => name ?? alarm_name);
    const names = SHELL.join('').matchAll(/--(?:name|alarm-names|queue-name) ("?[^\s"]+"?)/g);
    const called = [...names].map(([, name]) => name!.replaceAll('"', '').replace('$PREFIX', 'weather-test'));

    expect(called.length).toBeGreaterThan(3);
    expect(called.filter((name) => !made.includes(name))).toEqual([]);
  });

  test('calls the command with options that it has', () => {
    const calls = [...RUNBOOK.matchAll(/npx ingest-weather ([a-z]+)([^\n`]*)/g)];
    expect(calls.length).toBeGreaterThan(5);
    for (const [, name, rest = ''] of calls) {
      const command = program().commands.find((one) => one.name() === name);
      const known = [...(command?.options ?? []), ...program().options].map(({ long }) => long);
      const used = [...rest.matchAll(/ (--[a-z-]+)/g)].map(([, option]) => option);
      expect({ name, unknown: used.filter((option) => !known.includes(option)) }).toEqual({
        name,
        unknown: [],
      });
      expect(command).toBeDefined();
    }
  });
});
