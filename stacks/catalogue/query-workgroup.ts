import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { Construct } from 'constructs';
import type { PrivateBucket } from '../../modules/private-bucket/private-bucket';

const BYTES_PER_MIB = 1024 ** 2;

export interface QueryWorkgroupProps {
  readonly workgroupName: string;
  /** Where results go, whatever the client asks for. Its key, if it has one, encrypts them. */
  readonly results: PrivateBucket;
  /** Most that one query may read; one that would read more is stopped. */
  readonly scanLimitMib: number;
  /** Whether a destroy is refused while there are queries in it. */
  readonly protectFromDestroy: boolean;
}

/** The workgroup that analysts query in; its settings win over the client's. */
export class QueryWorkgroup extends Construct {
  readonly workgroupName: string;

  constructor(scope: Construct, id: string, props: QueryWorkgroupProps) {
    super(scope, id);
    const { results } = props;
    this.workgroupName = new AthenaWorkgroup(this, 'Workgroup', {
      name: props.workgroupName,
      forceDestroy: !props.protectFromDestroy,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.scanLimitMib * BYTES_PER_MIB,
        resultConfiguration: {
          outputLocation: `s3://${results.bucketName}/results/`,
          encryptionConfiguration:
            results.key === undefined
              ? { encryptionOption: 'SSE_S3' }
              : { encryptionOption: 'SSE_KMS', kmsKeyArn: results.key.arn },
        },
      },
    }).name;
  }
}
