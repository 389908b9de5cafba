import type { Advice } from '../pipeline/advice';
import type { Bootstrap } from './bootstrap-schema';

/** What a bootstrap's file promises less than its author may think. */
export function adviceForBootstrap({ github_ids, github_repository }: Bootstrap): Advice[] {
  if (github_ids !== undefined) return [];
  const message = `the roles trust tokens without ids only, and repositories made, renamed or transferred since 15 July 2026 send them with ids; name those that gh api repos/${github_repository} --jq '{owner: .owner.id, repository: .id}' prints, or null for an older repository`;
  return [{ path: 'github_ids', message }];
}
