import type { Environment } from '../core/environment/environment';
import type { Pipeline } from '../core/pipeline/pipeline';

/** What is deployed, and where. */
export interface Deployment {
  readonly environment: Environment;
  readonly pipeline: Pipeline;
  /** The pipeline's file with its locations inline. */
  readonly json: Readonly<Record<string, unknown>>;
}
