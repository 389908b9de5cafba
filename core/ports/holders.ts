/** Who holds leases. On one machine a holder whose process is gone is known at once; elsewhere only time tells. */
export interface Holders {
  /** This process. */
  readonly self: string;
  /** True only when the holder certainly no longer runs. */
  isGone(holder: string): boolean;
}
