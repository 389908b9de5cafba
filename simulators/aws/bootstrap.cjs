/**
 * The part of Lambda's Node runtime that a function sees: its handler found by `_HANDLER`, the context, the console's
 * format, errors as Lambda answers them. The event is one line of standard input; the answer goes to the file named by the
 * first argument, so that whatever the function prints is its log and nothing else.
 */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const { format } = require('node:util');

const [, , answerFile] = process.argv;
const {
  SIMULATED_REQUEST_ID: requestId,
  SIMULATED_FUNCTION_ARN: functionArn,
  SIMULATED_TIMEOUT_SECONDS: timeoutSeconds,
  SIMULATED_LOG_FORMAT: logFormat,
} = process.env;
for (const name of Object.keys(process.env)) if (name.startsWith('SIMULATED_')) delete process.env[name];

const BYTES_PER_MIB = 1024 * 1024;
const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE' };

function logLine(level, message) {
  const timestamp = new Date().toISOString();
  return logFormat === 'JSON'
    ? JSON.stringify({ timestamp, level, requestId, message })
    : `${timestamp}\t${requestId}\t${level}\t${message.replaceAll('\n', '\r')}`;
}

function log(level, ...values) {
  process.stdout.write(`${logLine(level, format(...values))}\n`);
}

for (const [method, level] of Object.entries(LEVELS)) {
  console[method] = (...values) => log(level, ...values);
}

function context(deadline) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function answer(payload, errored) {
  const memory_mib = Math.ceil((process.resourceUsage().maxRSS * 1024) / BYTES_PER_MIB);
  writeFileSync(answerFile, JSON.stringify({ payload: payload ?? null, errored, memory_mib }));
  process.stdout.write('', () => process.exit(0));
}

function fail(kind, error) {
  const { name = 'Error', message = String(error), stack = '' } = error instanceof Error ? error : {};
  const payload = { errorType: name, errorMessage: message, trace: stack.split('\n') };
  log('ERROR', `${kind}\t${JSON.stringify({ ...payload, stack: payload.trace })}`);
  answer(payload, true);
}

/** As Lambda does, the module is loaded by `require`, or by `import` when it is an ES module. */
async function loadHandler() {
  const [file, name] = process.env._HANDLER.split('.');
  const path = join(process.env.LAMBDA_TASK_ROOT, file);
  const loaded = await Promise.resolve()
    .then(() => require(path))
    .catch((error) => (error.code === 'ERR_REQUIRE_ESM' ? import(`${path}.mjs`) : Promise.reject(error)));
  if (typeof loaded[name] === 'function') return loaded[name];
  throw Object.assign(new Error(`${process.env._HANDLER} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
}

async function run(line) {
  const deadline = Date.now() + Number(timeoutSeconds) * 1000;
  try {
    const handler = await loadHandler();
    answer(await handler(JSON.parse(line), context(deadline)), false);
  } catch (error) {
    fail('Invoke Error', error);
  }
}

process.on('uncaughtException', (error) => fail('Uncaught Exception', error));
process.on('unhandledRejection', (error) => fail('Unhandled Promise Rejection', error));
createInterface({ input: process.stdin })
  .once('line', run)
  .once('close', () => process.exit(1));
