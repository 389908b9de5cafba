import { startElapsedTime } from '../../../../adapters/system/elapsed-time';

/** Two stopwatches that are set by hand. */
function stopwatches() {
  const reading = { preciseMs: 5000, uptimeSeconds: 70 };
  const elapsed = startElapsedTime({
    precise: () => reading.preciseMs,
    uptime: () => reading.uptimeSeconds,
  });
  return { reading, elapsed };
}

describe('the elapsed time', () => {
  it('is what the precise stopwatch says, however roughly the uptime is told', () => {
    const { reading, elapsed } = stopwatches();

    reading.preciseMs += 1234.5;
    reading.uptimeSeconds += 2;

    expect(elapsed()).toBe(1234.5);
  });

  it('counts the time for which the machine was suspended, which the precise stopwatch leaves out', () => {
    const { reading, elapsed } = stopwatches();

    reading.preciseMs += 10;
    reading.uptimeSeconds += 3600;

    expect(elapsed()).toBe(3_599_000);
  });
});
