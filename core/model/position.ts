/** A position in degrees, WGS 84. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}
