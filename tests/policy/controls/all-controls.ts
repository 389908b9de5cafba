import type { Control } from './control';
import { IAM_CONTROLS } from './iam';
import { LAMBDA_CONTROLS } from './lambda';
import { OPERATIONS_CONTROLS } from './operations';
import { QUEUE_AND_TOPIC_CONTROLS } from './queues-and-topics';
import { S3_CONTROLS } from './s3';
import { STATE_MACHINE_CONTROLS } from './state-machines';
import { TRUST_CONTROLS } from './trust';
import { WHOLE_STACK_CONTROLS } from './whole-stacks';

export const ALL_CONTROLS: readonly Control[] = [
  ...IAM_CONTROLS,
  ...TRUST_CONTROLS,
  ...LAMBDA_CONTROLS,
  ...S3_CONTROLS,
  ...QUEUE_AND_TOPIC_CONTROLS,
  ...OPERATIONS_CONTROLS,
  ...STATE_MACHINE_CONTROLS,
  ...WHOLE_STACK_CONTROLS,
];
