import { cloudCover, precipitation, relativeHumidity, temperature, windSpeed } from './air';
import { clamp, round1, round2 } from './rounding';
import { hourAngleCosine, sunPath } from './sun';
import type { Field, Weather } from './weather';

const SNOW_BELOW = 0.5;
const SHOWERS_ABOVE = 14;
const CM_PER_MM = 0.7;

/** Cosine of the sun's zenith angle, `shift` hours off each full hour. */
function zenithCosine(weather: Weather, shift: number): Float64Array {
  const { latitude, longitude } = weather.site;
  const turn = Float64Array.from({ length: 24 }, (_, hour) => hourAngleCosine(hour + shift, longitude));
  let hour = weather.firstHourOfDay;
  let day = Math.floor(weather.first / 24);
  let path = sunPath(day, latitude);
  return weather.make(() => {
    const cosine = path.level + path.swing * turn[hour]!;
    hour += 1;
    if (hour === 24) {
      hour = 0;
      day += 1;
      path = sunPath(day, latitude);
    }
    return cosine;
  });
}

const sunBefore: Field = (weather) => zenithCosine(weather, -0.5);

/** 1 by day, 0 by night. */
export const isDay: Field = (weather) => zenithCosine(weather, 0).map((cosine) => (cosine > -0.0145 ? 1 : 0));

/** W/m², mean of the hour before. */
export const shortwaveRadiation: Field = (weather) => {
  const sun = weather.of(sunBefore);
  const cloud = weather.of(cloudCover);
  return weather.make((index) => {
    const cosine = sun[index]!;
    if (cosine <= 0.01) return 0;
    const cover = cloud[index]! / 100;
    return Math.round(1098 * cosine * Math.exp(-0.057 / cosine) * (1 - 0.72 * cover * cover * cover));
  });
};

/** W/m² of it that come straight from the sun. */
export const directRadiation: Field = (weather) => {
  const total = weather.of(shortwaveRadiation);
  const cloud = weather.of(cloudCover);
  return weather.make((index) => Math.round(total[index]! * (0.82 - 0.0075 * cloud[index]!)));
};

export const diffuseRadiation: Field = (weather) => {
  const total = weather.of(shortwaveRadiation);
  const direct = weather.of(directRadiation);
  return weather.make((index) => total[index]! - direct[index]!);
};

/** Seconds in the hour before. */
export const sunshineDuration: Field = (weather) => {
  const sun = weather.of(sunBefore);
  const cloud = weather.of(cloudCover);
  return weather.make((index) =>
    sun[index]! < 0.1 ? 0 : Math.round(3600 * Math.min(1, 1.35 - 0.0135 * cloud[index]!)),
  );
};

/** mm of water in the hour before, after the mean temperature and the sun. */
export const evapotranspiration: Field = (weather) => {
  const air = weather.of(temperature);
  const sun = weather.of(shortwaveRadiation);
  return weather.make((index) =>
    round2((0.0135 * Math.max(0, air[index]! + 17.8) * sun[index]! * 0.0036) / 2.45),
  );
};

/** cm of snow in the hour before. */
export const snowfall: Field = (weather) => {
  const air = weather.of(temperature);
  const water = weather.of(precipitation);
  return weather.make((index) => (air[index]! < SNOW_BELOW ? round2(CM_PER_MM * water[index]!) : 0));
};

/** mm in the hour before, the part of the rain that showers bring; a reanalysis knows none. */
export const showers: Field = (weather) => {
  if (weather.circumstances.reanalysis) return new Float64Array(weather.count);
  const air = weather.of(temperature);
  const water = weather.of(precipitation);
  return weather.make((index) => (air[index]! > SHOWERS_ABOVE ? round1(0.4 * water[index]!) : 0));
};

/** mm in the hour before, without showers and snow. */
export const rain: Field = (weather) => {
  const air = weather.of(temperature);
  const water = weather.of(precipitation);
  const showery = weather.of(showers);
  return weather.make((index) => (air[index]! < SNOW_BELOW ? 0 : round1(water[index]! - showery[index]!)));
};

/** WMO code; a reanalysis knows neither fog nor thunder. */
export const weatherCode: Field = (weather) => {
  const cloud = weather.of(cloudCover);
  const water = weather.of(precipitation);
  const air = weather.of(temperature);
  const humidity = weather.of(relativeHumidity);
  const wind = weather.of(windSpeed);
  const { reanalysis } = weather.circumstances;
  return weather.make((index) => {
    const amount = water[index]!;
    if (amount > 0) return wetCode(amount, air[index]!, reanalysis);
    if (!reanalysis && humidity[index]! >= 97 && wind[index]! < 3) return 45;
    return cloudCode(cloud[index]!);
  });
};

function wetCode(amount: number, air: number, reanalysis: boolean): number {
  if (air < SNOW_BELOW) return amount < 0.3 ? 71 : amount < 1.2 ? 73 : 75;
  if (!reanalysis && air > SHOWERS_ABOVE) return amount > 4 ? 95 : amount < 1 ? 80 : amount < 2.5 ? 81 : 82;
  if (amount < 0.5) return amount < 0.2 ? 51 : amount < 0.4 ? 53 : 55;
  return amount < 1.5 ? 61 : amount < 4 ? 63 : 65;
}

function cloudCode(cover: number): number {
  return cover < 13 ? 0 : cover < 38 ? 1 : cover < 81 ? 2 : 3;
}

/** m */
export const visibility: Field = (weather) => {
  const humidity = weather.of(relativeHumidity);
  const water = weather.of(precipitation);
  return weather.make((index) => {
    const clear = 24_140 * Math.min(1, (104 - humidity[index]!) / 40);
    return 20 * Math.round(clamp(clear / (1 + water[index]!), 100, 24_140) / 20);
  });
};

/** % that more than 0.1 mm fall. */
export const precipitationProbability: Field = (weather) => {
  const cloud = weather.of(cloudCover);
  const water = weather.of(precipitation);
  return weather.make((index) =>
    Math.round(water[index]! > 0 ? Math.min(100, 55 + 20 * water[index]!) : 0.4 * cloud[index]!),
  );
};
