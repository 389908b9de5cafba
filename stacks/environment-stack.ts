import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type Environment, resourcePrefix } from '../core/environment/environment';
import { DeploymentAccount } from '../modules/deployment-account/deployment-account';
import { useAws } from './aws-terraform';
import { keepState } from './terraform-state';

/** What the stacks of an environment have in common: provider, tags, state, names. */
export abstract class EnvironmentStack extends TerraformStack {
  protected readonly account: DeploymentAccount;
  /** What every physical name begins with, `-` included. */
  protected readonly prefix: string;

  constructor(
    scope: Construct,
    id: string,
    protected readonly environment: Environment,
  ) {
    super(scope, id);
    const { region, tags, account_id: accountId } = environment;
    useAws(this, { region, accountId, tags, environment: environment.environment });
    keepState(this, environment.state);
    this.account = new DeploymentAccount(this, 'Account', { region });
    this.prefix = resourcePrefix(environment);
  }

  /** A bucket's name, unique in the world. */
  protected bucketName(purpose: string): string {
    return `${this.prefix}${purpose}-${this.account.accountId}`;
  }

  /** Tells a value to whoever deploys. */
  protected tell(id: string, value: string, description: string): void {
    new TerraformOutput(this, id, { value, description });
  }
}
