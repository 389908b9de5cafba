import * as z from 'zod';

export const accountIdSchema = z
  .string()
  .regex(
    /^\d{12}$/,
    'must be the twelve digits of an AWS account, in quotes; aws sts get-caller-identity tells them',
  );

export const secretArnSchema = z
  .string()
  .regex(
    /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
    'must be the whole ARN of a secret, from arn:aws:secretsmanager: down to the dash and six characters that end it; aws secretsmanager describe-secret tells it',
  );

export const keyArnSchema = z
  .string()
  .regex(
    /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]+$/,
    'must be the ARN of a key (arn:aws:kms:...), and of no alias, which policies do not take; aws kms describe-key tells it',
  );

export const policyArnSchema = z
  .string()
  .regex(
    /^arn:aws:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
    'must be the ARN of a policy, of the account or of AWS, such as arn:aws:iam::123456789012:policy/weather-dev-boundary',
  );
