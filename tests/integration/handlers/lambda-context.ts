import type { Context } from 'aws-lambda';

/** What Lambda tells an invocation. @param remainingMs until the function's limit */
export function lambdaContext(remainingMs = 900_000): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'weather-dev-test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:weather-dev-test',
    memoryLimitInMB: '1024',
    awsRequestId: '11111111-2222-3333-4444-555555555555',
    logGroupName: '/aws/lambda/weather-dev-test',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => remainingMs,
    done() {},
    fail() {},
    succeed() {},
  };
}
