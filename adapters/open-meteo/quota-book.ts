import type { Plan } from '../../core/model/source';
import type { QuotaPatience } from '../../core/ports/weather-source';
import type { Closing, Delay, QuotaRules } from './quota-ledger';
import type { Reservation } from './quota-window';

/** Whose quota it is: each API host counts each plan on its own. */
export interface QuotaAccount {
  /** With its port, where it has one. */
  readonly host: string;
  readonly plan: Plan;
}

export type Admission =
  | { readonly admitted: true; readonly reservation: Reservation }
  | ({ readonly admitted: false } & Delay);

/** One account of the quota, shared by all who send against it. */
export interface QuotaBook {
  /**
   * Reserves where every window has room, in one step, so that no two take the same room; otherwise says when to ask again.
   *
   * @throws SourceUnavailableError, StorageError when the account cannot be kept: then nothing may be sent
   */
  admit(weight: number, signal?: AbortSignal): Promise<Admission>;
  /**
   * Ends a request. Never rejects: where the cost cannot be noted, the reserved weight stays counted.
   *
   * @param cost weight that the source has counted
   */
  settle(reservation: Reservation, cost: number): Promise<void>;
  /** Takes the source's word that a window is used up. @throws as `admit` does */
  close(window: QuotaPatience): Promise<Closing>;
}

export interface QuotaBookRules extends QuotaRules {
  /** No request is under way for longer. */
  readonly timeoutSeconds: number;
}

export type OpenQuotaBook = (account: QuotaAccount, rules: QuotaBookRules) => QuotaBook;
