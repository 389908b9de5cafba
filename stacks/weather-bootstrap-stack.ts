import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Bootstrap } from '../core/environment/bootstrap-schema';
import { DeploymentAccount } from '../modules/deployment-account/deployment-account';
import { type PolicyStatement, policyDocument } from '../modules/policy-document/policy-document';
import { AccessLogBucket } from '../modules/private-bucket/access-log-bucket';
import { PrivateBucket } from '../modules/private-bucket/private-bucket';
import { useAws } from './aws-terraform';
import { deployStatements } from './bootstrap/deploy-permissions';
import { GITHUB_ISSUER, GithubRole, STS_AUDIENCE } from './bootstrap/github-role';
import { ownedResources } from './bootstrap/owned-resources';
import { boundaryStatements } from './bootstrap/permissions-boundary';
import { readStatements } from './bootstrap/read-permissions';
import { stateStatements } from './bootstrap/state-permissions';
import { keepState } from './terraform-state';

/** Name of the stack, of its state and of what it stands for on the command line. */
export const BOOTSTRAP_STACK = 'weather-bootstrap';

/** Branch whose workflows may look for drift. */
const MAIN_BRANCH = 'main';
/** Days for which a former state can be brought back. */
const STATE_HISTORY_DAYS = 365;

/**
 * What an account needs once, before workflows deploy to it: the bucket of the state, and roles that they take by
 * token. Its own state lies on the machine that deploys it, since its bucket is not there yet.
 */
export class WeatherBootstrapStack extends TerraformStack {
  private readonly account: DeploymentAccount;
  private readonly state: PrivateBucket;
  private readonly providerArn: string;

  constructor(
    scope: Construct,
    private readonly settings: Bootstrap,
  ) {
    super(scope, BOOTSTRAP_STACK);
    const { region, tags } = settings;
    useAws(this, { region, tags, environment: 'bootstrap' });
    keepState(this, { backend: 'local' });
    this.account = new DeploymentAccount(this, 'Account', { region });
    this.state = this.makeStateBucket();
    this.providerArn = this.makeProvider();
    const boundary = this.makeBoundary();
    this.makePlanRole();
    for (const environment of settings.environments) this.makeDeployRole(environment, boundary);
  }

  private makeStateBucket(): PrivateBucket {
    const accessLogs = new AccessLogBucket(this, 'StateAccessLogs', {
      account: this.account,
      bucketName: `${this.settings.name}-state-logs-${this.account.accountId}`,
    });
    const state = new PrivateBucket(this, 'State', {
      bucketName: this.settings.state_bucket,
      accessLogs: { bucket: accessLogs, prefix: 'state/' },
      noncurrentDays: STATE_HISTORY_DAYS,
    });
    new TerraformOutput(this, 'StateBucket', { value: state.bucketName });
    return state;
  }

  private makeProvider(): string {
    const url = `https://${GITHUB_ISSUER}`;
    if (!this.settings.create_oidc_provider)
      return new DataAwsIamOpenidConnectProvider(this, 'KnownGithub', { url }).arn;
    return new IamOpenidConnectProvider(this, 'Github', { url, clientIdList: [STS_AUDIENCE] }).arn;
  }

  private makeBoundary(): IamPolicy {
    const boundary = new IamPolicy(this, 'Boundary', {
      name: `${this.settings.name}-boundary`,
      description: 'The most that the roles of functions and schedules may do.',
      policy: policyDocument(boundaryStatements(this.account, this.owned(this.settings.environments))),
    });
    new TerraformOutput(this, 'PermissionsBoundaryArn', { value: boundary.arn });
    return boundary;
  }

  private makePlanRole(): void {
    const { name, environments } = this.settings;
    const role = new GithubRole(this, 'PlanRole', {
      roleName: `${name}-plan`,
      description: 'Pull requests and the search for drift: reads, changes nothing.',
      providerArn: this.providerArn,
      subjects: [this.subject('pull_request'), this.subject(`ref:refs/heads/${MAIN_BRANCH}`)],
      statements: [
        ...this.stateOf(environments, false),
        ...readStatements(this.account, this.owned(environments)),
      ],
    });
    new TerraformOutput(this, 'PlanRoleArn', { value: role.arn });
  }

  private makeDeployRole(environment: string, boundary: IamPolicy): void {
    const owned = ownedResources(this.account, this.settings, environment);
    const role = new GithubRole(this, `DeployRole-${environment}`, {
      roleName: `${this.settings.name}-deploy-${environment}`,
      description: `Deploys to ${environment}, once its approval on GitHub is given.`,
      providerArn: this.providerArn,
      subjects: [this.subject(`environment:${environment}`)],
      statements: [
        ...this.stateOf([environment], true),
        ...deployStatements({ account: this.account, owned, environment, boundaryArn: boundary.arn }),
      ],
    });
    new TerraformOutput(this, `DeployRoleArn-${environment}`, { value: role.arn });
  }

  private subject(claim: string): string {
    return `repo:${this.settings.github_repository}:${claim}`;
  }

  private owned(environments: readonly string[]) {
    return environments.map((environment) => ownedResources(this.account, this.settings, environment));
  }

  private stateOf(environments: readonly string[], write: boolean): PolicyStatement[] {
    const keyPrefix = this.settings.state_key_prefix;
    return stateStatements({ bucketArn: this.state.arn, keyPrefix, environments, write });
  }
}
