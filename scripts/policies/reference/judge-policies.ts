import type { Stacks } from '../synthesized-stacks';
import { filledStatements } from './filled-policy';
import { countActions, judgeIdentityStatement, judgeResourceStatement } from './judge-statement';
import type { Reference } from './service-reference';

const JUDGES: Readonly<Record<string, typeof judgeIdentityStatement>> = {
  aws_iam_role_policy: judgeIdentityStatement,
  aws_iam_policy: judgeIdentityStatement,
  aws_s3_bucket_policy: judgeResourceStatement,
  aws_sqs_queue_policy: judgeResourceStatement,
  aws_sns_topic_policy: judgeResourceStatement,
  aws_kms_key: judgeResourceStatement,
};

export interface Judgement {
  /** Actions that were held to the reference, each as often as a statement means it. */
  readonly actions: number;
  readonly problems: readonly { readonly address: string; readonly problem: string }[];
}

/** Holds every action of every policy in the stacks to the resource types and condition keys that AWS's reference has for it. */
export function judgePolicies(stacks: Stacks, reference: Reference): Judgement {
  const judged = statementsOf(stacks).map(({ address, statement, judge }) => ({
    actions: countActions(statement, reference),
    problems: judge(statement, reference).map((problem) => ({
      address,
      problem: `${statement.Sid}: ${problem}`,
    })),
  }));
  return {
    actions: judged.reduce((sum, { actions }) => sum + actions, 0),
    problems: judged.flatMap(({ problems }) => problems),
  };
}

function statementsOf(stacks: Stacks) {
  return [...stacks].flatMap(([stack, { resource }]) =>
    Object.entries(JUDGES).flatMap(([type, judge]) =>
      Object.entries(resource[type] ?? {}).flatMap(([name, { policy }]) =>
        filledStatements(String(policy)).map((statement) => ({
          address: `${stack}/${type}.${name}`,
          statement,
          judge,
        })),
      ),
    ),
  );
}
