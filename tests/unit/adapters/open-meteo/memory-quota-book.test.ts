import { MemoryQuotaBook } from '../../../../adapters/open-meteo/memory-quota-book';
import type { QuotaBook } from '../../../../adapters/open-meteo/quota-book';
import { describeQuotaBook } from './quota-book-suite';

describe('MemoryQuotaBook', () => {
  describeQuotaBook((clock) => {
    const books = new Map<string, QuotaBook>();
    return ({ host, plan }, rules) => {
      const name = `${host} ${plan}`;
      const book = books.get(name) ?? new MemoryQuotaBook(rules, clock);
      books.set(name, book);
      return book;
    };
  });
});
