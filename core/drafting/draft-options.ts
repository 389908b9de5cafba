import type { ApiName, Section } from '../model/source';
import type { Day } from '../time/day';

/** What an answer does not say of itself, and how the pipeline is to be called. */
export interface AnswerDraftOptions {
  readonly name: string;
  /** API that gave the answer. Default: what its columns tell. */
  readonly api?: ApiName;
  /** Default: the models whose names the columns end in. */
  readonly models?: readonly string[];
  /** Day of asking, which tells answers of the far future from forecasts. */
  readonly today?: Day;
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
