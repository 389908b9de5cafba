import { addressesOf, synthesizeBootstrap, synthesizeDeployment } from '../../stacks/synthesize';

/**
 * A construct's id is part of its address, and Terraform replaces what it finds under another one. An address that is
 * missing here after a change is something that the next deploy would destroy.
 */
const LAKE = [
  'aws_athena_workgroup.Queries_Workgroup_01ADB217',
  'aws_glue_catalog_database.Catalogue_Database_14C7B960',
  'aws_glue_catalog_table.Catalogue_locations_A71A0744',
  'aws_glue_catalog_table.Catalogue_weather_daily_A7F89351',
  'aws_glue_catalog_table.Catalogue_weather_hourly_1815DED5',
  'aws_s3_bucket.AccessLogs_Bucket_30E71F2C',
  'aws_s3_bucket.AthenaResults_Bucket_581595F3',
  'aws_s3_bucket.Processed_Bucket_4E7B3D4C',
  'aws_s3_bucket.Raw_Bucket_128B7E58',
  'aws_s3_bucket_lifecycle_configuration.AccessLogs_Bucket_Lifecycle_Rules_7405C673',
  'aws_s3_bucket_lifecycle_configuration.AthenaResults_Lifecycle_Rules_9FB84AD8',
  'aws_s3_bucket_lifecycle_configuration.Processed_Lifecycle_Rules_59B4EC8A',
  'aws_s3_bucket_lifecycle_configuration.Raw_Lifecycle_Rules_7DB3B505',
  'aws_s3_bucket_logging.AthenaResults_AccessLog_9B859C44',
  'aws_s3_bucket_logging.Processed_AccessLog_A09F54F2',
  'aws_s3_bucket_logging.Raw_AccessLog_954CA53D',
  'aws_s3_bucket_ownership_controls.AccessLogs_Bucket_Ownership_339BC707',
  'aws_s3_bucket_ownership_controls.AthenaResults_Ownership_B76E840E',
  'aws_s3_bucket_ownership_controls.Processed_Ownership_9BAF79B0',
  'aws_s3_bucket_ownership_controls.Raw_Ownership_59C64C3F',
  'aws_s3_bucket_policy.AccessLogs_Bucket_Policy_B4B974CD',
  'aws_s3_bucket_policy.AthenaResults_Policy_B2F5DED2',
  'aws_s3_bucket_policy.Processed_Policy_31730FB0',
  'aws_s3_bucket_policy.Raw_Policy_8EFE911A',
  'aws_s3_bucket_public_access_block.AccessLogs_Bucket_NoPublicAccess_26425A05',
  'aws_s3_bucket_public_access_block.AthenaResults_NoPublicAccess_3D84B4FA',
  'aws_s3_bucket_public_access_block.Processed_NoPublicAccess_FC63EB67',
  'aws_s3_bucket_public_access_block.Raw_NoPublicAccess_4013793F',
  'aws_s3_bucket_server_side_encryption_configuration.AccessLogs_Bucket_Encryption_7C85A265',
  'aws_s3_bucket_server_side_encryption_configuration.AthenaResults_Encryption_1BEF11D0',
  'aws_s3_bucket_server_side_encryption_configuration.Processed_Encryption_73E39E3B',
  'aws_s3_bucket_server_side_encryption_configuration.Raw_Encryption_9D1DF9A6',
  'aws_s3_bucket_versioning.AccessLogs_Bucket_Versioning_01A95FCD',
  'aws_s3_bucket_versioning.AthenaResults_Versioning_2DABEEC0',
  'aws_s3_bucket_versioning.Processed_Versioning_7E644960',
  'aws_s3_bucket_versioning.Raw_Versioning_2DDAE6CD',
  'aws_sns_topic.Alerts_Topic_4CF1C27A',
  'aws_sns_topic_policy.Alerts_Policy_9A7AFDBB',
  'aws_sns_topic_subscription.Alerts_Email_551221B9',
];

const LAKE_KEY = ['aws_kms_alias.Key_Alias_6C2E2031', 'aws_kms_key.Key_43586C89'];

