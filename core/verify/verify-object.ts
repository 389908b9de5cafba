import { sha256 } from '../hash';
import type { Manifest, ObjectReference } from '../manifest/manifest';
import { fetchObject } from './fetch-object';
import type { FileContracts } from './file-contracts';
import type { Finding } from './finding';
import { orProblem } from './or-problem';
import { replayAgain } from './remedies';
import type { DatePlace, VerifyParts } from './verify-parts';

export interface ObjectToVerify {
  readonly parts: VerifyParts;
  readonly contracts: FileContracts;
  readonly place: DatePlace;
  readonly manifest: Manifest;
  readonly reference: ObjectReference;
}

/** Holds one published object to its manifest. A file whose bytes are not those of the manifest is not opened. */
export async function verifyObject(object: ObjectToVerify): Promise<Finding[]> {
  const { parts, place, reference } = object;
  parts.signal?.throwIfAborted();
  const { key } = reference;
  const found = await fetchObject(parts.processed, key);
  const problems =
    found.problem === undefined
      ? bodyProblems(object, found.body)
      : [`its manifest lists it: ${found.problem}`];
  if (problems.length === 0) return [];
  const told = { problem: problems.join('; '), remedy: replayAgain(place), repaired: false };
  return [{ kind: 'objects', bucket: 'processed', object: key, ...told }];
}

function bodyProblems({ parts, contracts, manifest, reference }: ObjectToVerify, body: Uint8Array): string[] {
  if (body.byteLength !== reference.bytes)
    return [`it has ${body.byteLength} bytes, ${reference.bytes} in the manifest`];
  const hash = sha256(body);
  if (hash !== reference.sha256)
    return [`its hash is ${hash}, not that of the manifest: its bytes were changed`];
  const file = orProblem(() => parts.reader.read(body));
  return typeof file === 'string' ? [file] : contracts.problemsOf({ reference, manifest, file });
}
