import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { keyStatements } from './key-permissions';
import { readStatements } from './read-permissions';
import { roleStatements } from './role-permissions';
import { type WritePermissions, writeStatements } from './write-permissions';

/** What a deploy to one environment reads and changes. */
export function deployStatements(permissions: WritePermissions): PolicyStatement[] {
  return [
    ...readStatements(permissions.account, [permissions.owned]),
    ...writeStatements(permissions),
    ...roleStatements(permissions),
    ...keyStatements(permissions),
  ];
}