/** Of both modes. */
const INGEST = [
  'aws_cloudwatch_dashboard.Dashboard_B5E3F5DB',
  'aws_cloudwatch_log_group.Freshness_Logs_8827ACCC',
  'aws_cloudwatch_metric_alarm.DataAlarms_DaysFailed_Alarm_F36B91F2',
  'aws_cloudwatch_metric_alarm.DataAlarms_DaysOverdue_Alarm_9814D7DE',
  'aws_cloudwatch_metric_alarm.DataAlarms_RowsQuarantined_Alarm_73080BDF',
  'aws_cloudwatch_metric_alarm.DeliveryAlarms_DeadLettered_Alarm_70A4143A',
  'aws_cloudwatch_metric_alarm.DeliveryAlarms_DeadLetters_Alarm_2907502E',
  'aws_cloudwatch_metric_alarm.DeliveryAlarms_Dropped_Alarm_D1779EFA',
  'aws_cloudwatch_metric_alarm.DeliveryAlarms_LostLetters_Alarm_8950C075',
  'aws_cloudwatch_metric_alarm.DeliveryAlarms_TargetErrors_Alarm_AE05F2A4',
  'aws_cloudwatch_metric_alarm.FreshnessAlarms_Duration_Alarm_7A9EA98E',
  'aws_cloudwatch_metric_alarm.FreshnessAlarms_Errors_Alarm_8ABFCA9B',
  'aws_cloudwatch_metric_alarm.FreshnessAlarms_LostFailures_Alarm_EFDF25C7',
  'aws_cloudwatch_metric_alarm.FreshnessAlarms_Throttles_Alarm_77B3396E',
  'aws_iam_role.FreshnessSchedule_Role_C57EEB54',
  'aws_iam_role.Freshness_Role_A352B166',
  'aws_iam_role.IngestSchedule_Role_4C973D79',
  'aws_iam_role_policy.FreshnessSchedule_Role_Policy_6ADF540C',
  'aws_iam_role_policy.Freshness_Role_Policy_B98AFBC2',
  'aws_iam_role_policy.IngestSchedule_Role_Policy_B49ADE12',
  'aws_lambda_function.Freshness_Function_2F70B2EB',
  'aws_lambda_function_event_invoke_config.Freshness_AsyncEvents_CF0DBA22',
  'aws_s3_object.Pipeline_Object_96AB1F24',
  'aws_scheduler_schedule.FreshnessSchedule_4C5BD813',
  'aws_scheduler_schedule.IngestSchedule_7687AFCA',
  'aws_scheduler_schedule_group.Schedules_Group_C7F67308',
  'aws_sqs_queue.DeadLetters_Queue_2B23AEFC',
  'aws_sqs_queue_policy.DeadLetters_Policy_7D990E20',
];

const DIRECT = [
  'aws_cloudwatch_log_group.Ingest_Logs_0E167F4D',
  'aws_cloudwatch_metric_alarm.IngestAlarms_Duration_Alarm_8149BEEA',
  'aws_cloudwatch_metric_alarm.IngestAlarms_Errors_Alarm_3F3EE392',
  'aws_cloudwatch_metric_alarm.IngestAlarms_LostFailures_Alarm_95E25EA6',
  'aws_cloudwatch_metric_alarm.IngestAlarms_Throttles_Alarm_8EF185B7',
  'aws_iam_role.Ingest_Role_2FC4FDB9',
  'aws_iam_role_policy.Ingest_Role_Policy_58E1C8DC',
  'aws_lambda_function.Ingest_Function_5E5779E7',
  'aws_lambda_function_event_invoke_config.Ingest_AsyncEvents_4C1D9D6C',
];

