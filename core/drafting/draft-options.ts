import type { ApiName, Section } from '../model/source';

/** What an answer does not say of itself, and how the pipeline is to be called. */
export interface AnswerDraftOptions {
  readonly name: string;
  /** API that gave the answer. Default: `forecast`. */
  readonly api?: ApiName;
  readonly models?: readonly string[];
  /** Section of a file that is a block without the envelope around it. */
  readonly bareSection?: Section;
  /** Degrees, of the only location: where the answer has none, or as they were asked for. */
  readonly latitude?: number;
  readonly longitude?: number;
  /** IANA name. Default: what the answer says, else a zone of its fixed offset. */
  readonly timezone?: string;
  readonly utcOffsetSeconds?: number;
  /** By column, for columns that the answer has no unit of. */
  readonly units?: Readonly<Record<string, string>>;
}
