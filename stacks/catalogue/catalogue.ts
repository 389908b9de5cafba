import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { Construct } from 'constructs';
import { PARTITION_COLUMN } from '../../core/keys/partition';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { lastSettledDay } from '../../core/planning/reach';
import type { PrivateBucket } from '../../modules/private-bucket/private-bucket';
import { type CatalogueTable, catalogueTables } from './catalogue-columns';

/** The first day that any of Open-Meteo's APIs has. */
export const FIRST_DAY = '1940-01-01';

const HIVE_PARQUET = 'org.apache.hadoop.hive.ql.io.parquet';

export interface CatalogueProps {
  /** Lower-case letters, digits and `_`. */
  readonly databaseName: string;
  /** The bucket of the published tables. */
  readonly bucket: PrivateBucket;
  readonly pipeline: Pipeline;
}

/** A pipeline's tables as Athena sees them. Partitions are computed from the date: nothing crawls, nothing repairs. */
export class Catalogue extends Construct {
  readonly databaseName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CatalogueProps,
  ) {
    super(scope, id);
    const database = new GlueCatalogDatabase(this, 'Database', {
      name: props.databaseName,
      description: `Weather of the pipeline ${props.pipeline.name}.`,
    });
    this.databaseName = database.name;
    for (const table of catalogueTables(props.pipeline)) this.makeTable(table);
  }

  private makeTable({ name, columns }: CatalogueTable): void {
    const location = `s3://${this.props.bucket.bucketName}/${name}/`;
    new GlueCatalogTable(this, name, {
      name,
      databaseName: this.databaseName,
      description: `${name} of the pipeline ${this.props.pipeline.name}, version ${this.props.pipeline.schemaVersion}.`,
      tableType: 'EXTERNAL_TABLE',
      parameters: { EXTERNAL: 'TRUE', classification: 'parquet', ...this.projection(location) },
      partitionKeys: [{ name: PARTITION_COLUMN, type: 'date', comment: 'the day that the rows are about' }],
      storageDescriptor: {
        location,
        inputFormat: `${HIVE_PARQUET}.MapredParquetInputFormat`,
        outputFormat: `${HIVE_PARQUET}.MapredParquetOutputFormat`,
        serDeInfo: {
          name: 'parquet',
          serializationLibrary: `${HIVE_PARQUET}.serde.ParquetHiveSerDe`,
          parameters: { 'serialization.format': '1' },
        },
        columns: [...columns],
      },
    });
  }

  private projection(location: string): Record<string, string> {
    const key = `projection.${PARTITION_COLUMN}`;
    const lastDay = lastSettledDay(this.props.pipeline.source.api) ?? 'NOW';
    return {
      'projection.enabled': 'true',
      [`${key}.type`]: 'date',
      [`${key}.format`]: 'yyyy-MM-dd',
      [`${key}.range`]: `${FIRST_DAY},${lastDay}`,
      [`${key}.interval`]: '1',
      [`${key}.interval.unit`]: 'DAYS',
      // Two dollars are one to Terraform, which would otherwise look for a variable.
      'storage.location.template': `${location}${PARTITION_COLUMN}=$\${${PARTITION_COLUMN}}/`,
    };
  }
}
