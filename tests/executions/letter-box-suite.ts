import type { LetterBox } from '../../core/ports/letter-box';

/** A box of its own, with these letters in it, each in a group of its own. */
export type NewLetterBox = (bodies: readonly string[]) => Promise<LetterBox>;

const HIDDEN_UNTIL_DONE = 25;

/** What every box behind the port does. */
export function describeLetterBox(newBox: NewLetterBox): void {
  const bodies = Array.from({ length: HIDDEN_UNTIL_DONE }, (_, index) => `letter ${index}`);

  it('gives out what was sent, once, and counts it as hidden', async () => {
    const box = await newBox(bodies);

    const taken = await box.take(100);

    expect(taken.map(({ body }) => body).sort()).toEqual([...bodies].sort());
    expect(new Set(taken.map(({ id }) => id)).size).toBe(HIDDEN_UNTIL_DONE);
    expect(await box.take(100)).toEqual([]);
    expect(await box.depth()).toEqual({ waiting: 0, hidden: HIDDEN_UNTIL_DONE });
  });

  it('takes no more than it is told', async () => {
    const box = await newBox(bodies);

    expect(await box.take(12)).toHaveLength(12);
    expect(await box.depth()).toEqual({ waiting: 13, hidden: 12 });
  });

  it('has what is given back at once, under the same id and another receipt', async () => {
    const box = await newBox(bodies);
    const first = await box.take(100);

    await box.giveBack(first.map(({ receipt }) => receipt));
    const second = await box.take(100);

    expect(second.map(({ id }) => id).sort()).toEqual(first.map(({ id }) => id).sort());
    const known = new Set(first.map(({ receipt }) => receipt));
    expect(second.filter(({ receipt }) => known.has(receipt))).toEqual([]);
  });

  it('deletes for good, and those alone', async () => {
    const box = await newBox(bodies);
    const taken = await box.take(100);

    await box.delete(taken.slice(0, 21).map(({ receipt }) => receipt));
    await box.giveBack(taken.slice(21).map(({ receipt }) => receipt));

    expect(await box.depth()).toEqual({ waiting: 4, hidden: 0 });
    const left = (await box.take(100)).map(({ id }) => id).sort();
    expect(left).toEqual(
      taken
        .slice(21)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('does nothing about none', async () => {
    const box = await newBox([]);

    await box.giveBack([]);
    await box.delete([]);

    expect(await box.take(10)).toEqual([]);
  });

  it('takes back what has come back by itself', async () => {
    const box = await newBox(bodies);
    const receipts = (await box.take(100)).map(({ receipt }) => receipt);
    await box.giveBack(receipts);

    await expect(box.giveBack(receipts)).resolves.toBeUndefined();
  });
}
