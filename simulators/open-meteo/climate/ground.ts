import { cloudCover, dewPoint, precipitation, relativeHumidity, temperature, windSpeed } from './air';
import { clamp, round1 } from './rounding';
import { shortwaveRadiation } from './sky';
import { yearAngle } from './sun';
import type { Field, Weather } from './weather';

/** kPa of water vapour over water at a dew point (°C). */
const vapourPressure = (dew: number): number => 0.6108 * Math.exp((17.27 * dew) / (237.3 + dew));

/** °C as felt, after Steadman. */
export const apparentTemperature: Field = (weather) => {
  const air = weather.of(temperature);
  const dew = weather.of(dewPoint);
  const wind = weather.of(windSpeed);
  return weather.make((index) => {
    const felt = air[index]! + 3.3 * vapourPressure(dew[index]!) - 0.7 * wind[index]! - 4;
    return round1(clamp(felt, -120, 65));
  });
};

/** kPa */
export const vapourPressureDeficit: Field = (weather) => {
  const air = weather.of(temperature);
  const humidity = weather.of(relativeHumidity);
  return weather.make((index) => vapourPressure(air[index]!) * (1 - humidity[index]! / 100));
};

/** Index of ultraviolet light. */
export const uvIndex: Field = (weather) =>
  weather.of(shortwaveRadiation).map((sun) => Math.round(sun * 1.05) / 100);

/** J/kg */
export const cape: Field = (weather) => {
  const dew = weather.of(dewPoint);
  const cloud = weather.of(cloudCover);
  return weather.make((index) => 10 * Math.round(Math.max(0, (dew[index]! - 10) * cloud[index]!) / 10));
};

/** m; lies where the season is cold. Model era5 has none here. */
export const snowDepth: Field = (weather) => {
  if (weather.circumstances.era5) return new Float64Array(weather.count).fill(NaN);
  const { site, first } = weather;
  return weather.make((index) => {
    const season = site.meanTemperature - site.seasonal * Math.cos(yearAngle((first + index) / 24 - 45));
    return Math.round(clamp(-4 * season, 0, 250)) / 100;
  });
};

/** °C; the deeper, the less it follows the air. */
export function soilTemperature(share: number): Field {
  return (weather) => {
    const air = weather.of(temperature);
    const sun = weather.of(shortwaveRadiation);
    const { meanTemperature } = weather.site;
    return weather.make((index) =>
      round1(meanTemperature + share * (air[index]! - meanTemperature + 0.008 * sun[index]!)),
    );
  };
}

/** m³/m³ */
export function soilMoisture(channel: number): Field {
  return (weather) => {
    const wet = weather.noise({ channel, period: 503, amplitude: 0.12 });
    const rain = weather.of(precipitation);
    return weather.make((index) => clamp(0.28 + wet[index]! + 0.01 * rain[index]!, 0.05, 0.5));
  };
}

/** Any positive quantity that varies smoothly around a mean. */
export function varying(channel: number, mean: number, period = 31): Field {
  return (weather: Weather) =>
    weather
      .noise(
        { channel, period, amplitude: 0.6 * mean },
        { channel: channel + 1, period: 5, amplitude: 0.2 * mean },
      )
      .map((value) => mean + value);
}

/** Degrees that turn slowly. */
export function turning(channel: number): Field {
  return (weather) => {
    const turn = weather.noise({ channel, period: 71, amplitude: 300 });
    return turn.map((degrees) => Math.round(degrees - 360 * Math.floor(degrees / 360)));
  };
}

/** % of the sky, by layer. */
export function cloudLayer(share: number): Field {
  return (weather) => weather.of(cloudCover).map((cover) => Math.round(cover * share));
}
