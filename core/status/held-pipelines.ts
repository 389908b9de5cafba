import { ALL_LEASES_PREFIX, ALL_MANIFESTS_PREFIX, pipelineOfDocument } from '../keys/processed-keys';
import type { ObjectStore } from '../ports/object-store';
import { ENDED_LEASE_BYTES } from '../publish/lease-document';

/** Names of the pipelines that have a manifest or a lease that has not ended in the processed bucket, in order. */
export async function heldPipelines(processed: ObjectStore): Promise<string[]> {
  const names = new Set<string>();
  for (const prefix of [ALL_MANIFESTS_PREFIX, ALL_LEASES_PREFIX]) {
    for await (const { key, size } of processed.list(prefix)) {
      if (size === ENDED_LEASE_BYTES) continue;
      const name = pipelineOfDocument(key);
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].sort();
}
