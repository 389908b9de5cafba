import type { PolicyStatement } from '../../../modules/policy-document/policy-document';

const ACCOUNT = '123456789012';
/** ARN of a resource by its type in Terraform, with NAME for its name. */
const ARNS: Readonly<Record<string, string>> = {
  aws_s3_bucket: 'arn:aws:s3:::NAME',
  aws_kms_key: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/NAME`,
  aws_sqs_queue: `arn:aws:sqs:eu-central-1:${ACCOUNT}:NAME`,
  aws_sns_topic: `arn:aws:sns:eu-central-1:${ACCOUNT}:NAME`,
  aws_lambda_function: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:NAME`,
  aws_sfn_state_machine: `arn:aws:states:eu-central-1:${ACCOUNT}:stateMachine:NAME`,
  aws_cloudwatch_log_group: `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:NAME`,
  aws_scheduler_schedule_group: `arn:aws:scheduler:eu-central-1:${ACCOUNT}:schedule-group/NAME`,
  aws_iam_policy: `arn:aws:iam::${ACCOUNT}:policy/NAME`,
  aws_iam_role: `arn:aws:iam::${ACCOUNT}:role/NAME`,
  aws_iam_openid_connect_provider: `arn:aws:iam::${ACCOUNT}:oidc-provider/NAME`,
};
const CALLER = 'data.aws_caller_identity.';
/** A reference within a stack, to what is looked up, or to an output of another stack. */
const REFERENCE = /^(?:data\.|.*\.cross-stack-output-)?(aws_[a-z0-9_]+?)(?:\.[\w-]+\.|[A-Z]\w*)arn$/;

/**
 * Statements of a policy with ARNs in place of Terraform's references.
 *
 * @throws Error for a reference to what has no known ARN
 */
export function filledStatements(text: string): readonly PolicyStatement[] {
  return JSON.parse(text.replace(/\$\{([^}]+)\}/g, (_, reference: string) => valueOfReference(reference)))
    .Statement;
}

function valueOfReference(reference: string): string {
  if (reference.startsWith(CALLER)) return ACCOUNT;
  const [, type = ''] = REFERENCE.exec(reference) ?? [];
  const arn = ARNS[type];
  if (arn === undefined) throw new Error(`The ARN of ${reference} is not known here; add its type.`);
  return arn;
}
