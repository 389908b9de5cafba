import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';

/** Days between a destroy and the loss of the key, in which it can still be saved. */
export const DEFAULT_KEY_DELETION_DAYS = 30;

export interface EncryptionKeyProps {
  readonly account: DeploymentAccount;
  /** Name of the alias, without `alias/`. */
  readonly alias: string;
  /** What the key protects, for the console. */
  readonly description: string;
  /**
   * Days between a destroy and the loss of the key: 7 to 30.
   * @default DEFAULT_KEY_DELETION_DAYS
   */
  readonly deletionDays?: number;
  /**
   * Whether Terraform refuses to destroy the key.
   * @default true
   */
  readonly protectFromDestroy?: boolean;
}

/** The project's own KMS key. Made only where the environment says `KMS`. */
export class EncryptionKey extends Construct {
  readonly arn: string = '';
  constructor(scope: Construct, id: string, _props: EncryptionKeyProps) {
    super(scope, id);
  }
}
