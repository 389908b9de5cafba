import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeployedPipelineObject } from './deployed-pipeline-object';
import type { Deployment } from './deployment';
import { DeploymentScript } from './deployment-script';
import { whileLocked } from './hold-lock';

const STATES = ['terraform.weather-lake-dev.tfstate', 'terraform.weather-ingest-dev.tfstate'];

/** What `npm run diff` and `npm run drift` say, from the first deployment on. */
export function describePlans(deployment: Deployment): void {
  const root = join(deployment.root, 'planned');
  const [lake] = STATES.map((state) => join(root, state)) as [string];
  let script: DeploymentScript;
  beforeAll(async () => {
    script = await DeploymentScript.prepare(deployment, root);
  });

  it('show what the first deployment makes, and which stack is planned after the other', async () => {
    const { code, output } = await script.run('diff');

    expect(output).toMatch(/\nweather-lake-dev\n[\s\S]*Plan: \d+ to add, 0 to change, 0 to destroy\./);
    expect(output).toMatch(
      /\nweather-ingest-dev cannot be planned yet, .* weather-lake-dev is not deployed\. npm run deploy -- dev /,
    );
    expect(code).toBe(0);
  });

  it('find no change once all is deployed, though a deployment holds the lock', async () => {
    for (const state of STATES) copyFileSync(join(deployment.root, state), join(root, state));

    const { code, output, errors } = await whileLocked(lake, () => script.run('diff'));

    expect(errors).not.toContain('Error');
    expect(output.match(/No changes\./g)).toHaveLength(2);
    expect(code).toBe(0);
  });

  it('tell a change when the deployed pipeline was replaced by hand, its tags kept', async () => {
    const pipeline = new DeployedPipelineObject(deployment);
    const deployed = await pipeline.read();
    await pipeline.write({ ...deployed, body: deployed.body.replace('"name"', '"name" '), metadata: {} });

    const { code, output, errors } = await script.run('drift');

    expect(output).toMatch(/aws_s3_object\.Pipeline_Object_\w+ will be updated in-place/);
    expect(errors).toMatch(/^weather-ingest-dev is not deployed as the sources say\.$/m);
    expect(errors).not.toMatch(/^weather-lake-dev/m);
    expect(code).toBe(2);
  });

  it('apply what was approved, and nothing else', async () => {
    const pipeline = new DeployedPipelineObject(deployment);
    const file = join(root, 'approval');
    const shown = await script.run('diff', '--approval-to', file);
    const approval = readFileSync(file, 'utf8');
    const other = approval.replace(/[0-9a-f]{64}$/, '0'.repeat(64));

    const refused = await script.run('deploy', '--approved', other);
    const { body: untouched } = await pipeline.read();
    const applied = await script.run('deploy', '--approved', approval);
    const { body: restored } = await pipeline.read();

    expect([shown.code, refused.code, applied.code]).toEqual([0, 1, 0]);
    expect(refused.errors).toContain('weather-ingest-dev is not deployed: the plan above is not the one');
    expect(untouched).toContain('"name" ');
    expect(applied.output).toMatch(/Apply complete! Resources: 0 added, 1 changed, 0 destroyed\./);
    expect(restored).not.toContain('"name" ');
    expect((await script.run('drift')).code).toBe(0);
  });

  it('tell a change when an output was added that the other stack reads', async () => {
    const state = JSON.parse(readFileSync(lake, 'utf8'));
    const added = Object.keys(state.outputs).find((name) => name.startsWith('cross-stack-output-'))!;
    delete state.outputs[added];
    writeFileSync(lake, JSON.stringify(state));

    const { code, output, errors } = await script.run('drift');

    expect(output).toMatch(/\nweather-lake-dev\n[\s\S]*Changes to Outputs:/);
    expect(output).toContain(
      `weather-lake-dev is not deployed as the sources say: its state lacks ${added}. `,
    );
    expect(errors).toMatch(/^weather-ingest-dev is not deployed as the sources say\.$/m);
    expect(code).toBe(2);
  });

  it('fail when a state cannot be read, which is not the same as nothing deployed', async () => {
    writeFileSync(lake, 'torn');

    const { code, output, errors } = await script.run('drift');

    expect(errors).toMatch(
      /^weather-ingest-dev is not planned: the state of weather-lake-dev, .* cannot be read\.$/m,
    );
    expect(output).not.toContain('cannot be planned yet');
    expect(code).toBe(1);
  });
}
