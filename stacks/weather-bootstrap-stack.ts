import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Bootstrap } from '../core/environment/bootstrap-schema';
import { resourcePrefix } from '../core/environment/environment';
import { DeploymentAccount } from '../modules/deployment-account/deployment-account';
import { EncryptionKey } from '../modules/encryption-key/encryption-key';
import { type PolicyStatement, policyDocument } from '../modules/policy-document/policy-document';
import { AccessLogBucket } from '../modules/private-bucket/access-log-bucket';
import { PrivateBucket } from '../modules/private-bucket/private-bucket';
import { useAws } from './aws-terraform';
import { GITHUB_ISSUER, GithubRole, STS_AUDIENCE } from './bootstrap/github-role';
import { keyReadStatements, keyUseStatements } from './bootstrap/key-permissions';
import { type OwnedResources, ownedResources } from './bootstrap/owned-resources';
import { boundaryStatements } from './bootstrap/permissions-boundary';
import { readStatements } from './bootstrap/read-permissions';
import { roleStatements } from './bootstrap/role-permissions';
import {
  type EnvironmentState,
  readStateStatements,
  writeStateStatements,
} from './bootstrap/state-permissions';
import { ingestStatements, lakeStatements } from './bootstrap/write-permissions';
import { keepState } from './terraform-state';

/** Name of the stack, of its state and of what it stands for on the command line. */
export const BOOTSTRAP_STACK = 'weather-bootstrap';

/** Branch whose workflows may look for drift. */
const MAIN_BRANCH = 'main';
/** Days for which a former state can be brought back. */
const STATE_HISTORY_DAYS = 365;

/** Policies of an environment, by the end of their names. */
const POLICIES = {
  boundary: 'The most that the roles of its functions and schedules may do.',
  read: 'What a plan reads of it.',
  'deploy-lake': 'What a deploy changes of its state and its lake.',
  'deploy-ingest': 'What a deploy changes of what fills its lake.',
};

/** The repository as GitHub's tokens name it: `owner@1/repository@2`, in those of an older one `owner/repository`. */
function repositoryInTokens({ github_repository: name, github_ids: ids }: Bootstrap): string {
  if (!ids) return name;
  const [owner, repository] = name.split('/');
  return `${owner}@${ids.owner}/${repository}@${ids.repository}`;
}

interface PolicyOf {
  readonly id: string;
  readonly environment: string;
  readonly purpose: keyof typeof POLICIES;
}

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
    const { region, tags, account_id: accountId } = settings;
    useAws(this, { region, accountId, tags, environment: 'bootstrap' });
    keepState(this, { backend: 'local' });
    this.account = new DeploymentAccount(this, 'Account', { region });
    this.state = this.makeStateBucket();
    this.providerArn = this.makeProvider();
    this.makePlanRole(Object.keys(settings.environments).map((environment) => this.open(environment)));
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

  /** Makes an environment's key, boundary and deploy role. @returns the policy that reads it */
  private open(environment: string): IamPolicy {
    const owned = ownedResources(this.account, this.settings, environment);
    const key = this.makeKey(environment);
    const boundary = this.makeBoundary(environment, owned, key?.arn);
    const state = this.stateOf(environment);
    const read = this.makePolicy({ id: 'Read', environment, purpose: 'read' }, [
      ...readStateStatements(state),
      ...readStatements(this.account, owned),
      ...keyReadStatements(key?.arn),
    ]);
    this.makeDeployRole(environment, [
      read,
      this.makePolicy({ id: 'DeployLake', environment, purpose: 'deploy-lake' }, [
        ...writeStateStatements(state),
        ...lakeStatements(owned),
        ...keyUseStatements(key?.arn),
      ]),
      this.makePolicy({ id: 'DeployIngest', environment, purpose: 'deploy-ingest' }, [
        ...ingestStatements(this.account, owned),
        ...roleStatements(owned, boundary.arn),
      ]),
    ]);
    return read;
  }

  private makeKey(environment: string): EncryptionKey | undefined {
    if (this.settings.environments[environment]!.encryption !== 'KMS') return undefined;
    const name = this.prefixOf(environment).slice(0, -1);
    const key = new EncryptionKey(this, `Key-${environment}`, {
      account: this.account,
      alias: name,
      description: `Weather data and alarms of ${name}.`,
    });
    new TerraformOutput(this, `KeyArn-${environment}`, { value: key.arn });
    return key;
  }

  private makeBoundary(environment: string, owned: OwnedResources, keyArn: string | undefined): IamPolicy {
    const boundary = this.makePolicy(
      { id: 'Boundary', environment, purpose: 'boundary' },
      boundaryStatements(owned, this.settings.environments[environment]!, keyArn),
    );
    new TerraformOutput(this, `PermissionsBoundaryArn-${environment}`, { value: boundary.arn });
    return boundary;
  }

  /** A policy of its own, which takes more than one inside a role and can be shared; no deploy may change it. */
  private makePolicy({ id, environment, purpose }: PolicyOf, statements: PolicyStatement[]): IamPolicy {
    return new IamPolicy(this, `${id}-${environment}`, {
      name: `${this.prefixOf(environment)}${purpose}`,
      description: POLICIES[purpose],
      policy: policyDocument(statements),
    });
  }

  private makePlanRole(policies: readonly IamPolicy[]): void {
    const role = new GithubRole(this, 'PlanRole', {
      roleName: `${this.settings.name}-plan`,
      description: 'Pull requests and the search for drift: reads, changes nothing.',
      providerArn: this.providerArn,
      subjects: [this.subject('pull_request'), this.subject(`ref:refs/heads/${MAIN_BRANCH}`)],
      policies,
    });
    new TerraformOutput(this, 'PlanRoleArn', { value: role.arn });
  }

  private makeDeployRole(environment: string, policies: readonly IamPolicy[]): void {
    const role = new GithubRole(this, `DeployRole-${environment}`, {
      roleName: `${this.settings.name}-deploy-${environment}`,
      description: `Deploys to ${environment}, once its approval on GitHub is given.`,
      providerArn: this.providerArn,
      subjects: [this.subject(`environment:${environment}`)],
      policies,
    });
    new TerraformOutput(this, `DeployRoleArn-${environment}`, { value: role.arn });
  }

  private subject(claim: string): string {
    return `repo:${repositoryInTokens(this.settings)}:${claim}`;
  }

  private prefixOf(environment: string): string {
    return resourcePrefix({ name: this.settings.name, environment });
  }

  private stateOf(environment: string): EnvironmentState {
    const keyPrefix = this.settings.state_key_prefix;
    return { bucketArn: this.state.arn, keyPrefix, environment };
  }
}
