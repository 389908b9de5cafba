import { Readable, Writable } from 'node:stream';
import type { Surroundings } from '../../../cli/surroundings';
import { VirtualClock } from '../../clock/virtual-clock';

class Capture extends Writable {
  text = '';

  constructor(readonly isTTY = false) {
    super();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Surroundings whose output can be read, on a clock that is turned by hand. */
export function capturedSurroundings({ isTTY = false } = {}) {
  const [stdout, stderr] = [new Capture(isTTY), new Capture(isTTY)];
  const clock = new VirtualClock('2026-01-01T12:00:00Z');
  return { stdin: Readable.from([]), stdout, stderr, env: {}, clock } satisfies Surroundings;
}
