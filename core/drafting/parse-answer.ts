import { decodeAnswer } from '../decode/decode-answer';
import { ConfigError, SourceContractError } from '../errors';
import type { Section } from '../model/source';

const SUBJECT = 'The answer cannot be read:';
/** Texts, which are kept, and the bare nan of an envelope. */
const TEXT_OR_NAN = /"(?:[^"\\]|\\.)*"|-?\bnan\b/gi;

/**
 * The value of an answer's bytes, for a look at what is in it.
 *
 * @throws ConfigError with what a replay says of bytes that it refuses
 */
export function parseAnswer(bytes: Uint8Array, bareSection: Section | undefined): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    refuseAsReplay(bytes, bareSection);
    return parseBareNan(text, cause);
  }
}

/** Nothing is wanted of the answer: whatever is refused is no JSON, or no envelope. */
function refuseAsReplay(bytes: Uint8Array, bareSection: Section | undefined): void {
  try {
    decodeAnswer(bytes, {}, bareSection === undefined ? {} : { bareSection });
  } catch (cause) {
    if (!(cause instanceof SourceContractError)) throw cause;
    throw new ConfigError(SUBJECT, [{ path: '', message: cause.message }], { cause });
  }
}

/** What the decoder takes beyond JSON: coordinates that the source could not say. */
function parseBareNan(text: string, cause: unknown): unknown {
  try {
    return JSON.parse(text.replace(TEXT_OR_NAN, (found) => (found.startsWith('"') ? found : 'null')));
  } catch {
    throw new ConfigError(SUBJECT, [{ path: '', message: 'it is not JSON; fetch it again' }], { cause });
  }
}