const ORCHESTRATED = [
  'aws_cloudwatch_log_group.Fetch_Logs_0412683C',
  'aws_cloudwatch_log_group.Plan_Logs_49DD51F9',
  'aws_cloudwatch_log_group.Publish_Logs_22B62166',
  'aws_cloudwatch_log_group.StateMachine_Logs_0E37D10F',
  'aws_cloudwatch_log_group.Transform_Logs_DBD9381D',
  'aws_cloudwatch_metric_alarm.ExecutionAlarms_ExecutionThrottled_Alarm_BF9C98E9',
  'aws_cloudwatch_metric_alarm.ExecutionAlarms_ExecutionsFailed_Alarm_788011E8',
  'aws_cloudwatch_metric_alarm.ExecutionAlarms_ExecutionsTimedOut_Alarm_BB4ABD0E',
  'aws_cloudwatch_metric_alarm.FetchAlarms_Duration_Alarm_74CCC96F',
  'aws_cloudwatch_metric_alarm.FetchAlarms_Errors_Alarm_E93EC04C',
  'aws_cloudwatch_metric_alarm.FetchAlarms_Throttles_Alarm_BC7615B9',
  'aws_cloudwatch_metric_alarm.PlanAlarms_Duration_Alarm_5DE42C8E',
  'aws_cloudwatch_metric_alarm.PlanAlarms_Errors_Alarm_8E4F4F23',
  'aws_cloudwatch_metric_alarm.PlanAlarms_Throttles_Alarm_B98F24B6',
  'aws_cloudwatch_metric_alarm.PublishAlarms_Duration_Alarm_40EE4F5E',
  'aws_cloudwatch_metric_alarm.PublishAlarms_Errors_Alarm_3D674BD4',
  'aws_cloudwatch_metric_alarm.PublishAlarms_Throttles_Alarm_98C5ACB0',
  'aws_cloudwatch_metric_alarm.RequestAlarms_DeadRequests_Alarm_3030959E',
  'aws_cloudwatch_metric_alarm.RequestAlarms_FailedShare_Alarm_6ED3E2C1',
  'aws_cloudwatch_metric_alarm.RequestAlarms_MessagesLeft_Alarm_832D80CF',
  'aws_cloudwatch_metric_alarm.RequestAlarms_Waiting_Alarm_7A2B8B8B',
  'aws_cloudwatch_metric_alarm.TransformAlarms_Duration_Alarm_3956CFA4',
  'aws_cloudwatch_metric_alarm.TransformAlarms_Errors_Alarm_BBFB7550',
  'aws_cloudwatch_metric_alarm.TransformAlarms_Throttles_Alarm_248352A9',
  'aws_iam_role.Fetch_Role_613C1FBF',
  'aws_iam_role.Plan_Role_B10E2500',
  'aws_iam_role.Publish_Role_369CC485',
  'aws_iam_role.StateMachine_Role_3A65FA60',
  'aws_iam_role.Transform_Role_E8BB8EB2',
  'aws_iam_role_policy.Fetch_Role_Policy_FE019F52',
  'aws_iam_role_policy.Plan_Role_Policy_09A9B7D7',
  'aws_iam_role_policy.Publish_Role_Policy_A8BAF708',
  'aws_iam_role_policy.StateMachine_Role_Policy_61BC460F',
  'aws_iam_role_policy.Transform_Role_Policy_90D9DA69',
  'aws_lambda_event_source_mapping.Requests_Delivery_278B0658',
  'aws_lambda_function.Fetch_Function_A54793B1',
  'aws_lambda_function.Plan_Function_413FF2D0',
  'aws_lambda_function.Publish_Function_A0F5DDDD',
  'aws_lambda_function.Transform_Function_5FA0501E',
  'aws_lambda_function_event_invoke_config.Fetch_AsyncEvents_219CC651',
  'aws_lambda_function_event_invoke_config.Plan_AsyncEvents_DC278AFA',
  'aws_lambda_function_event_invoke_config.Publish_AsyncEvents_BD7FEBD0',
  'aws_lambda_function_event_invoke_config.Transform_AsyncEvents_C0859CB5',
  'aws_sfn_state_machine.StateMachine_AB8E2EE9',
  'aws_sqs_queue.Requests_Buffer_Queue_1F95D161',
  'aws_sqs_queue.Requests_DeadLetters_Queue_F4BFE8F6',
  'aws_sqs_queue_policy.Requests_Buffer_Policy_A6553CC7',
  'aws_sqs_queue_policy.Requests_DeadLetters_Policy_01CB4247',
];

