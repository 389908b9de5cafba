import type { RequestDocument } from '../raw/request-document';

/** A recorded answer, as it lies on disk. */
export interface RecordedFile {
  /** For messages and the raw request object; no path. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether the raw archive that it comes from says that a simulator made it up. Default: false. */
  readonly simulated?: boolean;
  /** What was asked to get it, where it lies in a raw folder beside its request document. */
  readonly request?: RequestDocument;
  /** When it was fetched, ISO 8601, UTC, where the raw archive that it comes from says so. */
  readonly fetchedAt?: string;
}
