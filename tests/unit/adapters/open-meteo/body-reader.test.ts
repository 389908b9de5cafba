import { readBody } from '../../../../adapters/open-meteo/body-reader';

function streamOf(chunks: readonly string[], end: 'close' | Error | 'endless', onCancel?: () => void) {
  let next = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[end === 'endless' ? next % chunks.length : next];
      next += 1;
      if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk));
      else if (end instanceof Error) controller.error(end);
      else controller.close();
    },
    cancel() {
      onCancel?.();
    },
  });
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('readBody', () => {
  it('keeps what came before a failure, and the failure', async () => {
    const failure = new Error('terminated');

    const read = await readBody(streamOf(['{"a"', ':'], failure), 100);

    expect(textOf(read.bytes)).toBe('{"a":');
    expect(read.failure).toBe(failure);
  });

  it('stops an endless body at the bound and reads no further', async () => {
    let cancelled = false;

    const read = await readBody(
      streamOf(['abcd'], 'endless', () => {
        cancelled = true;
      }),
      10,
    );

    expect(read.overflow).toBe(true);
    expect(textOf(read.bytes)).toBe('abcdabcd');
    expect(cancelled).toBe(true);
  });

  it('takes a body that is exactly as long as the bound', async () => {
    const read = await readBody(streamOf(['abcd', 'efgh'], 'close'), 8);

    expect(read).toEqual({ bytes: new TextEncoder().encode('abcdefgh') });
  });

  it('takes no body for an empty one', async () => {
    expect(await readBody(null, 8)).toEqual({ bytes: new Uint8Array() });
  });
});
