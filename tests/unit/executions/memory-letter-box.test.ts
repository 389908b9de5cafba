import { describeLetterBox } from '../../executions/letter-box-suite';
import { MemoryLetterBox } from '../../executions/memory-letter-box';

describe('MemoryLetterBox', () => {
  describeLetterBox(async (bodies) => new MemoryLetterBox(bodies));

  it('does not delete what has come back by itself, and says so', async () => {
    const box = new MemoryLetterBox(['a'], 2);
    const [letter] = await box.take(1);
    await box.take(0);

    await expect(box.delete([letter!.receipt])).rejects.toMatchObject({ name: 'MessagingError' });
    expect(box.left()).toEqual(['0']);
  });
});
