import * as z from 'zod';

// A schema is used once or twice in the life of a function, so compiling it costs more than it saves. Schemas read this when
// they are made: whoever imports it does so first.
z.config({ jitless: true });
