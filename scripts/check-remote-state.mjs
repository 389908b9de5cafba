import { environmentNames, environmentPath, readEnvironment, unknownName } from './environments.mjs';

const [environment] = process.argv.slice(2);
const problem = problemOf(environment);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

/** A machine that is gone after the job must not keep Terraform's state: the next one would make everything anew. */
function problemOf(name) {
  const known = environmentNames();
  if (!known.includes(name)) return unknownName(name, { command: 'check:remote-state', known });
  try {
    if ((readEnvironment(name).state?.backend ?? 'local') !== 'local') return undefined;
  } catch (error) {
    return error.message;
  }
  return `${environmentPath(name)}: "state" is kept on one machine. Name the bucket that the bootstrap stack makes: { "backend": "s3", "bucket": "...", "region": "..." }`;
}