const BOOTSTRAP = [
  'aws_iam_openid_connect_provider.Github',
  'aws_iam_policy.Boundary-dev',
  'aws_iam_policy.Boundary-prod',
  'aws_iam_policy.DeployIngest-dev',
  'aws_iam_policy.DeployIngest-prod',
  'aws_iam_policy.DeployLake-dev',
  'aws_iam_policy.DeployLake-prod',
  'aws_iam_policy.Read-dev',
  'aws_iam_policy.Read-prod',
  'aws_iam_role.DeployRole-dev_Role_6FB8BCFC',
  'aws_iam_role.DeployRole-prod_Role_0EB857CA',
  'aws_iam_role.PlanRole_26D737AB',
  'aws_iam_role_policy_attachment.DeployRole-dev_DeployIngest-dev_61F6B98A',
  'aws_iam_role_policy_attachment.DeployRole-dev_DeployLake-dev_44862ABC',
  'aws_iam_role_policy_attachment.DeployRole-dev_Read-dev_68270584',
  'aws_iam_role_policy_attachment.DeployRole-prod_DeployIngest-prod_7D221344',
  'aws_iam_role_policy_attachment.DeployRole-prod_DeployLake-prod_F5DC957F',
  'aws_iam_role_policy_attachment.DeployRole-prod_Read-prod_2DCAA059',
  'aws_iam_role_policy_attachment.PlanRole_Read-dev_931D6413',
  'aws_iam_role_policy_attachment.PlanRole_Read-prod_71625E24',
  'aws_kms_alias.Key-prod_Alias_88C0C0EB',
  'aws_kms_key.Key-prod_Key_08618402',
  'aws_s3_bucket.StateAccessLogs_Bucket_827A8153',
  'aws_s3_bucket.State_Bucket_23180D49',
  'aws_s3_bucket_lifecycle_configuration.StateAccessLogs_Bucket_Lifecycle_Rules_C99C7D22',
  'aws_s3_bucket_lifecycle_configuration.State_Lifecycle_Rules_61AA94E3',
  'aws_s3_bucket_logging.State_AccessLog_4B59E341',
  'aws_s3_bucket_ownership_controls.StateAccessLogs_Bucket_Ownership_EF62B3BE',
  'aws_s3_bucket_ownership_controls.State_Ownership_BE78B673',
  'aws_s3_bucket_policy.StateAccessLogs_Bucket_Policy_67927F56',
  'aws_s3_bucket_policy.State_Policy_FCE7C4B0',
  'aws_s3_bucket_public_access_block.StateAccessLogs_Bucket_NoPublicAccess_042195D6',
  'aws_s3_bucket_public_access_block.State_NoPublicAccess_758800A7',
  'aws_s3_bucket_server_side_encryption_configuration.StateAccessLogs_Bucket_Encryption_FDE698F0',
  'aws_s3_bucket_server_side_encryption_configuration.State_Encryption_00D63BFF',
  'aws_s3_bucket_versioning.StateAccessLogs_Bucket_Versioning_55148CE0',
  'aws_s3_bucket_versioning.State_Versioning_CB27A738',
];

const KMS = { encryption: 'KMS' };

describe('Terraform addresses', () => {
  it('of the lake stay as they are', () => {
    expect(addressesOf(synthesizeDeployment().lake)).toEqual(LAKE);
  });

  it('of the lake gain a key with KMS, and nothing else moves', () => {
    const { lake } = synthesizeDeployment({ environment: KMS });

    expect(addressesOf(lake)).toEqual([...LAKE, ...LAKE_KEY].sort());
  });

  it("of the lake gain no key with the bootstrap's, and its own is forgotten, not destroyed", () => {
    const kms_key_arn = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const { lake } = synthesizeDeployment({ environment: { ...KMS, kms_key_arn } });

    expect(addressesOf(lake)).toEqual(LAKE);
    expect(JSON.parse(lake.text).removed).toEqual(
      expect.arrayContaining(LAKE_KEY.map((from) => ({ from, lifecycle: { destroy: false } }))),
    );
  });

  it('of the ingest stay as they are, with KMS too', () => {
    const direct = [...INGEST, ...DIRECT].sort();

    expect(addressesOf(synthesizeDeployment().ingest)).toEqual(direct);
    expect(addressesOf(synthesizeDeployment({ environment: KMS }).ingest)).toEqual(direct);
  });

  it('stay as they are where no function reserves concurrency, and none does then', () => {
    for (const [mode, own] of [
      ['direct', DIRECT],
      ['orchestrated', ORCHESTRATED],
    ] as const) {
      const environment = { mode, function: { reserve_concurrency: false } };
      const { ingest } = synthesizeDeployment({ environment });

      expect(addressesOf(ingest)).toEqual([...INGEST, ...own].sort());
      expect(ingest.text).not.toContain('reserved_concurrent_executions');
    }
  });

  it('of an orchestrated ingest stay as they are, and nothing of both modes moves when the mode does', () => {
    const mode = 'orchestrated';
    const orchestrated = [...INGEST, ...ORCHESTRATED].sort();

    expect(addressesOf(synthesizeDeployment({ environment: { mode } }).ingest)).toEqual(orchestrated);
    expect(addressesOf(synthesizeDeployment({ environment: { ...KMS, mode } }).ingest)).toEqual(orchestrated);
  });

  it('of the bootstrap stay as they are', () => {
    expect(addressesOf(synthesizeBootstrap())).toEqual(BOOTSTRAP);
  });

  it('are the same in every environment', () => {
    const other = synthesizeDeployment({ name: 'other', environment: { name: 'meteo' } });

    expect(addressesOf(other.lake)).toEqual(LAKE);
    expect(addressesOf(other.ingest)).toEqual([...INGEST, ...DIRECT].sort());
  });
});
