import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';

export interface CodeArchiveProps {
  /** A zip that was built beforehand. */
  readonly zipPath: string;
}

/** A zip beside the synthesized Terraform. Path and hash follow its bytes alone, so that two synths of one build are equal. */
export class CodeArchive extends Construct {
  /** Relative to the folder of the stack. */
  readonly path: string;
  /** SHA-256 of the zip in base64, as Lambda names it. */
  readonly hash: string;

  constructor(scope: Construct, id: string, { zipPath }: CodeArchiveProps) {
    super(scope, id);
    if (!existsSync(zipPath)) {
      throw new Error(
        `There is no ${basename(zipPath)} at ${zipPath}. Build the functions first: npm run bundle`,
      );
    }
    const sha256 = createHash('sha256').update(readFileSync(zipPath));
    this.hash = sha256.copy().digest('base64');
    this.path = new TerraformAsset(this, 'Zip', {
      path: zipPath,
      type: AssetType.FILE,
      assetHash: sha256.digest('hex'),
    }).path;
  }
}
