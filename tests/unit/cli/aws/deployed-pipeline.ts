import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { writeDocument } from '../../../../core/json-document';
import { deployedDocument } from '../../../../core/pipeline/pipeline-object';
import { type SmallPipeline, smallPipelineFile } from '../../../lake/small-pipeline';

/** A raw bucket with the small pipeline deployed. */
export async function deployedPipeline(options: SmallPipeline = {}): Promise<MemoryObjectStore> {
  const raw = new MemoryObjectStore();
  await raw.put('config/small.json', writeDocument(deployedDocument(smallPipelineFile(options))));
  return raw;
}
