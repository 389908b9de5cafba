import { loadPipelineFile } from '../adapters/filesystem/pipeline-file';
import type { Pipeline } from '../core/pipeline/pipeline';
import { type GlobalOptions, pipelineFile } from './global-options';

/** The pipeline that the options name. @throws ConfigError listing every mistake of its file */
export async function loadPipeline(options: GlobalOptions): Promise<Pipeline> {
  return loadPipelineFile(pipelineFile(options));
}
