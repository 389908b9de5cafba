import { forEachConcurrently } from '../../../core/for-each-concurrently';

describe('forEachConcurrently', () => {
  /** Numbers from 1 on, and which of them were asked for. */
  function numbers() {
    const asked: number[] = [];
    let isClosed = false;
    async function* items() {
      try {
        for (let number = 1; ; number++) {
          asked.push(number);
          yield number;
        }
      } finally {
        isClosed = true;
      }
    }
    return { asked, items, isClosed: () => isClosed };
  }

  test('asks for an item when there is a hand for it, and for none after a failure', async () => {
    const { asked, items, isClosed } = numbers();
    const ended: number[] = [];

    const run = forEachConcurrently(items(), 2, async (number) => {
      if (number === 4) throw new Error('The fourth failed.');
      ended.push(number);
    });

    await expect(run).rejects.toThrow('The fourth failed.');
    expect(ended.slice(0, 3)).toEqual([1, 2, 3]);
    expect(asked.length).toBeLessThanOrEqual(6);
    expect(isClosed()).toBe(true);
  });

  test('throws what the items throw', async () => {
    async function* broken() {
      yield 1;
      throw new Error('The listing failed.');
    }

    await expect(forEachConcurrently(broken(), 2, async () => {})).rejects.toThrow('The listing failed.');
  });
});
