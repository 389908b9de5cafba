import { Construct } from 'constructs';
import type { BundledFunction } from '../bundled-function/bundled-function';
import type { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import type { DeploymentAccount } from '../deployment-account/deployment-account';

export interface IngestDashboardProps {
  readonly account: DeploymentAccount;
  readonly dashboardName: string;
  readonly environment: string;
  /** Name of the pipeline. */
  readonly pipeline: string;
  readonly ingest: BundledFunction;
  readonly freshness: BundledFunction;
  /** `POWERTOOLS_SERVICE_NAME` of the two functions. */
  readonly ingestService: string;
  readonly freshnessService: string;
  readonly deadLetters: DeadLetterQueue;
}

/** One page: is the data there, is it good, and if not, what broke. */
export class IngestDashboard extends Construct {
  constructor(scope: Construct, id: string, _props: IngestDashboardProps) {
    super(scope, id);
  }
}
