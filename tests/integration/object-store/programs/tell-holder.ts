import { currentHolder } from '../../../../adapters/filesystem/process-holder';

/** Tells who it is and stays until it is killed. */
process.stdout.write(`${currentHolder()}\n`);
setInterval(() => undefined, 60_000);
