import type { Stacks } from '../synthesized-stacks';
import { filledStatements } from './filled-policy';
import { countActions, judgeIdentityStatement, judgeResourceStatement } from './judge-statement';
import type { Reference } from './service-reference';

/** Their policies say what an identity may do. Every other policy is one of the resource that it stands in. */
const OF_IDENTITIES = ['aws_iam_role_policy', 'aws_iam_policy'];

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
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.entries(byName).flatMap(([name, config]) =>
        policiesIn(config)
          .flatMap(filledStatements)
          .map((statement) => ({
            address: `${stack}/${type}.${name}`,
            statement,
            judge: OF_IDENTITIES.includes(type) ? judgeIdentityStatement : judgeResourceStatement,
          })),
      ),
    ),
  );
}

/** Policies as JSON, in whichever attribute of a resource they stand: a role's trust is one as well. */
function policiesIn(config: unknown): string[] {
  if (typeof config === 'string') return config.includes('"Statement"') ? [config] : [];
  return Object.values(Object(config)).flatMap(policiesIn);
}
