import definition from '../../resources/state-machines/ingest-weather.asl.json';

/** Definition of the state machine that runs an orchestrated ingest, with placeholders. */
export const INGEST_WEATHER = definition;
