import { REQUESTS } from './orchestrated-files';

/** How an execution ends that has published its one day with nothing missing. */
export const WHOLE_DAY = {
  status: 'SUCCEEDED',
  output: {
    dates: { published: 1, partial: 0 },
    requests: { planned: REQUESTS, answered: REQUESTS, failed: 0 },
  },
};

/** What `status` tells when no message is left anywhere. */
export const NOTHING_LEFT = {
  executions: [],
  queues: { requests: { waiting: 0, hidden: 0 }, dead_letters: { waiting: 0 } },
  dead_letters: [],
};
