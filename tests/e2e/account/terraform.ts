import { writeProviderOverride } from './provider-override';
import { requireTerraform } from './required-programs';
import { type Ending, runCommand, runToEnd } from './run-command';

const CHANGES = 2;

/** One address and what a plan would do to it, as `["create"]`. */
export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
}

/** Terraform in one folder, with its AWS provider on the simulated account. */
export class Terraform {
  /** @param folder with a `.tf.json`, as `cdktf.out/stacks/<stack>` */
  constructor(
    private readonly folder: string,
    private readonly endpoint: string,
  ) {}

  async init(): Promise<void> {
    await this.prepare('-no-color');
  }

  /** Enough to validate, wherever the state lies. */
  async initWithoutState(): Promise<void> {
    await this.prepare('-no-color', '-backend=false');
  }

  async validate(): Promise<void> {
    await this.run('validate', '-no-color');
  }

  /** @returns what it says it did */
  apply(): Promise<string> {
    return this.run('apply', '-auto-approve', '-no-color');
  }

  /** Takes what the account has already for the resource at an address. */
  async import(address: string, id: string): Promise<void> {
    await this.run('import', '-no-color', address, id);
  }

  async destroy(): Promise<void> {
    await this.run('destroy', '-auto-approve', '-no-color');
  }

  /** For a test of what is refused; destroys nothing. */
  planDestroy(): Promise<Ending> {
    return runToEnd(this.command('plan', '-destroy', '-no-color'));
  }

  /** What a plan would change; empty when Terraform says "No changes". */
  async plan(): Promise<PlannedChange[]> {
    const ending = await runToEnd(this.command('plan', '-detailed-exitcode', '-json'));
    if (ending.code === 0) return [];
    if (ending.code !== CHANGES)
      throw new Error(`terraform plan failed:\n${ending.output}\n${ending.errors}`);
    return ending.output
      .split('\n')
      .filter((line) => line.includes('"planned_change"'))
      .map((line) => JSON.parse(line).change)
      .map(({ resource, action }) => ({ address: resource.addr, actions: [action] }));
  }

  async outputs(): Promise<Record<string, unknown>> {
    const found: Record<string, { value: unknown }> = JSON.parse(await this.run('output', '-json'));
    return Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]));
  }

  /** Addresses in the state. */
  async resources(): Promise<string[]> {
    return (await this.run('state', 'list')).split('\n').filter((line) => line !== '');
  }

  private async prepare(...options: readonly string[]): Promise<void> {
    await requireTerraform();
    writeProviderOverride(this.folder, this.endpoint);
    await this.run('init', ...options);
  }

  private run(command: string, ...options: readonly string[]): Promise<string> {
    return runCommand(this.command(command, ...options));
  }

  private command(command: string, ...options: readonly string[]) {
    const asking = ['init', 'plan', 'apply', 'destroy', 'import'].includes(command) ? ['-input=false'] : [];
    return {
      program: 'terraform',
      args: [`-chdir=${this.folder}`, command, ...asking, ...options],
      env: terraformEnvironment(),
    };
  }
}

/** Without a trace of an account that this machine may know: the suite reaches none but the simulated one. */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|TF_VAR_|TF_CLI_ARGS)/.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
}
