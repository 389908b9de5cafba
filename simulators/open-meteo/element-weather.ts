import { DAY_MS } from './calendar';
import { elevationOf, makeSite, type Site } from './climate/site';
import { type Circumstances, type Hole, Weather } from './climate/weather';
import type { Run } from './columns';
import { seriesOf } from './ensembles';
import { gridCentre } from './float32';
import { BEST_MATCH, covers, type Model } from './models';
import type { Place } from './places';
import type { Element, Question } from './question';

/** What is changed, on purpose, in the weather that an answer reports. */
export interface Overlay {
  readonly revisions: readonly { readonly revision: number; readonly locationId: number | undefined }[];
  readonly holes: readonly (Hole & { readonly locationId: number | undefined })[];
}

const MEMBER_VARIANTS = 1000;

/** The weather that one element of an answer is about: its site, models and members. */
export class ElementWeather {
  /** Models whose grid holds the place. */
  readonly models: readonly Model[];
  readonly elevation: number;
  private readonly site: Site;

  constructor(
    private readonly question: Question,
    private readonly element: Element,
    private readonly making: { readonly seed: number; readonly overlay: Overlay },
  ) {
    const { place } = element;
    this.models = question.models.filter((model) => covers(model, place.latitude, place.longitude));
    this.elevation = place.elevation ?? elevationOf(place, making.seed);
    const height = Number.isNaN(this.elevation) ? 0 : this.elevation;
    this.site = makeSite(cellOf(place, BEST_MATCH), height, making.seed);
  }

  /** Degrees of the first model's cell; NaN when no model has the place. */
  get cell(): { latitude: number; longitude: number } {
    const model = this.models[0];
    return model ? cellOf(this.element.place, model) : { latitude: NaN, longitude: NaN };
  }

  /** One run per model and member over a span. @param first UTC hour since the epoch */
  runs(first: number, count: number): Run[] {
    const uncovered = this.models.length === 0;
    const models = uncovered ? [this.question.models[0]!] : this.models;
    return models.flatMap((model) => {
      const ending = models.length > 1 ? `_${model.name}` : '';
      return Array.from({ length: seriesOf(this.question.api, model) }, (_, member) => ({
        suffix: (member === 0 ? '' : `_member${String(member).padStart(2, '0')}`) + ending,
        uncovered,
        weather: new Weather(this.site, first, count, this.circumstances(model, member)),
      }));
    });
  }

  private circumstances(model: Model, member: number): Circumstances {
    const { api, now } = this.question;
    const { overlay } = this.making;
    const mine = ({ locationId }: { locationId: number | undefined }) =>
      locationId === undefined || locationId === this.element.place.locationId;
    const today = Math.floor(now / DAY_MS);
    return {
      today,
      revision: overlay.revisions.find(mine)?.revision,
      variant: model.variant + MEMBER_VARIANTS * member,
      reanalysis: api.reanalysis,
      era5: model.name === 'era5',
      endHour: this.endHour(model, today),
      holes: overlay.holes.filter(mine),
    };
  }

  private endHour(model: Model, today: number): number {
    if (this.models.length === 0) return -Infinity;
    return this.question.api.reanalysis ? (today - model.delayDays + 1) * 24 : Infinity;
  }
}

function cellOf({ latitude, longitude }: Place, { cell }: Model): { latitude: number; longitude: number } {
  return { latitude: gridCentre(latitude, -90, cell), longitude: gridCentre(longitude, -180, cell) };
}
