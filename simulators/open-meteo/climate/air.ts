import { clamp, round1, round2 } from './rounding';
import { yearAngle } from './sun';
import type { Field, Weather } from './weather';

/** Moist and dry air that pass, about -1..1: clouds and rain follow it. */
const moisture: Field = (weather) => {
  const drift = weather.drift();
  const values = weather.noise(
    { channel: 1, period: 53, amplitude: 0.55 },
    { channel: 2, period: 17, amplitude: 0.3 },
    { channel: 3, period: 5, amplitude: 0.15 },
  );
  for (let index = 0; index < values.length; index++) values[index]! += 0.02 * drift[index]!;
  return values;
};

/** % */
export const cloudCover: Field = (weather) => {
  const moist = weather.of(moisture);
  return weather.make((index) => Math.round(clamp(52 + 95 * moist[index]!, 0, 100)));
};

/** mm in the hour before. */
export const precipitation: Field = (weather) => {
  const moist = weather.of(moisture);
  const { wetness } = weather.site;
  return weather.make((index) => {
    const excess = moist[index]! - 0.42;
    return excess <= 0 ? 0 : round1(wetness * excess * Math.sqrt(excess));
  });
};

/** °C at 2 m. */
export const temperature: Field = (weather) => {
  const { site, first, count } = weather;
  const drift = weather.drift();
  const cloud = weather.of(cloudCover);
  const values = weather.noise(
    { channel: 4, period: 61, amplitude: site.restless },
    { channel: 5, period: 307, amplitude: site.restless },
    { channel: 6, period: 7, amplitude: 0.7 },
  );
  let hour = weather.firstHourOfDay;
  let level = dailyLevel(weather, Math.floor(first / 24));
  for (let index = 0; index < count; index++) {
    const sun = site.diurnal[hour]! * (1 - 0.006 * cloud[index]!);
    values[index] = round1(clamp(values[index]! + level + sun + 0.8 * drift[index]!, -92, 56));
    hour += 1;
    if (hour < 24) continue;
    hour = 0;
    level = dailyLevel(weather, (first + index + 1) / 24);
  }
  return values;
};

function dailyLevel({ site }: Weather, day: number): number {
  const MONTH_LAG = 28;
  return site.meanTemperature - site.seasonal * Math.cos(yearAngle(day - MONTH_LAG));
}

/** °C; never above the temperature. */
export const dewPoint: Field = (weather) => {
  const air = weather.of(temperature);
  const moist = weather.of(moisture);
  const spread = weather.noise({ channel: 7, period: 29, amplitude: 1 });
  return weather.make((index) => {
    const dryness = clamp(0.45 - moist[index]! + 0.3 * spread[index]!, 0, 1.6);
    return round1(clamp(air[index]! - 0.2 - 9 * dryness, -98, 34));
  });
};

/** %, Magnus formula. */
export const relativeHumidity: Field = (weather) => {
  const air = weather.of(temperature);
  const dew = weather.of(dewPoint);
  return weather.make((index) => {
    const t = air[index]!;
    const d = dew[index]!;
    const exponent = (17.625 * d) / (243.04 + d) - (17.625 * t) / (243.04 + t);
    return Math.round(clamp(100 * Math.exp(exponent), 0, 100));
  });
};

/** m/s towards the east; at middle latitudes the wind mostly comes from the west. */
export const windEast: Field = (weather) => {
  const { windiness, latitude } = weather.site;
  const drift = weather.drift();
  const values = weather.noise(
    { channel: 8, period: 47, amplitude: windiness },
    { channel: 9, period: 6, amplitude: windiness * 0.3 },
  );
  const mean = -2.5 * Math.cos((latitude * Math.PI) / 30);
  for (let index = 0; index < values.length; index++) values[index]! += mean + 0.3 * drift[index]!;
  return values;
};

/** m/s towards the north. */
export const windNorth: Field = (weather) =>
  weather.noise(
    { channel: 10, period: 43, amplitude: weather.site.windiness },
    { channel: 11, period: 6, amplitude: weather.site.windiness * 0.3 },
  );

/** m/s at 10 m. */
export const windSpeed: Field = (weather) => {
  const east = weather.of(windEast);
  const north = weather.of(windNorth);
  return weather.make((index) =>
    round2(Math.sqrt(east[index]! * east[index]! + north[index]! * north[index]!)),
  );
};

/** Degrees from which a wind of these components blows, 0..360; calm is 270. */
export function windFrom(east: number, north: number): number {
  if (east === 0 && north === 0) return 270;
  const degrees = Math.atan2(-east, -north) * (180 / Math.PI);
  return degrees < 0 ? degrees + 360 : degrees;
}

export const windDirection: Field = (weather) => {
  const east = weather.of(windEast);
  const north = weather.of(windNorth);
  return weather.make((index) => Math.round(windFrom(east[index]!, north[index]!)));
};

/** m/s; never below the wind. */
export const windGusts: Field = (weather) => {
  const speed = weather.of(windSpeed);
  const gustiness = weather.noise({ channel: 12, period: 4, amplitude: 0.3 });
  return weather.make((index) => round2(speed[index]! * (1.5 + gustiness[index]!) + 0.4));
};

/** hPa at sea level. */
export const pressureMsl: Field = (weather) => {
  const swing = 4 + weather.site.restless * 2.5;
  const values = weather.noise(
    { channel: 13, period: 109, amplitude: swing },
    { channel: 14, period: 23, amplitude: swing * 0.3 },
  );
  return weather.make((index) => round1(1013.2 + values[index]!));
};

/** hPa at the site's height. */
export const surfacePressure: Field = (weather) => {
  const { elevation } = weather.site;
  const msl = weather.of(pressureMsl);
  const air = weather.of(temperature);
  return weather.make((index) => {
    const meanKelvin = air[index]! + 273.15 + 0.00325 * elevation;
    return round1(clamp(msl[index]! * Math.exp(-elevation / (29.27 * meanKelvin)), 301, 1099));
  });
};
