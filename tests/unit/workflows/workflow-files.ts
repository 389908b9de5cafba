import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly 'timeout-minutes'?: number;
  readonly 'runs-on'?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface WorkflowFile {
  readonly file: string;
  readonly text: string;
  readonly workflow: Workflow;
}

export const PROJECT = resolve(__dirname, '../../..');
const FOLDER = join(PROJECT, '.github/workflows');

export const WORKFLOWS: readonly WorkflowFile[] = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return { file, text, workflow: parse(text) as Workflow };
});

/** Every job, named by its file. */
export const JOBS = WORKFLOWS.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file} ${name}`, file, job })),
);

export const STEPS = JOBS.flatMap(({ name, job }) => (job.steps ?? []).map((step) => ({ name, step })));

/** What runs as code: a shell's lines, or a script's. */
export const CODE = STEPS.flatMap(({ name, step }) =>
  [step.run, step.with?.script]
    .filter((code): code is string => typeof code === 'string')
    .map((code) => ({ name, code })),
);

export function workflowOf(file: string): Workflow {
  const found = WORKFLOWS.find((one) => one.file === file);
  if (found === undefined) throw new Error(`There is no workflow ${file}.`);
  return found.workflow;
}
