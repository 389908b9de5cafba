import type { QuotaBook } from '../../../../adapters/open-meteo/quota-book';
import type { Reservation } from '../../../../adapters/open-meteo/quota-window';
import { SourceUnavailableError } from '../../../../core/errors';
import type { Clock } from '../../../../core/ports/clock';
import type { Job, QuotaModel } from './quota-model';

export interface Sending extends Job {
  /** The process ends before it settles; the source knows nothing of that. */
  readonly dies?: boolean;
}

export interface Contest {
  readonly clock: Clock;
  readonly model: QuotaModel;
  /** A book of the account, as a new process opens it. */
  readonly open: () => QuotaBook;
}

/** Sends the jobs of several processes at once, each process one job after the other, when its book says. */
export async function contend(contest: Contest, processes: readonly (readonly Sending[])[]): Promise<void> {
  await Promise.all(processes.map((jobs) => sendAll(contest, jobs)));
}

async function sendAll({ clock, model, open }: Contest, jobs: readonly Sending[]): Promise<void> {
  let book = open();
  for (const { weight, durationMs, pauseMs, dies } of jobs) {
    await clock.sleep(pauseMs);
    const reservation = await admitted(book, weight, clock);
    const isServed = model.arrive(clock.now());
    await clock.sleep(durationMs);
    if (isServed) model.complete(weight, clock.now());
    if (dies) book = open();
    else await book.settle(reservation, isServed ? weight : 0);
  }
}

/** As a request does it; where others are always first, it is begun anew. */
async function admitted(book: QuotaBook, weight: number, clock: Clock): Promise<Reservation> {
  for (;;) {
    try {
      const admission = await book.admit(weight);
      if (admission.admitted) return admission.reservation;
      await clock.sleep(admission.at - clock.now());
    } catch (error) {
      if (!(error instanceof SourceUnavailableError)) throw error;
    }
  }
}
