import type { Statement } from '../e2e/account/is-allowed';
import { type Block, resourceAt, resourcesOf, type Terraform } from './synthesize';

export const ACCOUNT = '123456789012';
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** The policies of a bootstrap as IAM gets them: every reference is what Terraform will put in its place. */
export class BootstrapPolicies {
  constructor(
    private readonly stack: Terraform,
    private readonly region = 'eu-central-1',
  ) {}

  /** ARN of the key that is made for an environment. */
  keyArn(environment: string): string {
    return this.filled(`\${aws_kms_key.${nameOf(resourceAt(this.stack, `Key-${environment}/Key`))}.arn}`);
  }

  /** ARN of the boundary of an environment's roles. */
  boundaryArn(environment: string): string {
    return this.filled(`\${aws_iam_policy.${nameOf(resourceAt(this.stack, `Boundary-${environment}`))}.arn}`);
  }

  /** Texts of the policies that hang on a role. */
  textsOf(role: string): string[] {
    const attached = resourcesOf(this.stack, 'aws_iam_role_policy_attachment').filter(({ role: reference }) =>
      String(reference).includes(`aws_iam_role.${nameOf(resourceAt(this.stack, `${role}/Role`))}.`),
    );
    return attached.map(({ policy_arn: arn }) =>
      this.filled(this.referenced(arn as string).policy as string),
    );
  }

  /** Statements of all policies of a role. */
  of(role: string): Statement[] {
    return this.textsOf(role).flatMap((text) => JSON.parse(text).Statement);
  }

  boundaryText(environment: string): string {
    return this.filled(resourceAt(this.stack, `Boundary-${environment}`).policy as string);
  }

  /** Statements of the boundary of an environment's roles. */
  boundary(environment: string): Statement[] {
    return JSON.parse(this.boundaryText(environment)).Statement;
  }

  private filled(text: string): string {
    return text.replace(/\$\{[^}]+\}/g, (reference) =>
      reference.startsWith('${data.aws_caller_identity.') ? ACCOUNT : this.arnOf(reference),
    );
  }

  private arnOf(reference: string): string {
    const [, type] = /^\$\{(\w+)\.[\w-]+\.arn\}$/.exec(reference) ?? [];
    const { name, bucket } = this.referenced(reference);
    switch (type) {
      case 'aws_s3_bucket':
        return `arn:aws:s3:::${bucket}`;
      case 'aws_iam_policy':
        return `arn:aws:iam::${ACCOUNT}:policy/${name}`;
      case 'aws_kms_key':
        return `arn:aws:kms:${this.region}:${ACCOUNT}:key/${this.keyIdOf(reference)}`;
      default:
        throw new Error(`What becomes of ${reference} is not known here.`);
    }
  }

  /** Of the usual length, and another for each key. */
  private keyIdOf(reference: string): string {
    const at = Object.keys(this.stack.resource.aws_kms_key!).findIndex((name) => reference.includes(name));
    return `${at}${KEY_ID.slice(1)}`;
  }

  private referenced(reference: string): Block {
    const [, type, name] = /^\$\{(\w+)\.([\w-]+)\.arn\}$/.exec(reference) ?? [];
    const block = this.stack.resource[type!]?.[name!];
    if (block === undefined) throw new Error(`${reference} refers to nothing in the stack.`);
    return block;
  }
}

function nameOf(block: Block): string {
  return (block['//'] as { metadata: { uniqueId: string } }).metadata.uniqueId;
}
