const RADIANS = Math.PI / 180;
const TILT = 23.44;
const YEAR_DAYS = 365.2422;
/** 1999-12-22, days since the epoch. */
const WINTER_SOLSTICE = 10_947;
/** Sunrise is when the upper rim shows through the bent air. */
const RIM = Math.sin(-0.833 * RADIANS);

/** Turns of the year since the northern winter solstice, in radians. @param day days since the epoch */
export function yearAngle(day: number): number {
  return (2 * Math.PI * (day - WINTER_SOLSTICE)) / YEAR_DAYS;
}

export interface SunPath {
  /** Cosine of the zenith angle = level + swing x cosine of the hour angle. */
  readonly level: number;
  readonly swing: number;
}

export function sunPath(day: number, latitude: number): SunPath {
  const declination = -TILT * RADIANS * Math.cos(yearAngle(day));
  return {
    level: Math.sin(latitude * RADIANS) * Math.sin(declination),
    swing: Math.cos(latitude * RADIANS) * Math.cos(declination),
  };
}

/** Cosine of the hour angle at an hour of the UTC day, which may be a fraction. */
export function hourAngleCosine(hour: number, longitude: number): number {
  return -Math.cos(((hour + longitude / 15) * Math.PI) / 12);
}

/** Hours from sunrise to noon: 0 in the polar night, 12 in the polar day. */
export function halfDaylight(day: number, latitude: number): number {
  const { level, swing } = sunPath(day, latitude);
  const cosine = (RIM - level) / Math.max(swing, 1e-9);
  return Math.acos(Math.min(1, Math.max(-1, cosine))) * (12 / Math.PI);
}
