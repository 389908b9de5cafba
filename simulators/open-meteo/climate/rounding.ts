export const round1 = (value: number): number => Math.round(value * 10) / 10;
export const round2 = (value: number): number => Math.round(value * 100) / 100;
export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
