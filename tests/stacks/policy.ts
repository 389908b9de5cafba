interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringLike?: { readonly 's3:prefix'?: readonly string[] } };
}

/** What a role's policy lets it do with the objects of one bucket. */
export class BucketPermissions {
  private readonly statements: readonly Statement[];

  /** @param bucket a part of the bucket's ARN that no other bucket's has */
  constructor(
    policy: string,
    private readonly bucket: string,
  ) {
    this.statements = JSON.parse(policy).Statement;
  }

  mayTouch(action: 's3:GetObject' | 's3:PutObject' | 's3:DeleteObject', key: string): boolean {
    return this.allowing(action).some(({ Resource: resources }) =>
      resources.some((arn) => this.isMine(arn) && like(arn.slice(arn.indexOf('}/') + 2), key)),
    );
  }

  mayList(prefix: string): boolean {
    return this.allowing('s3:ListBucket').some(
      ({ Resource: resources, Condition: condition }) =>
        resources.some((arn) => this.isMine(arn)) &&
        (condition?.StringLike?.['s3:prefix'] ?? ['*']).some((pattern) => like(pattern, prefix)),
    );
  }

  private allowing(action: string): readonly Statement[] {
    return this.statements.filter(
      ({ Effect: effect, Action: actions }) => effect === 'Allow' && actions.includes(action),
    );
  }

  private isMine(arn: string): boolean {
    return arn.includes(this.bucket);
  }
}

/** As IAM compares: `*` stands for anything, slashes included. */
function like(pattern: string, text: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`).test(text);
}
