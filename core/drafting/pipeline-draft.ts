import type * as z from 'zod';
import type { pipelineSchema } from '../pipeline/schema';

/** A pipeline in the form of its file, to be edited. */
export type PipelineDraft = z.input<typeof pipelineSchema>;
export type TableDraft = PipelineDraft['tables'][number];
export type ColumnDraft = TableDraft['columns'][number];
export type LocationDraft = Extract<PipelineDraft['locations'], readonly unknown[]>[number];
export type SourceDraft = NonNullable<PipelineDraft['source']>;
