import { CODE, JOBS, STEPS, WORKFLOWS, workflowOf } from './workflow-files';

const OIDC = 'aws-actions/configure-aws-credentials';
const CHECKOUT = 'actions/checkout';
/** As a workflow writes it. */
const expression = (name: string) => `\${{ ${name} }}`;
const usesOf = (action: string) => STEPS.filter(({ step }) => step.uses?.startsWith(`${action}@`));

describe('every workflow', () => {
  test('is read: there are four', () => {
    expect(WORKFLOWS.map(({ file }) => file)).toEqual(['check.yml', 'deploy.yml', 'diff.yml', 'drift.yml']);
    expect(CODE.length).toBeGreaterThan(20);
  });

  test.each(WORKFLOWS)('$file pins each action by its commit and names its version beside it', ({ text }) => {
    const lines = text.split('\n').filter((line) => /\buses:/.test(line) && !/uses: \.\//.test(line));
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('pins one commit of an action everywhere', () => {
    const pins = new Set(STEPS.flatMap(({ step }) => (step.uses === undefined ? [] : [step.uses])));
    const actions = [...pins].map((pin) => pin.split('@')[0]);
    expect(actions).toHaveLength(new Set(actions).size);
  });

  test.each(WORKFLOWS)('$file may do nothing that a job does not ask for', ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
  });

  test.each(JOBS)('$name asks for what it needs and no more', ({ job }) => {
    const takesRole = job.steps?.some(({ uses }) => uses?.startsWith(`${OIDC}@`)) ?? false;
    const comments = job.steps?.some(({ uses }) => uses?.startsWith('actions/github-script@')) ?? false;
    expect(job.permissions).toEqual({
      ...(comments ? { 'pull-requests': 'write' } : { contents: 'read' }),
      ...(takesRole ? { 'id-token': 'write' } : {}),
    });
  });

  test.each(JOBS.filter(({ job }) => job.uses === undefined))('$name ends in time', ({ job }) => {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(45);
  });

  test('interpolates nothing into code, so that no title or branch can become a command', () => {
    expect(CODE.filter(({ code }) => code.includes('${{'))).toEqual([]);
  });

  test('holds no key: roles are taken by OIDC, from variables, and no secret is named', () => {
    for (const { text } of WORKFLOWS) {
      expect(text).not.toMatch(/secrets\.|aws-access-key-id|aws-secret-access-key|AKIA|arn:aws/i);
    }
    for (const { step } of usesOf(OIDC)) {
      expect(step.with?.['role-to-assume']).toMatch(/^\$\{\{ (vars\.AWS_|matrix\.role)/);
      expect(Object.keys(step.with ?? {}).sort()).toEqual([
        'aws-region',
        'role-duration-seconds',
        'role-session-name',
        'role-to-assume',
      ]);
    }
  });

  test('leaves no token of the repository behind in the checkout', () => {
    expect(usesOf(CHECKOUT).length).toBeGreaterThan(0);
    for (const { step } of usesOf(CHECKOUT)) expect(step.with?.['persist-credentials']).toBe(false);
  });

  test('never runs code of a stranger with rights: no pull_request_target, no workflow_run', () => {
    for (const { workflow } of WORKFLOWS) {
      expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
      expect(Object.keys(workflow.on)).not.toContain('workflow_run');
    }
  });

  test('never turns off the lock that a deployment takes', () => {
    for (const { text } of WORKFLOWS) expect(text).not.toMatch(/TF_CLI_ARGS|-lock=/);
    for (const { code } of CODE) expect(code).not.toMatch(/terraform |cdktf /);
  });

  test('installs before it takes a role, so that no install script meets credentials', () => {
    for (const { name, job } of JOBS) {
      const steps = job.steps ?? [];
      const role = steps.findIndex(({ uses }) => uses?.startsWith(`${OIDC}@`));
      const install = steps.findIndex(({ run }) => run?.startsWith('npm ci'));
      if (role >= 0)
        expect({ name, inOrder: install >= 0 && install < role }).toEqual({ name, inOrder: true });
    }
  });
});

describe('check.yml', () => {
  const { on, jobs } = workflowOf('check.yml');

  test('runs on every push but those to main, where deploying calls it', () => {
    expect(on).toMatchObject({ push: { 'branches-ignore': ['main'] } });
    expect(on).toHaveProperty('workflow_call');
    expect(workflowOf('deploy.yml').jobs.check?.uses).toBe('./.github/workflows/check.yml');
  });

  test('covers every Node that package.json promises', () => {
    expect(jobs.tests).toMatchObject({ strategy: { matrix: { node: [20, 22, 24] } } });
  });
});

describe('diff.yml', () => {
  const { jobs } = workflowOf('diff.yml');

  test('gives a fork no role', () => {
    expect(jobs.plan?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
  });

  test('comments from a job that runs no code of the branch', () => {
    expect(jobs.comment?.steps?.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/github-script']);
  });
});

describe('deploy.yml', () => {
  const { on, jobs } = workflowOf('deploy.yml');

  test('deploys main only: checks, then dev, then a plan to read, then prod behind its approval', () => {
    expect(on).toEqual({ push: { branches: ['main'] } });
    expect(Object.entries(jobs).map(([name, { needs, environment }]) => [name, needs, environment])).toEqual([
      ['check', undefined, undefined],
      ['dev', 'check', 'dev'],
      ['plan', 'dev', undefined],
      ['prod', 'plan', 'prod'],
    ]);
  });

  test('says which variables belong to the repository: a job without an environment sees no others', () => {
    const { text } = WORKFLOWS.find(({ file }) => file === 'deploy.yml')!;
    const ofEnvironments = /^# Variables? of the environments dev and prod: ([A-Z_, ]+)\./m.exec(text)?.[1];
    expect(ofEnvironments).toBe('AWS_DEPLOY_ROLE_ARN');
    for (const [name, { environment, steps }] of Object.entries(jobs)) {
      const named = JSON.stringify(steps ?? []).includes('vars.AWS_DEPLOY_ROLE_ARN');
      expect({ name, named }).toEqual({ name, named: environment !== undefined });
    }
  });

  test('applies to prod only what was planned in the job that was read: its digest goes from job to job', () => {
    const runs = (name: string) => jobs[name]?.steps?.map(({ run }) => run);
    const [deploying] = jobs.prod?.steps?.slice(-1) ?? [];

    expect(runs('plan')).toContain('npm run --silent diff -- prod --approval-to "$RUNNER_TEMP/approval"');
    expect(jobs.plan?.outputs).toEqual({ approval: expression('steps.shown.outputs.approval') });
    expect(deploying).toEqual({
      run: 'npm run deploy -- prod --approved "$APPROVED"',
      env: { APPROVED: expression('needs.plan.outputs.approval') },
    });
  });

  test.each(['dev', 'plan', 'prod'])('ends %s before it takes a role when main has moved on', (name) => {
    const steps = jobs[name]?.steps ?? [];
    const check = steps.findIndex(({ run }) => run === 'npm run --silent check:main');
    const role = steps.findIndex(({ uses }) => uses?.startsWith(`${OIDC}@`));

    expect(check).toBeGreaterThan(0);
    expect(check).toBeLessThan(role);
    expect(steps[check]?.env).toEqual({ GH_TOKEN: expression('github.token') });
  });

  test.each(['dev', 'prod'])('never runs two deployments of %s at once, nor ends one half-way', (name) => {
    expect(jobs[name]).toMatchObject({
      concurrency: { group: `deploy-${name}`, 'cancel-in-progress': false },
    });
  });
});

describe('drift.yml', () => {
  test('asks every night, and a changed plan is a failure', () => {
    const { on, jobs } = workflowOf('drift.yml');
    expect(on).toMatchObject({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }] });
    const [last] = jobs.drift?.steps?.slice(-1) ?? [];
    expect(last?.run).toBe('npm run --silent drift -- "$TARGET"');
  });
});
